package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation"
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

// tellRegained tells somebody that they may send everything again.
func (h *Handlers) tellRegained(ctx context.Context, e moderation.SendRegained) error {
	if held, err := h.heldByHand(ctx, e.Chat, e.To.ID); err != nil || held {
		return err // an admin keeps them from it
	}
	p, err := h.speak(ctx, e.Chat, e.To)
	if err != nil {
		return err
	}
	return h.untold(ctx, e, h.tell(ctx, recipient{e.To, e.Chat, ""}, p.Text("news.regained", nil)))
}

// tellCaution tells somebody that their ballots are wrong often, and until when their reports are paused
// for it. Nobody else ever learns of it.
func (h *Handlers) tellCaution(ctx context.Context, e moderation.SendCaution) error {
	p, err := h.speak(ctx, e.Chat, e.To)
	if err != nil {
		return err
	}
	text := view.CautionText(p, e.Until)
	if e.To.Private {
		if text, err = h.find.InGroup(ctx, p, e.Chat, text); err != nil {
			return err
		}
	}
	return h.untold(ctx, e, h.tell(ctx, recipient{e.To, e.Chat, ""}, text))
}
