package handlers

import (
	"context"
	"errors"
	"strings"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/internal/settings"
)

// helps says what the bot is for. What it says depends on no case.
type helps struct {
	*base
	index helpIndex
}

// startInGroup is /start in a group. Some apps send it by themselves when somebody adds the bot. Then the bot introduces itself, which
// is all the answer that it takes.
func (h helps) startInGroup(ctx context.Context, cmd *request.Command) ([]wire.Call, error) {
	if cmd.Group.GreetedAbout(cmd.Message.Time()) {
		return nil, h.noted(ctx, cmd)
	}
	return h.list(ctx, cmd)
}

// help is /help. With a word it explains what is meant.
func (h helps) help(ctx context.Context, cmd *request.Command) ([]wire.Call, error) {
	if cmd.Args == "" {
		return h.list(ctx, cmd)
	}
	text := h.index.explain(cmd.Printer, cmd.Say, !cmd.Message.Chat.Group(), cmd.Args)
	if !cmd.Message.Chat.Group() {
		return h.tellHelp(ctx, cmd, text)
	}
	return cmd.Answer(text, nil), h.noted(ctx, cmd)
}

// list is /help without a word, and /start in a group: it lists the commands, for admins theirs too.
func (h helps) list(ctx context.Context, cmd *request.Command) ([]wire.Call, error) {
	if !cmd.Message.Chat.Group() {
		return h.helpPrivatelyWith(ctx, cmd.Update, cmd, cmd.Printer.Text("help.private", nil)+"\n\n"+cmd.Printer.Text("help.own", nil))
	}
	text := cmd.Say.Help(cmd.Printer)
	admin, err := h.asksAsAdmin(ctx, cmd)
	if err != nil {
		return nil, err
	}
	if admin {
		text += "\n\n" + cmd.Printer.Text("help.admin", locale.Args{"settings": settingCommands()})
	}
	return cmd.Answer(text+"\n"+cmd.Printer.Text("help.find", nil), nil), h.noted(ctx, cmd)
}

// tellHelp answers in private, and notes that the person can be written to there.
func (h helps) tellHelp(ctx context.Context, cmd *request.Command, text string) ([]wire.Call, error) {
	if err := h.court.Private(ctx, cmd.Update, cmd.Message.From.ID, true); err != nil {
		return nil, err
	}
	return cmd.Answer(text, nil), nil
}

// settingCommands are the commands of all settings.
func settingCommands() string {
	var all []string
	for _, s := range settings.All {
		all = append(all, "/"+s.Name)
	}
	return strings.Join(all, " ")
}

// explain explains a command or a setting in two lines.
func (x helpIndex) explain(p locale.Printer, say view.ReportTexts, private bool, word string) string {
	name := x.find(word)
	if name == "" {
		return p.Text("help.none", nil)
	}
	entry := "help.entry"
	if x.admins[name] {
		entry = "help.entry_admin"
	}
	return p.Text(entry, locale.Args{"command": name, "text": topicText(p, say, private, name)})
}

// topicText says what a command does.
func topicText(p locale.Printer, say view.ReportTexts, private bool, name string) string {
	if _, known := settings.Find(name); known || name == "pause" {
		return p.Text("help.setting", locale.Args{
			"name": view.SettingName(p, name), "about": view.SettingAbout(p, name), "allowed": view.SettingAllowed(p, name),
		})
	}
	how := say.How(p)
	if private {
		how = p.Text("how.private", nil)
	}
	return p.Text("help.topic."+name, locale.Args{"how": how})
}

// asksAsAdmin reports whether who asks is an admin; if Telegram does not say, they are not.
func (h helps) asksAsAdmin(ctx context.Context, cmd *request.Command) (bool, error) {
	if cmd.Masked() {
		return cmd.Message.AnonymousAdmin(), nil
	}
	who, err := h.resolve.Member(ctx, cmd.Message.Chat.ID, cmd.Message.From)
	if errors.Is(err, lookup.ErrUnsure) {
		return false, nil
	}
	return who.Admin, err
}

// privacy is /privacy, answered everywhere.
func (h helps) privacy(ctx context.Context, cmd *request.Command) ([]wire.Call, error) {
	switch {
	case !cmd.Message.Chat.Group():
		return h.tellPrivately(ctx, cmd.Update, cmd, "privacy")
	case privacyForAll(cmd):
		return h.privacyWay(cmd), h.noted(ctx, cmd)
	}
	return h.say(ctx, cmd, "privacy", nil)
}

// privacyForAll reports whether Telegram lets the bot answer /privacy for all to see only: to who writes as a channel or in the group's
// name, and, where the bot is no admin, to anybody whose command all saw.
func privacyForAll(cmd *request.Command) bool {
	return cmd.Masked() || cmd.Public && !cmd.Group.Rights.Admin
}

// privacyWay is the way to what the bot says in private.
func (h helps) privacyWay(cmd *request.Command) []wire.Call {
	text := view.PrivacyWay(view.PrinterFor(cmd.Group, "", h.now()), h.find.Me().Username)
	call := wire.SendMessage(cmd.Message.Chat.ID, text).NoPreview().Quiet().Thread(request.TopicAt(cmd.Message))
	if !cmd.Group.Rights.Admin { // else the command is removed
		call = call.ReplyTo(cmd.Message.ID)
	}
	return []wire.Call{call}
}
