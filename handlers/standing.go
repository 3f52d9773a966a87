package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// standings tells where members stand.
type standings struct{ *base }

// me is /me: where the member stands, what that means, and how it gets better. Only they see it.
func (h standings) me(ctx context.Context, cmd *request.Command) ([]wire.Call, error) {
	s, err := h.court.Standing(ctx, cmd.Update, cmd.Message.Chat.ID, cmd.Message.From.ID, true)
	if err != nil {
		return nil, err
	}
	return cmd.Answer(view.MeText(cmd.Printer, s), cmd.UnlessMasked(view.MeButtons(cmd.Printer, cmd.Group.Ref, s))), nil
}

// setWilling is the button of /me that ends that a member is asked to be a juror, or has them asked again.
func (h standings) setWilling(ctx context.Context, cb *request.Callback) ([]wire.Call, error) {
	if cb.Subject != view.JurorDeclines && cb.Subject != view.JurorWilling {
		return h.unknown(ctx, cb)
	}
	if err := h.court.SetWilling(ctx, moderation.Key{Update: cb.Update, Chat: cb.ChatID}, cb.Who, cb.Subject == view.JurorWilling); err != nil {
		return cb.Refuse(err)
	}
	s, err := h.court.Standing(ctx, 0, cb.ChatID, cb.Who.ID, true)
	if err != nil {
		return nil, err
	}
	return cb.Become(view.MeText(cb.Printer, s), view.MeButtons(cb.Printer, cb.Group.Ref, s)), nil
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
