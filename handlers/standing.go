package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
)

// standings tells where members stand.
type standings struct{ *base }

// me is /me: where the member stands, what that means, and how it gets better. Only they see it.
func (h standings) me(ctx context.Context, cmd *request.Command) ([]wire.Call, error) {
	s, err := h.court.Standing(ctx, cmd.Update, cmd.Message.Chat.ID, cmd.Message.From.ID, true)
	if err != nil {
		return nil, err
	}
	return cmd.Answer(view.MeText(cmd.Printer, s), nil), nil
}

// standing is /standing: where a member stands, and what for.
func (h standings) standing(ctx context.Context, cmd *request.Command) ([]wire.Call, error) {
	whom, _, err := h.resolve.Target(ctx, cmd)
	if err != nil {
		return h.turnDown(ctx, cmd, err)
	}
	s, err := h.court.Standing(ctx, cmd.Update, cmd.Message.Chat.ID, whom.Target.Author.ID, false)
	if err != nil {
		return nil, err
	}
	return cmd.Answer(view.StandingText(cmd.Printer, view.NameText(cmd.Printer, whom.Evidence.Name), s), nil), nil
}
