package handlers

import (
	"context"
	"errors"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// vote is a tap on the vote card.
func (h *Handlers) vote(ctx context.Context, t *request.Callback) ([]bot.Call, error) {
	side := moderation.Side(t.Choice)
	cs, err := h.memory.Case(ctx, t.ChatID, t.Subject)
	if errors.Is(err, moderation.ErrNoCase) || err == nil && (!side.Valid() || !h.isCard(t, cs)) {
		return h.toast(ctx, t, "refuse."+string(moderation.RefuseUnknown))
	}
	if err != nil {
		return nil, err
	}
	err = h.court.Vote(ctx, moderation.Vote{Update: t.Update, Chat: t.ChatID, Case: cs.ID, Voter: t.Who, Side: side})
	if err != nil {
		return t.Refuse(err)
	}
	if cs.Card != 0 && cs.Card != t.Message.ID && !t.Lost {
		// A card whose number never reached us has shown itself; one of them is enough.
		err = h.court.Do(ctx, t.ChatID, []moderation.Effect{{Kind: moderation.EffectDelete, Messages: []int64{t.Message.ID}}})
	}
	return t.Toast(t.Printer.Text("vote."+t.Choice, nil)), err
}

// isCard reports whether a message is the card of a case. It is by its number, or, when a card was
// sent but its number never reached us (the answer was lost, or the tap was faster), by being our
// reply to the very message the case is about. If Telegram does not say what was pressed on, the case must have a card
// at least: it is told of no case by this that the group does not see.
func (h *Handlers) isCard(t *request.Callback, cs moderation.Case) bool {
	m := t.Message
	if t.Lost {
		return cs.Card != 0 && !cs.Hidden()
	}
	if m.ID != 0 && m.ID == cs.Card {
		return true
	}
	ours := m.From != nil && m.From.ID == h.tg.Me().ID
	return ours && m.ID != 0 && cs.Message != 0 && m.ReplyTo != nil && m.ReplyTo.ID == cs.Message
}

// undo is ↩️ on the confirmation of a report.
func (h *Handlers) undo(ctx context.Context, t *request.Callback) ([]bot.Call, error) {
	if err := h.court.Undo(ctx, t.Update, t.ChatID, t.Subject, t.Who.ID); err != nil {
		return t.Refuse(err)
	}
	return t.Become(t.Printer.Text("report.undone", nil), nil), nil
}

// categorize is one of the rules on the confirmation of a report.
func (h *Handlers) categorize(ctx context.Context, t *request.Callback) ([]bot.Call, error) {
	chat, err := h.memory.Chat(ctx, t.ChatID)
	if err != nil {
		return nil, err
	}
	rule := moderation.RuleID(t.Choice)
	if err := h.court.Categorize(ctx, t.Update, t.ChatID, t.Subject, t.Who.ID, rule); err != nil {
		return t.Refuse(err)
	}
	text, rows := view.Confirmation(t.Printer, chat, moderation.Receipt{Case: t.Subject, Rule: rule, Open: true}, t.Seen())
	if !t.Alone() || t.Lost {
		return t.Toast(t.Printer.Text("report.chosen", map[string]any{"rule": view.RuleName(t.Printer, chat.Book.Rule(rule))})), nil
	}
	return t.Become(text, rows), nil
}
