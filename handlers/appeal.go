package handlers

import (
	"context"
	"errors"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// appealStore is what somebody can contest, or was asked why they do.
type appealStore interface {
	caseByID
	// About lists the latest upheld cases about a person, the newest first.
	About(ctx context.Context, person int64, limit int) ([]moderation.CaseRef, error)
	// Asked is about which case a person was asked for their sentence, if they were and have not answered.
	Asked(ctx context.Context, person int64) (moderation.CaseRef, bool, error)
}

// appeals takes appeals against verdicts.
type appeals struct {
	*base
	store  appealStore
	starts starts
}

// appeal is ⚖️: the author is asked for a sentence, or appeals without one.
func (h appeals) appeal(ctx context.Context, cb *request.Callback) ([]wire.Call, error) {
	plea := moderation.Plea{Update: cb.Update, Chat: cb.ChatID, Case: cb.Subject, Author: cb.Who.ID}
	if cb.Choice == view.ChoiceSkip {
		cs, err := h.court.Appeal(ctx, plea)
		if err != nil {
			return cb.Refuse(err)
		}
		return cb.Become(view.FiledText(cb.Printer, cs), nil), nil
	}
	cs, err := h.court.AskWhy(ctx, plea)
	if err != nil {
		return cb.Refuse(err)
	}
	chat := cb.Group
	ask := view.WhyCall(cb.Printer, cb.Message.Chat.ID, chat.Ref, cs)
	if cb.Message.Chat.Group() {
		ask = ask.Thread(request.TopicAt(cb.Message)).Ephemeral(cb.Who.ID, cb.ID, 0)
	}
	return []wire.Call{wire.AnswerCallback(cb.ID, "", false), ask}, nil
}

// appealsListed is how many cases are offered at once.
const appealsListed = 10

// appealList is /appeal in private: the cases against which the author can appeal.
func (h appeals) appealList(ctx context.Context, cmd *request.Command) ([]wire.Call, error) {
	if err := h.court.Private(ctx, cmd.Update, cmd.Message.From.ID, true); err != nil {
		return nil, err
	}
	refs, err := h.store.About(ctx, cmd.Message.From.ID, appealsListed)
	if err != nil {
		return nil, err
	}
	var rows [][]wire.Button
	var groups []int64 // of each row
	for _, ref := range refs {
		cs, err := h.store.Case(ctx, ref.Chat, ref.ID)
		if errors.Is(err, moderation.ErrNoCase) || err == nil && !view.Contestable(cs, h.now()) {
			continue
		}
		if err != nil {
			return nil, err
		}
		chat, err := h.chats.Chat(ctx, ref.Chat)
		if err != nil {
			return nil, err
		}
		if !chat.Rights.Member {
			continue // nobody there could be asked
		}
		groups = append(groups, ref.Chat)
		rows = append(rows, []wire.Button{view.Coloured(wire.Button{Text: "⚖️ " + cs.ID + " · ", Data: view.GroupData(view.ButtonAppeal, chat.Ref, cs.ID)})})
	}
	if len(rows) == 0 {
		return cmd.Answer(cmd.Printer.Text("appeal.none", nil), nil), nil
	}
	titles := h.find.Titles(ctx, groups...)
	for i, row := range rows {
		row[0].Text = view.Shorten(row[0].Text+titles[groups[i]], view.WordsKept)
	}
	return cmd.Answer(cmd.Printer.Text("appeal.which", nil), rows), nil
}
