package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
)

// standings tells where members stand.
type standings struct{ *base }

// me is /me: where the member stands, what that means, and how it gets better. Only they see it.
func (h standings) me(ctx context.Context, a *request.Command) ([]bot.Call, error) {
	s, err := h.court.Standing(ctx, a.Update, a.Message.Chat.ID, a.Message.From.ID, true)
	if err != nil {
		return nil, err
	}
	return a.Answer(view.MeText(a.Printer, s), nil), nil
}

// standing is /standing: where a member stands, and what for.
func (h standings) standing(ctx context.Context, a *request.Command) ([]bot.Call, error) {
	whom, _, err := h.resolve.Target(ctx, a)
	if err != nil {
		return h.turnDown(ctx, a, err)
	}
	s, err := h.court.Standing(ctx, a.Update, a.Message.Chat.ID, whom.Target.Author.ID, false)
	if err != nil {
		return nil, err
	}
	return a.Answer(view.StandingText(a.Printer, view.NameText(a.Printer, whom.Evidence.Name), s), nil), nil
}
