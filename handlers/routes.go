package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
)

// who may give a command.
type who int

const (
	anyone  who = iota // channels and the group itself too
	persons            // whoever writes in their own name, for only they may see the answer
	admins
	unmasked // admins who do not write in the group's name, since the answer is for them alone
	owner    // likewise, and of them the owner alone
)

// route is one command of groups. What it is for is in the locale, under "command." and its name.
type route struct {
	name string
	who  who
	run  func(*Handlers, context.Context, *request.Command) ([]bot.Call, error)
}

// groupRoutes are the commands of groups, in the order of the menu. All are declared ephemeral.
func groupRoutes() []route {
	return []route{
		{"report", persons, (*Handlers).report},
		{"spam", persons, (*Handlers).spam},
		{"rules", anyone, (*Handlers).rules},
		{"me", persons, (*Handlers).me},
		{"help", anyone, (*Handlers).help},
		{"privacy", anyone, (*Handlers).privacy},
		{"settings", unmasked, (*Handlers).settingsMenu},
		{"uphold", admins, (*Handlers).uphold},
		{"dismiss", admins, (*Handlers).dismiss},
		{"case", unmasked, (*Handlers).showCase},
		{"warn", admins, (*Handlers).warn},
		{"mute", admins, (*Handlers).mute},
		{"kick", admins, (*Handlers).kick},
		{"ban", admins, (*Handlers).ban},
		{"unmute", admins, (*Handlers).unmute},
		{"unban", admins, (*Handlers).unban},
		{"pardon", admins, (*Handlers).pardon},
		{"rule", admins, (*Handlers).rule},
		{"purge", unmasked, (*Handlers).purge},
		{"standing", unmasked, (*Handlers).standing},
		{"stats", unmasked, (*Handlers).stats},
		{"export", unmasked, (*Handlers).export},
		{"health", unmasked, (*Handlers).health},
		{"logchannel", unmasked, (*Handlers).logChannel},
		{"threshold", admins, setting("threshold")},
		{"quorum", admins, setting("quorum")},
		{"window", admins, setting("window")},
		{"ladder", admins, setting("ladder")},
		{"lapse", admins, setting("lapse")},
		{"heavy", admins, setting("heavy")},
		{"pause", owner, (*Handlers).pause},
		{"cardafter", admins, setting("cardafter")},
		{"cardttl", admins, setting("cardttl")},
		{"reportlimit", admins, setting("reportlimit")},
		{"digest", admins, (*Handlers).digestNow},
		{"timezone", admins, setting("timezone")},
		{"language", admins, setting("language")},
		{"appeals", admins, setting("appeals")},
		{"quiz", admins, setting("quiz")},
		// Not in the menu of groups, but typed there, and sent by "add to group" links.
		{"start", anyone, (*Handlers).help},
	}
}

// privateRoutes are the commands of the private chat.
func privateRoutes() []route {
	return []route{
		{"start", anyone, (*Handlers).start},
		{"help", anyone, (*Handlers).help},
		{"settings", anyone, (*Handlers).settingsMenu},
		{"mycases", anyone, (*Handlers).myCases},
		{"appeal", anyone, (*Handlers).appealList},
		{"mydata", anyone, (*Handlers).myDataFile},
		{"forgetme", anyone, (*Handlers).forgetMe},
		{"privacy", anyone, (*Handlers).privacy},
	}
}

// buttons are what the first part of a button's data can be.
func buttons() map[string]func(*Handlers, context.Context, *request.Callback) ([]bot.Call, error) {
	return map[string]func(*Handlers, context.Context, *request.Callback) ([]bot.Call, error){
		view.ButtonVote:   (*Handlers).vote,
		view.ButtonUndo:   (*Handlers).undo,
		view.ButtonRule:   (*Handlers).categorize,
		view.ButtonPicked: (*Handlers).picked,
	}
}

// ownButtons are those for the one person they concern, who may be in the group no more. They name their group, and
// work wherever they were shown.
func ownButtons() map[string]func(*Handlers, context.Context, *request.Callback) ([]bot.Call, error) {
	return map[string]func(*Handlers, context.Context, *request.Callback) ([]bot.Call, error){
		view.ButtonAppeal:  (*Handlers).appeal,
		view.ButtonJury:    (*Handlers).judge,
		view.ButtonReceipt: (*Handlers).receipt,
		view.ButtonQuiz:    (*Handlers).quiz,
	}
}

// adminButtons are those for admins. They name their group, and work wherever they were shown.
func adminButtons() map[string]func(*Handlers, context.Context, *request.Callback) ([]bot.Call, error) {
	return map[string]func(*Handlers, context.Context, *request.Callback) ([]bot.Call, error){
		view.ButtonDecide:   (*Handlers).decideNow,
		view.ButtonOverturn: (*Handlers).overturn,
		view.ButtonHarsher:  (*Handlers).harsher,
		view.ButtonEvidence: (*Handlers).showEvidence,
		view.ButtonSettings: (*Handlers).set,
		view.ButtonPurge:    (*Handlers).purgeNow,
		view.ButtonBook:     (*Handlers).amend,
		view.ButtonCorrect:  (*Handlers).correct,
		view.ButtonConfirm:  (*Handlers).confirm,
		view.ButtonDrop:     (*Handlers).drop,
	}
}

// command finds the route of a message that is a command of ours, or was edited into one. A command for
// another bot, one that we do not know, and one in a post of the group's own channel is a message like any other.
func (h *Handlers) command(u *bot.Update) (invocation, bool) {
	if u.Message == nil || u.Message.AutomaticForward {
		return invocation{}, false
	}
	cmd, ok := u.Message.Command(h.tg.Me().Names...)
	if !ok {
		return invocation{}, false
	}
	routes := groupRoutes()
	if u.Message.Chat.Private() {
		routes = privateRoutes()
	} else if !u.Message.Chat.Group() {
		return invocation{}, false
	}
	for _, r := range routes {
		if r.name == cmd.Name {
			return invocation{r, cmd.Args}, true
		}
	}
	return invocation{}, false
}

// invocation is a command with what was typed after it.
type invocation struct {
	route
	args string
}

// Menus are the command menus to declare: every scope and every language, since Telegram looks
// for the flag is_ephemeral in the one list that applies to a member.
func Menus() []bot.CommandList {
	var lists []bot.CommandList
	for _, lang := range append([]string{""}, locale.Languages()...) {
		p := locale.In(locale.Match(lang, locale.Default))
		lists = append(lists,
			bot.CommandList{Scope: bot.ScopeDefault, Language: lang, Commands: menu(p, groupRoutes(), persons, true)},
			bot.CommandList{Scope: bot.ScopePrivate, Language: lang, Commands: menu(p, privateRoutes(), anyone, false)},
			bot.CommandList{Scope: bot.ScopeGroups, Language: lang, Commands: menu(p, groupRoutes(), persons, true)},
			bot.CommandList{Scope: bot.ScopeAdmins, Language: lang, Commands: menu(p, groupRoutes(), owner, true)},
		)
	}
	return lists
}

// Languages are the codes of the languages that the bot speaks.
func Languages() []string { return locale.Languages() }

func menu(p locale.Printer, routes []route, reader who, ephemeral bool) []bot.BotCommand {
	var commands []bot.BotCommand
	for _, r := range routes {
		if r.who > reader || ephemeral && r.name == "start" {
			continue
		}
		commands = append(commands, bot.BotCommand{Name: r.name, Description: p.Text("command."+r.name, nil), Ephemeral: ephemeral})
	}
	return commands
}
