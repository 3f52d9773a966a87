package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// report is /report: on the message it replies to, or, without one, on one that is picked.
func (h *Handlers) report(ctx context.Context, a *request.Command) ([]bot.Call, error) {
	return h.reportAs(ctx, a, a.Args)
}

// spam is /spam, which people type: /report spam.
func (h *Handlers) spam(ctx context.Context, a *request.Command) ([]bot.Call, error) {
	return h.reportAs(ctx, a, string(moderation.Spam))
}

func (h *Handlers) reportAs(ctx context.Context, a *request.Command, typed string) ([]bot.Call, error) {
	chat, err := h.memory.Chat(ctx, a.Message.Chat.ID)
	if err != nil {
		return nil, err
	}
	rule, _, _ := request.FindRule(chat.Book, typed)
	if from := a.Message.External; from != nil && from.Chat != 0 && from.Chat == chat.Linked {
		return h.say(ctx, a, "refuse."+string(moderation.RefuseLinked), nil)
	}
	to := a.Message.ReplyTo
	// In a topic, a message that replies to nothing is given the topic's creation to reply to.
	if to == nil || to.ID == 0 || to.Service == bot.ServiceTopicCreated {
		return h.picker(ctx, a, rule)
	}
	t := h.resolve.MessageTarget(to)
	who, err := h.both(ctx, chat, a.Message.From, &t)
	if err != nil {
		return nil, err
	}
	receipt, err := h.court.Report(ctx, moderation.Report{
		Update: a.Update, Chat: a.Message.Chat.ID, Kind: request.KindOf(&a.Message.Chat), Reporter: who, Target: t, Rule: rule,
		Evidence: a.Evidence(to),
	})
	text, rows := view.Confirmation(a.Printer, chat, receipt, a.Public)
	if err != nil {
		if text, err = view.Refusal(a.Printer, err); err != nil {
			return nil, err
		}
		return a.Answer(a.Warned(text), nil), nil
	}
	return a.Answer(text, rows), nil
}
