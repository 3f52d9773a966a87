package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// report is /report: on the message it replies to, or, without one, on one that is picked.
func (h *Handlers) report(ctx context.Context, a *ask) ([]bot.Call, error) {
	return h.reportAs(ctx, a, a.args)
}

// spam is /spam, which people type: /report spam.
func (h *Handlers) spam(ctx context.Context, a *ask) ([]bot.Call, error) {
	return h.reportAs(ctx, a, string(moderation.Spam))
}

func (h *Handlers) reportAs(ctx context.Context, a *ask, typed string) ([]bot.Call, error) {
	chat, err := h.memory.Chat(ctx, a.m.Chat.ID)
	if err != nil {
		return nil, err
	}
	rule, _, _ := findRule(chat.Book, typed)
	if from := a.m.External; from != nil && from.Chat != 0 && from.Chat == chat.Linked {
		return h.say(ctx, a, "refuse."+string(moderation.RefuseLinked), nil)
	}
	to := a.m.ReplyTo
	// In a topic, a message that replies to nothing is given the topic's creation to reply to.
	if to == nil || to.ID == 0 || to.Service == bot.ServiceTopicCreated {
		return h.picker(ctx, a, rule)
	}
	t := h.resolve.target(to)
	who, err := h.both(ctx, chat, a.m.From, &t)
	if err != nil {
		return nil, err
	}
	receipt, err := h.court.Report(ctx, moderation.Report{
		Update: a.update, Chat: a.m.Chat.ID, Kind: kindOf(&a.m.Chat), Reporter: who, Target: t, Rule: rule,
		Evidence: a.evidence(to),
	})
	text, rows := view.Confirmation(a.printer, chat, receipt, a.public)
	if err != nil {
		if text, err = view.Refusal(a.printer, err); err != nil {
			return nil, err
		}
		return a.answer(a.warned(text), nil), nil
	}
	return a.answer(text, rows), nil
}

// warned adds to what is not the confirmation of a report that everybody saw the command.
func (a *ask) warned(text string) string {
	if !a.public {
		return text
	}
	return text + "\n\n" + a.printer.Text("visible.briefly", nil)
}
