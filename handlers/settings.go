package handlers

import (
	"context"
	"strconv"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/internal/settings"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// settingsMenu is /settings: in a group it opens the menu of that group, in private that of the group that the admin
// picks. It is one message, which becomes page after page.
func (h settingPages) settingsMenu(ctx context.Context, cmd *request.Command) ([]wire.Call, error) {
	if !cmd.Message.Chat.Group() {
		return h.choose(ctx, cmd)
	}
	if err := h.court.Appointed(ctx, cmd.Update, cmd.Message.Chat.ID, request.KindOf(&cmd.Message.Chat), cmd.Message.From.ID, true); err != nil {
		return nil, err
	}
	chat, err := h.chats.Chat(ctx, cmd.Message.Chat.ID)
	if err != nil {
		return nil, err
	}
	h.sizes.glimpseSize(ctx, chat)
	if chat, err = h.chats.Chat(ctx, chat.ID); err != nil {
		return nil, err
	}
	text, rows := view.MenuPage(cmd.Printer, chat, view.TitleText(cmd.Message.Chat.Title), false)
	return cmd.Answer(text, rows), nil
}

// set is a callback in the menu: on a setting, on a value, or on the way back.
func (h settingPages) set(ctx context.Context, cb *request.Callback) ([]wire.Call, error) {
	private := cb.Message.Chat.Private()
	s, known := settings.Find(cb.Subject)
	switch {
	case cb.Subject == view.SettingsMore:
		chat, err := h.court.Note(ctx, cb.Update, cb.ChatID)
		text, rows := view.MorePage(cb.Printer, chat)
		return cb.Become(text, rows), err
	case cb.Subject == view.SettingsPreset:
		return h.applyPreset(ctx, cb)
	case cb.Subject == view.SettingsUndo:
		return h.undo(ctx, cb)
	case cb.Subject == "":
		chat, err := h.court.Note(ctx, cb.Update, cb.ChatID)
		text, rows := view.MenuPage(cb.Printer, chat, h.title(ctx, cb), private)
		return cb.Become(text, rows), err
	case !known:
		return h.toast(ctx, cb, "refuse."+string(moderation.RefuseUnknown))
	case cb.Choice == "":
		chat, err := h.court.Note(ctx, cb.Update, cb.ChatID)
		text, rows := view.SettingPage(cb.Printer, chat, s, 0)
		return cb.Become(text, rows), err
	}
	chat := cb.Group
	if changed := chat.Policy; s.Read(&changed, cb.Choice) != nil || changed.Validate() != nil {
		return h.toast(ctx, cb, "refuse."+string(moderation.RefuseUnknown))
	}
	done, err := h.tune(ctx, cb.Update, cb.ChatID, cb.Who, s, cb.Choice)
	if err != nil {
		return cb.Refuse(err)
	}
	chat.Policy = done.Policy
	cb.Printer = view.PrinterFor(chat, cb.Who.Language, h.now()) // the language may be what changed
	text, rows := view.SettingPage(cb.Printer, chat, s, done.Number)
	saved := cb.Printer.Text("settings.saved", locale.Args{"value": view.PresentValue(cb.Printer, chat, s)})
	return []wire.Call{wire.AnswerCallback(cb.ID, saved, false), cb.Edit(text, rows)}, nil
}

// applyPreset sets all that a preset says, and shows what that changed.
func (h settingPages) applyPreset(ctx context.Context, cb *request.Callback) ([]wire.Call, error) {
	if _, known := settings.Apply(cb.Group.Policy, cb.Choice); !known {
		return h.toast(ctx, cb, "refuse."+string(moderation.RefuseUnknown))
	}
	done, err := h.court.Tune(ctx, moderation.Tuning{
		Update: cb.Update, Chat: cb.ChatID, By: cb.Who, Judges: true, Changes: settings.Changes,
		Change: func(p moderation.Policy) (moderation.Policy, error) {
			set, _ := settings.Apply(p, cb.Choice)
			return set, nil
		},
	})
	if err != nil {
		return cb.Refuse(err)
	}
	if done.Number == 0 {
		return cb.Toast(cb.Printer.Text("settings.same", nil)), nil
	}
	return cb.Become(view.PresetPage(cb.Printer, cb.Group, cb.Choice, done)), nil
}

// undo is ↩️ below a change of settings: they have their former values again, unless one was changed since.
func (h settingPages) undo(ctx context.Context, cb *request.Callback) ([]wire.Call, error) {
	number, err := strconv.ParseInt(cb.Choice, 10, 64)
	if err != nil {
		return h.toast(ctx, cb, "refuse."+string(moderation.RefuseUnknown))
	}
	done, err := h.court.TakeBackSettings(ctx, moderation.SettingsReversal{
		Update: cb.Update, Chat: cb.ChatID, By: cb.Who, Number: number,
		Judges: settings.Judges, Changes: settings.Changes, Restore: settings.Restore,
	})
	if err != nil {
		return cb.Refuse(err)
	}
	chat := cb.Group
	chat.Policy = done.Policy
	cb.Printer = view.PrinterFor(chat, cb.Who.Language, h.now()) // the language may be what changed
	return cb.Become(view.UndonePage(cb.Printer, chat, done)), nil
}

// title is what the group of a button is called.
func (h settingPages) title(ctx context.Context, cb *request.Callback) string {
	if m := cb.Message; m.Chat.ID == cb.ChatID && m.Chat.Title != "" {
		return view.TitleText(m.Chat.Title)
	}
	return h.find.Title(ctx, cb.ChatID)
}

// Of how many groups somebody can choose, and how many of them are asked about at most.
const groupsShown, groupsAsked = 20, 30
