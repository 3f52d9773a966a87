package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// me is /me: where the member stands on the ladder.
func (h *Handlers) me(ctx context.Context, a *ask) ([]bot.Call, error) {
	s, err := h.court.Standing(ctx, a.update, a.m.Chat.ID, a.m.From.ID)
	if err != nil {
		return nil, err
	}
	p := a.printer
	text := p.Text("me.clean", nil)
	if s.Level > 0 {
		text = p.Text("me.steps", locale.Args{"count": s.Level, "date": p.Time(s.Lapse)})
	}
	return a.answer(text+"\n"+p.Text("me.next", locale.Args{"step": stepName(p, s.Next)}), nil), nil
}

// stepName gives a step of the ladder in words.
func stepName(p locale.Printer, s moderation.Step) string {
	key := "step." + string(s.Deed)
	if s.Deed == moderation.Ban && s.For > 0 {
		key += "_for"
	}
	return p.Text(key, locale.Args{"for": p.Duration(s.For)})
}
