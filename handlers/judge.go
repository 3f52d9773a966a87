package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// juries takes what jurors answer.
type juries struct{ *base }

// judge is a juror's 🚩 or 👌.
func (h juries) judge(ctx context.Context, t *request.Callback) ([]bot.Call, error) {
	if err := h.court.Rule(ctx, t.Key(), t.Who, moderation.Ruling(t.Choice)); err != nil {
		return t.Refuse(err)
	}
	return t.Become(t.Printer.Text("jury.counted", locale.Args{"case": t.Subject}), nil), nil
}
