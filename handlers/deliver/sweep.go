package deliver

import (
	"context"
	"errors"

	"github.com/ostrakon-bot/ostrakon/internal/outbox"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// sweeps finds what goes along with the message of a case.
type sweeps struct{ *Sender }

// sweep looks among the recent messages, and has it decided which of them go. Who is an admin is asked at this moment, since no
// message of theirs may go.
func (h sweeps) sweep(ctx context.Context, e moderation.SweepMessages) error {
	cs, err := h.store.Case(ctx, e.Chat, e.Case)
	if errors.Is(err, moderation.ErrNoCase) {
		return nil
	}
	if err != nil {
		return err
	}
	found, marks, err := h.alike(ctx, e, cs)
	if err != nil {
		return err
	}
	var admins []int64
	if len(found) > 0 {
		if admins, err = h.admins(ctx, e.Chat); err != nil {
			if err := h.settled(err); err != nil {
				return err
			}
			found = nil // nobody can say whose messages may go
		}
	}
	if err := h.court.Sweep(ctx, e, found, marks, admins); err != nil {
		return err
	}
	return outbox.ErrNoted
}

// alike are the messages that may go, and by what copies are found. Without evidence nobody can say what a copy is.
func (h sweeps) alike(ctx context.Context, e moderation.SweepMessages, cs moderation.Case) ([]moderation.Alike, []string, error) {
	if cs.Verdict != moderation.Upheld || cs.Reversed != "" || cs.Message == 0 {
		return nil, nil, nil
	}
	said, _, err := h.store.Evidence(ctx, e.Chat, e.Case)
	if err != nil {
		return nil, nil, err
	}
	marks := said.SweepMarks()
	if len(marks) == 0 && !e.All {
		return nil, nil, nil
	}
	found, err := h.store.Alike(ctx, e.Chat, cs.Author.ID, marks)
	return found, marks, err
}

// admins are the group's.
func (h sweeps) admins(ctx context.Context, chat int64) (admins []int64, err error) {
	found, err := h.find.Admins(ctx, chat)
	for _, m := range found {
		admins = append(admins, m.User.ID)
	}
	return admins, err
}

// end ends a case whose message went along with that of another.
func (h sweeps) end(ctx context.Context, e moderation.EndSwept) error {
	if err := h.court.EndSwept(ctx, e); err != nil {
		return err
	}
	return outbox.ErrNoted
}
