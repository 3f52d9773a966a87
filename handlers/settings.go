package handlers

import (
	"context"
	"errors"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/settings"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// settingsMenu is /settings: in a group the menu of that group, in private that of the group that
// the admin picks. It is one message, which becomes page after page.
func (h *Handlers) settingsMenu(ctx context.Context, a *request.Command) ([]bot.Call, error) {
	if !a.Message.Chat.Group() {
		return h.choose(ctx, a)
	}
	if err := h.court.Appointed(ctx, a.Update, a.Message.Chat.ID, request.KindOf(&a.Message.Chat), a.Message.From.ID, true); err != nil {
		return nil, err
	}
	chat, err := h.memory.Chat(ctx, a.Message.Chat.ID)
	if err != nil {
		return nil, err
	}
	h.glimpseSize(ctx, chat)
	if chat, err = h.memory.Chat(ctx, chat.ID); err != nil {
		return nil, err
	}
	text, rows := view.MenuPage(a.Printer, chat, view.TitleText(a.Message.Chat.Title), false)
	return a.Answer(text, rows), nil
}

// set is a tap in the menu: on a setting, on a value, or on the way back.
func (h *Handlers) set(ctx context.Context, t *request.Callback) ([]bot.Call, error) {
	title := h.find.Title(ctx, t.ChatID)
	private := t.Message.Chat.Private()
	s, known := settings.Find(t.Subject)
	switch {
	case t.Subject == "":
		chat, err := h.court.Note(ctx, t.Update, t.ChatID)
		text, rows := view.MenuPage(t.Printer, chat, title, private)
		return t.Become(text, rows), err
	case !known:
		return h.toast(ctx, t, "refuse."+string(moderation.RefuseUnknown))
	case t.Choice == "":
		chat, err := h.court.Note(ctx, t.Update, t.ChatID)
		text, rows := view.SettingPage(t.Printer, chat, s)
		return t.Become(text, rows), err
	}
	chat, err := h.memory.Chat(ctx, t.ChatID)
	if err != nil {
		return nil, err
	}
	if changed := chat.Policy; s.Read(&changed, t.Choice) != nil || changed.Validate() != nil {
		return h.toast(ctx, t, "refuse."+string(moderation.RefuseUnknown))
	}
	if chat.Policy, err = h.tune(ctx, t.Update, t.ChatID, t.Who, s, t.Choice); err != nil {
		return t.Refuse(err)
	}
	if s.Name == "language" {
		if t.Printer, err = h.printer(ctx, t.ChatID, t.Who.Language); err != nil {
			return nil, err
		}
	}
	text, rows := view.SettingPage(t.Printer, chat, s)
	saved := t.Printer.Text("settings.saved", locale.Args{"value": view.PresentValue(t.Printer, chat, s)})
	return []bot.Call{bot.AnswerCallback(t.ID, saved, false), t.Edit(text, rows)}, nil
}

// Of how many groups somebody can choose, and how many of them are asked about at most.
const groupsShown, groupsAsked = 20, 30

// choose lists the groups whose settings somebody may change.
func (h *Handlers) choose(ctx context.Context, a *request.Command) ([]bot.Call, error) {
	text, rows, err := h.groupsPage(ctx, a.Printer, a.Message.From.ID)
	if err != nil {
		return nil, err
	}
	return a.Answer(text, rows), h.court.Private(ctx, a.Update, a.Message.From.ID, true)
}

// chooseAgain is the way back from a group's menu to the list, and where one ends up whose group is gone.
func (h *Handlers) chooseAgain(ctx context.Context, u *bot.Update, m *bot.Message, gone bool) ([]bot.Call, error) {
	t := &request.Callback{Update: u.ID, ID: u.Press.ID, Message: m, Lost: request.IsLost(u.Press), Printer: locale.In(locale.Match(u.Press.From.Language, locale.Default))}
	text, rows, err := h.groupsPage(ctx, t.Printer, u.Press.From.ID)
	if errors.Is(err, lookup.ErrUnsure) {
		return h.toast(ctx, t, "try_again")
	}
	if err != nil {
		return nil, err
	}
	if _, err := h.court.Note(ctx, u.ID, 0); err != nil {
		return nil, err
	}
	var toast string
	if gone {
		toast = t.Printer.Text("refuse."+string(moderation.RefuseUnknown), nil)
	}
	return []bot.Call{bot.AnswerCallback(t.ID, toast, false), t.Edit(text, rows)}, nil
}

// groupsPage lists the groups of which somebody is an admin at this moment, a button each. Without any,
// it is lookup.ErrUnsure if Telegram did not say so of them all.
func (h *Handlers) groupsPage(ctx context.Context, p locale.Printer, person int64) (string, [][]bot.Button, error) {
	groups, err := h.memory.AdminOf(ctx, person, groupsAsked)
	if err != nil {
		return "", nil, err
	}
	var rows [][]bot.Button
	var unsure error
	for _, g := range groups {
		who, err := h.find.Member(ctx, g, person)
		if err != nil {
			unsure = err
		}
		if err != nil || !who.Admin() || len(rows) == groupsShown {
			continue
		}
		chat, err := h.memory.Chat(ctx, g)
		if err != nil {
			return "", nil, err
		}
		rows = append(rows, []bot.Button{{Text: h.find.Title(ctx, g), Data: view.GroupData(view.ButtonSettings, chat.Ref)}})
	}
	if len(rows) == 0 {
		return p.Text("settings.no_group", nil), nil, unsure
	}
	return p.Text("settings.choose", nil), rows, nil
}
