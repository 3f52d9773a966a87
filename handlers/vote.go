package handlers

import (
	"context"
	"errors"
	"slices"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// votes takes ballots on the vote card.
type votes struct {
	*base
	store caseByID
}

// vote is a tap on the vote card.
func (h votes) vote(ctx context.Context, cb *request.Callback) ([]wire.Call, error) {
	side := moderation.Side(cb.Choice)
	cs, err := h.store.Case(ctx, cb.ChatID, cb.Subject)
	if errors.Is(err, moderation.ErrNoCase) || err == nil && (!side.Valid() || !h.isCard(cb, cs)) {
		return h.toast(ctx, cb, "refuse."+string(moderation.RefuseUnknown))
	}
	if err != nil {
		return nil, err
	}
	err = h.court.Vote(ctx, moderation.Vote{Update: cb.Update, Chat: cb.ChatID, Case: cs.ID, Voter: cb.Who, Side: side})
	if err != nil {
		return cb.Refuse(err)
	}
	if cs.Card != 0 && cs.Card != cb.Message.ID && !cb.MessageUnknown {
		// A card whose number never reached us has shown itself; one of them is enough.
		err = h.court.Do(ctx, cb.ChatID, []moderation.Effect{moderation.DeleteMessages{Messages: []int64{cb.Message.ID}}})
	}
	return cb.Toast(cb.Printer.Text("vote."+cb.Choice, nil)), err
}

// isCard reports whether a message is the card of a case. It is by its number. A card may have been sent without its
// number reaching us: the answer was lost, or the tap was faster. Then it is by being our reply to the message the case is
// about that has the card's buttons: data can be forged, and not on which message it is sent. If Telegram does not say what was
// pressed on, the case must have a card at least. So nobody learns in this way of a case that the group does not see, or that its
// card is on the way.
func (h votes) isCard(cb *request.Callback, cs moderation.Case) bool {
	m := cb.Message
	switch {
	case cb.MessageUnknown:
		return cs.Carded() && cs.Card != 0 && !cs.Hidden()
	case m.Chat.ID != cb.ChatID:
		return false // a button of the card, forged in private
	case m.ID == 0 || cs.Card == m.ID:
		return m.ID != 0
	}
	ours := m.From != nil && m.From.ID == h.find.Me().ID
	votesOn := func(data string) bool { return view.VotesOn(data, cs.ID) }
	return ours && cs.Message != 0 && m.ReplyTo != nil && m.ReplyTo.ID == cs.Message && slices.ContainsFunc(m.Buttons, votesOn)
}
