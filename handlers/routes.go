package handlers

import (
	"slices"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/internal/settings"
)

// groupRoutes are the commands of groups.
func (h *Handlers) groupRoutes() []route {
	return slices.Concat([]route{
		{"report", persons, h.reports.report},
		{"spam", persons, h.reports.spam},
		{"rules", anyone, h.ruleBook.rules},
		{"me", persons, h.standings.me},
		{"help", anyone, h.helps.help},
		{"privacy", anyone, h.helps.privacy},
		{"settings", unmasked, h.settingPages.settingsMenu},
		{"uphold", admins, h.cases.uphold},
		{"dismiss", admins, h.cases.dismiss},
		{"case", unmasked, h.cases.showCase},
		{"warn", admins, h.penalties.warn},
		{"mute", admins, h.penalties.mute},
		{"kick", admins, h.penalties.kick},
		{"ban", admins, h.penalties.ban},
		{"unmute", admins, h.penalties.unmute},
		{"unban", admins, h.penalties.unban},
		{"pardon", admins, h.penalties.pardon},
		{"rule", admins, h.ruleBook.rule},
		{"purge", unmasked, h.purges.purge},
		{"standing", unmasked, h.standings.standing},
		{"stats", unmasked, h.statistics.stats},
		{"export", unmasked, h.statistics.export},
		{"health", unmasked, h.health.health},
		{"logchannel", unmasked, h.logs.logChannel},
	}, h.settingRoutes(true), []route{
		{"pause", owner, h.settingPages.pause},
	}, h.settingRoutes(false), []route{
		// Sent by apps that add the bot.
		{"start", anyone, h.helps.startInGroup},
	})
}

// settingRoutes are the commands of the settings: of those that bear on who is punished, or of the others.
func (h *Handlers) settingRoutes(judges bool) (routes []route) {
	for _, s := range settings.All {
		if s.Judges != judges {
			continue
		}
		run := h.settingPages.setting(s)
		if s.Now {
			run = h.statistics.orNow(run)
		}
		routes = append(routes, route{s.Name, admins, run})
	}
	return routes
}

// privateRoutes are the commands of the private chat.
func (h *Handlers) privateRoutes() []route {
	return []route{
		{"start", anyone, h.starts.start},
		{"help", anyone, h.helps.help},
		{"report", anyone, h.privateReports.report},
		{"settings", anyone, h.settingPages.settingsMenu},
		{"mycases", anyone, h.myData.myCases},
		{"appeal", anyone, h.appeals.appealList},
		{"mydata", anyone, h.myData.myDataFile},
		{"forgetme", anyone, h.erasures.forgetMe},
		{"privacy", anyone, h.helps.privacy},
	}
}

// buttons are those for members. They are shown in the group. Those of a report are also shown in private.
func (h *Handlers) buttons() map[string]button {
	return map[string]button{
		view.ButtonVote:   h.votes.vote,
		view.ButtonUndo:   h.reports.undo,
		view.ButtonRule:   h.reports.categorize,
		view.ButtonPicked: h.reports.picked,

		view.ButtonPractice: h.practices.press,
		view.ButtonRules:    h.ruleBook.show,
	}
}

// ownButtons are those for the one person whom they concern, who may have left the group. They name their group and
// work wherever they were shown.
func (h *Handlers) ownButtons() map[string]button {
	return map[string]button{
		view.ButtonAppeal:  h.appeals.appeal,
		view.ButtonJury:    h.juries.vote,
		view.ButtonReceipt: h.receipts.receipt,
		view.ButtonExplain: h.explanations.explain,
		view.ButtonQuiz:    h.quizzes.quiz,
		view.ButtonJuror:   h.standings.setWilling,
	}
}

// adminButtons are those for admins. They name their group, and work wherever they were shown.
func (h *Handlers) adminButtons() map[string]button {
	return map[string]button{
		view.ButtonDecide:   h.cases.decideNow,
		view.ButtonOverturn: h.cases.overturn,
		view.ButtonHarsher:  h.cases.harsher,
		view.ButtonEvidence: h.evidences.showEvidence,
		view.ButtonSettings: h.settingPages.set,
		view.ButtonPurge:    h.purges.purgeNow,
		view.ButtonBook:     h.ruleBook.amend,
		view.ButtonCorrect:  h.cases.correct,
		view.ButtonConfirm:  h.cases.confirm,
		view.ButtonDrop:     h.cases.drop,
		view.ButtonForgive:  h.penalties.forgive,
	}
}

// What the command menus list: what people use daily, and what is not to be seen. An app shows a command to the bot alone only if its
// menu says so. So each menu of a group has both commands that report, and /me, since who is muted can send no other. That of
// admins has what must be answered where the bot is no admin itself: there it can answer no command that all see.
var (
	memberMenu  = []string{"report", "spam", "rules", "me", "help"}
	adminMenu   = append(memberMenu[:len(memberMenu):len(memberMenu)], "settings", "warn", "mute", "ban", "purge", "health", "logchannel")
	privateMenu = []string{"report", "mycases", "settings", "help", "privacy"}
)

// Menus are the command menus to declare, for every scope and language. Telegram looks for the flag is_ephemeral only
// in the one list that applies to a member.
func Menus() []wire.CommandList { return menus(func(string) bool { return true }) }

// VisibleMenus are those for a server that knows no ephemeral messages. They do not offer to report, because everybody would see
// who does; that is done in private.
func VisibleMenus() []wire.CommandList {
	return menus(func(name string) bool { return !reportNames[name] })
}

// menus are the menus of the commands that are offered in groups.
func menus(offered func(name string) bool) []wire.CommandList {
	var lists []wire.CommandList
	for _, lang := range append([]string{""}, locale.Languages()...) {
		p := locale.In(locale.Match(lang, locale.Default))
		member, admin := menu(p, memberMenu, true, offered), menu(p, adminMenu, true, offered)
		private := menu(p, privateMenu, false, func(string) bool { return true })
		lists = append(lists,
			wire.CommandList{Scope: wire.ScopeDefault, Language: lang, Commands: member},
			wire.CommandList{Scope: wire.ScopePrivate, Language: lang, Commands: private},
			wire.CommandList{Scope: wire.ScopeGroups, Language: lang, Commands: member},
			wire.CommandList{Scope: wire.ScopeAdmins, Language: lang, Commands: admin},
		)
	}
	return lists
}

func menu(p locale.Printer, names []string, ephemeral bool, offered func(name string) bool) []wire.BotCommand {
	var commands []wire.BotCommand
	for _, name := range names {
		if offered(name) {
			commands = append(commands, wire.BotCommand{Name: name, Description: p.Text("command."+name, nil), Ephemeral: ephemeral})
		}
	}
	return commands
}

// MemberCommands are the names of the commands that members can type in a group.
func MemberCommands() []string {
	return names(new(Handlers).groupRoutes(), func(r route) bool { return r.who < admins })
}

// AdminCommands are the names of those for admins alone.
func AdminCommands() []string {
	return names(new(Handlers).groupRoutes(), func(r route) bool { return r.who >= admins })
}

// PrivateCommands are the names of those that anybody can type in private.
func PrivateCommands() []string {
	return names(new(Handlers).privateRoutes(), func(route) bool { return true })
}

// names are the names of some of the routes.
func names(routes []route, which func(route) bool) (all []string) {
	for _, r := range routes {
		if which(r) {
			all = append(all, r.name)
		}
	}
	return all
}
