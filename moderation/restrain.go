package moderation

import (
	"context"
	"time"
)

// Restrain notes what the bot puts on somebody, before it does, and queues what follows from it. A restraint of none
// means that it put nothing, or lifted it.
func (c *Members) Restrain(ctx context.Context, chat, person int64, r Restraint, effects []Effect) error {
	_, err := c.update(ctx, Key{Chat: chat, Author: person, Want: Want{Restraint: true}}, func(d Docket, now time.Time) (Outcome, error) {
		out := Outcome{Effects: effects}
		before, err := d.Restraint.Read()
		if err != nil || r.None() && before.None() {
			return out, err
		}
		r.At = now
		out.Restraint = &r
		return out, nil
	})
	return err
}

// RestrainedManually notes that somebody else than the bot changed what keeps a person from writing. What the bot had put
// is no longer in force then, and it has nothing to lift or to bring back. Doing it again does no harm.
func (c *Members) RestrainedManually(ctx context.Context, chat, person int64, to Restriction, at time.Time) error {
	_, err := c.update(ctx, Key{Chat: chat, Author: person, Want: Want{Restraint: true}}, func(d Docket, _ time.Time) (Outcome, error) {
		r, err := d.Restraint.Read()
		// The bot found it already, when it put its own in the place of it.
		before := at.Before(r.At) || to.Equal(r.Found)
		if err != nil || r.None() || before {
			return Outcome{}, err
		}
		return Outcome{AuthorChanges: AuthorChanges{Restraint: &Restraint{}}}, nil
	})
	return err
}
