package handlers

import (
	"context"
	"errors"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/internal/settings"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// administeredGroups are the groups of which somebody was an admin when the bot heard of it last.
type administeredGroups interface {
	AdminOf(ctx context.Context, person int64, limit int) ([]int64, error)
}

// settingPages shows the settings of a group, and changes them.
type settingPages struct {
	*base
	store administeredGroups
	sizes *sizes
}

// setting is the command of one setting. Without a value it shows the present one. With a valid value it changes the
// setting, and with any other it says what is allowed.
func (h settingPages) setting(s settings.Setting) func(context.Context, *request.Command) ([]wire.Call, error) {
	return func(ctx context.Context, cmd *request.Command) ([]wire.Call, error) {
		chat, err := h.sized(ctx, cmd.Group, s)
		if err != nil {
			return nil, err
		}
		args := locale.Args{
			"name": view.SettingName(cmd.Printer, s.Name), "about": view.SettingAbout(cmd.Printer, s.Name), "allowed": view.SettingAllowed(cmd.Printer, s.Name),
			"value": view.TypedValue(cmd.Printer, chat, s),
		}
		if cmd.Args == "" {
			return cmd.Reply(cmd.Printer.Text("setting.show", args)+view.NoJuryText(cmd.Printer, chat, s), nil, h.noted(ctx, cmd))
		}
		changed := chat.Policy
		var miss *settings.NearMiss
		err = s.Read(&changed, cmd.Args)
		switch {
		case errors.As(err, &miss) && len(miss.Near) > 0:
			args["near"] = view.List(cmd.Printer, miss.Near)
			return h.say(ctx, cmd, "setting.near", args)
		case err != nil || changed.Validate() != nil:
			return h.say(ctx, cmd, "setting.wrong", args)
		}
		done, err := h.tune(ctx, cmd.Update, cmd.Message.Chat.ID, cmd.Who, s, cmd.Args)
		chat.Policy = done.Policy
		if err == nil {
			args["value"] = view.TypedValue(cmd.Printer, chat, s)
		}
		return cmd.Reply(cmd.Printer.Text("setting.set", args)+view.NoJuryText(cmd.Printer, chat, s), cmd.UnlessMasked(view.UndoSettingsRow(cmd.Printer, chat, done.Number)), err)
	}
}

// sized is a group with its size of today, if that says what a setting comes to.
func (h settingPages) sized(ctx context.Context, chat moderation.Chat, s settings.Setting) (moderation.Chat, error) {
	if s.ComesTo == nil {
		return chat, nil
	}
	h.sizes.glimpseSize(ctx, chat)
	return h.chats.Chat(ctx, chat.ID)
}

// tune changes a setting to a value that was read before, at this moment's other settings.
func (h settingPages) tune(ctx context.Context, update, chat int64, by moderation.Member, s settings.Setting, value string) (moderation.ChangedPolicy, error) {
	return h.court.Tune(ctx, moderation.Tuning{
		Update: update, Chat: chat, By: by, Judges: s.Judges, Changes: settings.Changes,
		Change: func(p moderation.Policy) (moderation.Policy, error) {
			err := s.Read(&p, value)
			return p, err
		},
	})
}
