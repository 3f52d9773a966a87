package moderation

import (
	"context"
	"slices"
	"time"
)

// Restriction is what keeps somebody from writing in a group: a ban, or permissions that were taken away.
type Restriction struct {
	Banned bool
	Denied []string  // what they may not do, in Telegram's words
	Until  time.Time // zero = without an end
}

// None reports whether there is no restriction at all.
func (r Restriction) None() bool { return !r.Banned && len(r.Denied) == 0 }

// Lasts reports whether there is a restriction that goes on for long enough after a time to be worth restoring.
func (r Restriction) Lasts(now time.Time) bool {
	return !r.None() && (r.Until.IsZero() || r.Until.Sub(now) >= WorthWhile)
}

// Equal reports whether two restrictions are the same.
func (r Restriction) Equal(other Restriction) bool {
	return r.Banned == other.Banned && slices.Equal(r.Denied, other.Denied) && r.Until.Equal(other.Until)
}

// Restraint is what the bot put on somebody in a group, and what it found there that others had put. The bot lifts the
// one, and brings the other back.
type Restraint struct {
	Put   Restriction
	Was   Restriction // what it had put before, which is in force until Telegram takes Put
	Found Restriction
	At    time.Time // when the bot put it
}

// None reports whether the bot put nothing on them.
func (r Restraint) None() bool { return r.Put.None() && r.Found.None() }

// Ends is when nothing of it holds any more, zero if part of it has no end.
func (r Restraint) Ends() time.Time {
	var last time.Time
	for _, one := range []Restriction{r.Put, r.Found} {
		switch {
		case one.None():
		case one.Until.IsZero():
			return time.Time{}
		case one.Until.After(last):
			last = one.Until
		}
	}
	return last
}

// Restrain notes what the bot puts on somebody, before it does, and queues what follows from it. A restraint of none
// means that it put nothing, or lifted it.
func (c *Members) Restrain(ctx context.Context, chat, person int64, r Restraint, effects []Effect) error {
	_, err := c.update(ctx, Key{Chat: chat, Author: person, Restraint: true}, func(d Docket, now time.Time) (Outcome, error) {
		out := Outcome{Effects: effects}
		if r.None() && d.Restraint.None() {
			return out, nil
		}
		r.At = now
		out.Restraint = &r
		return out, nil
	})
	return err
}

// RestrainedByHand notes that somebody else than the bot changed what keeps a person from writing. What the bot had put
// is no longer in force then, and it has nothing to lift or to bring back. Doing it again does no harm.
func (c *Members) RestrainedByHand(ctx context.Context, chat, person int64, to Restriction, at time.Time) error {
	_, err := c.update(ctx, Key{Chat: chat, Author: person, Restraint: true}, func(d Docket, _ time.Time) (Outcome, error) {
		r := d.Restraint
		// The bot found it already, when it put its own in the place of it.
		before := at.Before(r.At) || to.Equal(r.Found)
		if r.None() || before {
			return Outcome{}, nil
		}
		return Outcome{Restraint: &Restraint{}}, nil
	})
	return err
}
