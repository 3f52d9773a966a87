package handlers

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// erasures deletes what is kept of somebody.
type erasures struct {
	*base
	store moderation.Persons
}

// forgetMe is /forgetme in private: it asks first.
func (h erasures) forgetMe(ctx context.Context, cmd *request.Command) ([]wire.Call, error) {
	if err := h.court.Private(ctx, cmd.Update, cmd.Message.From.ID, true); err != nil {
		return nil, err
	}
	rows := [][]wire.Button{{{Text: cmd.Printer.Text("button.forget", nil), Data: view.ButtonForget + ":" + forgetNow}}}
	return cmd.Answer(cmd.Printer.Text("forget.ask", nil), rows), nil
}

// forgetNow is the choice that confirms /forgetme.
const forgetNow = "now"

// forget deletes what is kept of who pressed. It says what was deleted, and what is retained, until when and why.
func (h erasures) forget(ctx context.Context, u *wire.Update, m *wire.Message, choice string) ([]wire.Call, error) {
	who := u.Callback.From
	if choice != forgetNow || m.Chat.ID != who.ID {
		return h.strange(ctx, u)
	}
	said, err := h.court.Forget(ctx, h.store, who.ID, who.Username)
	if err != nil {
		return nil, err
	}
	// Noted only now: killed before, it is done again, which does no harm.
	if _, err := h.court.Note(ctx, u.ID, 0); err != nil {
		return nil, err
	}
	p := locale.In(locale.Match(who.Language, locale.Default))
	lines := []string{p.Text("forget.done", nil)}
	for _, chat := range slices.Sorted(maps.Keys(said)) {
		about, err := h.remains(ctx, chat, who.Language, said[chat])
		if err != nil {
			return nil, err
		}
		lines = append(lines, about...)
	}
	lines = append(lines, "", p.Text("forget.votes", nil))
	cb := &request.Callback{ID: u.Callback.ID, Message: m, MessageUnknown: request.MessageUnknown(u.Callback)}
	return []wire.Call{wire.AnswerCallback(cb.ID, "", false), cb.Edit(strings.Join(lines, "\n"), nil)}, nil
}

// remains says what a group must keep of somebody, if anything.
func (h erasures) remains(ctx context.Context, chat int64, language string, f moderation.Erasure) ([]string, error) {
	if len(f.Remains) == 0 {
		return nil, nil
	}
	p, err := h.printer(ctx, chat, language)
	if err != nil {
		return nil, err
	}
	return view.RemainsLines(p, h.find.Title(ctx, chat), f), nil
}
