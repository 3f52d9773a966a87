package handlers

import (
	"context"
	"fmt"
	"strconv"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// settingOf says how a setting is shown and read. Its texts are in the locale under "setting.",
// its name, and "show", "set" or "wrong".
type settingOf struct {
	show func(moderation.Policy) string
	read func(*moderation.Policy, string) error
}

func settings() map[string]settingOf {
	return map[string]settingOf{
		"threshold": {
			func(p moderation.Policy) string { return strconv.FormatFloat(p.Threshold, 'f', -1, 64) },
			func(p *moderation.Policy, s string) (err error) {
				p.Threshold, err = strconv.ParseFloat(s, 64)
				return err
			},
		},
		"quorum": {
			func(p moderation.Policy) string { return strconv.Itoa(p.Quorum) },
			func(p *moderation.Policy, s string) (err error) { p.Quorum, err = strconv.Atoi(s); return err },
		},
		"window": {
			func(p moderation.Policy) string { return moderation.FormatDuration(p.Window) },
			func(p *moderation.Policy, s string) (err error) {
				p.Window, err = moderation.ParseDuration(s)
				return err
			},
		},
		"ladder": {
			func(p moderation.Policy) string { return p.Ladder.String() },
			func(p *moderation.Policy, s string) (err error) {
				p.Ladder, err = moderation.ParseLadder(s)
				return err
			},
		},
		"lapse": {
			func(p moderation.Policy) string { return moderation.FormatDuration(p.Lapse) },
			func(p *moderation.Policy, s string) (err error) {
				p.Lapse, err = moderation.ParseDuration(s)
				return err
			},
		},
		"cardafter": {
			func(p moderation.Policy) string { return strconv.Itoa(p.CardAfter) },
			func(p *moderation.Policy, s string) (err error) { p.CardAfter, err = strconv.Atoi(s); return err },
		},
	}
}

// setting is the command of one setting: without a value it shows the present one, with a right
// one it changes it, with a wrong one it says in a sentence what is allowed.
func setting(name string) func(*Handlers, context.Context, *ask) ([]bot.Call, error) {
	return func(h *Handlers, ctx context.Context, a *ask) ([]bot.Call, error) {
		s, key := settings()[name], "setting."+name+"."
		chat, err := h.memory.Chat(ctx, a.m.Chat.ID)
		if err != nil {
			return nil, err
		}
		if a.args == "" {
			return h.say(ctx, a, key+"show", locale.Args{"value": s.show(chat.Policy)})
		}
		if changed := chat.Policy; s.read(&changed, a.args) != nil || changed.Validate() != nil {
			return h.say(ctx, a, key+"wrong", nil)
		}
		policy, err := h.court.Tune(ctx, a.update, a.m.Chat.ID, func(p moderation.Policy) (moderation.Policy, error) {
			if err := s.read(&p, a.args); err != nil {
				return p, fmt.Errorf("read a setting that was read before: %w", err)
			}
			return p, nil
		})
		if err != nil {
			return nil, err
		}
		return a.answer(a.printer.Text(key+"set", locale.Args{"value": s.show(policy)}), nil), nil
	}
}
