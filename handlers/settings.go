package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/settings"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// settingsMenu is /settings: in a group it opens the menu of that group, in private that of the group that the admin
// picks. It is one message, which becomes page after page.
func (h settingPages) settingsMenu(ctx context.Context, a *request.Command) ([]bot.Call, error) {
	if !a.Message.Chat.Group() {
		return h.choose(ctx, a)
	}
	if err := h.court.Appointed(ctx, a.Update, a.Message.Chat.ID, request.KindOf(&a.Message.Chat), a.Message.From.ID, true); err != nil {
		return nil, err
	}
	chat, err := h.chats.Chat(ctx, a.Message.Chat.ID)
	if err != nil {
		return nil, err
	}
	h.sizes.glimpseSize(ctx, chat)
	if chat, err = h.chats.Chat(ctx, chat.ID); err != nil {
		return nil, err
	}
	text, rows := view.MenuPage(a.Printer, chat, view.TitleText(a.Message.Chat.Title), false)
	return a.Answer(text, rows), nil
}

// set is a callback in the menu: on a setting, on a value, or on the way back.
func (h settingPages) set(ctx context.Context, t *request.Callback) ([]bot.Call, error) {
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
	chat := t.Group
	if changed := chat.Policy; s.Read(&changed, t.Choice) != nil || changed.Validate() != nil {
		return h.toast(ctx, t, "refuse."+string(moderation.RefuseUnknown))
	}
	var err error
	if chat.Policy, err = h.tune(ctx, t.Update, t.ChatID, t.Who, s, t.Choice); err != nil {
		return t.Refuse(err)
	}
	if s.Name == "language" {
		t.Printer = view.PrinterFor(chat, t.Who.Language, h.now())
	}
	text, rows := view.SettingPage(t.Printer, chat, s)
	saved := t.Printer.Text("settings.saved", locale.Args{"value": view.PresentValue(t.Printer, chat, s)})
	return []bot.Call{bot.AnswerCallback(t.ID, saved, false), t.Edit(text, rows)}, nil
}

// Of how many groups somebody can choose, and how many of them are asked about at most.
const groupsShown, groupsAsked = 20, 30
