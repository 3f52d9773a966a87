package handlers

import (
	"context"
	"errors"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// votes takes ballots on the vote card.
type votes struct {
	*base
	memory caseByID
}

// vote is a tap on the vote card.
func (h votes) vote(ctx context.Context, t *request.Callback) ([]bot.Call, error) {
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
		err = h.court.Do(ctx, t.ChatID, []moderation.Effect{moderation.DeleteMessages{Messages: []int64{t.Message.ID}}})
	}
	return t.Toast(t.Printer.Text("vote."+t.Choice, nil)), err
}

// isCard reports whether a message is the card of a case. It is by its number, or, when a card was
// sent but its number never reached us (the answer was lost, or the tap was faster), by being our
// reply to the very message the case is about. If Telegram does not say what was pressed on, the case must have a card
// at least: it is told of no case by this that the group does not see.
func (h votes) isCard(t *request.Callback, cs moderation.Case) bool {
	m := t.Message
	if t.Lost {
		return cs.Card != 0 && !cs.Hidden()
	}
	if m.ID != 0 && m.ID == cs.Card {
		return true
	}
	ours := m.From != nil && m.From.ID == h.find.Me().ID
	return ours && m.ID != 0 && cs.Message != 0 && m.ReplyTo != nil && m.ReplyTo.ID == cs.Message
}
