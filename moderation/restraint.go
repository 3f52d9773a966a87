package moderation

import (
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

// Mutes reports whether it lets somebody write nothing.
func (r Restriction) Mutes() bool { return r.Banned || slices.Contains(r.Denied, "can_send_messages") }

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

// Mutes reports whether somebody may write nothing at a time because of it.
func (r Restraint) Mutes(now time.Time) bool {
	holds := func(one Restriction) bool { return one.Mutes() && (one.Until.IsZero() || one.Until.After(now)) }
	return holds(r.Put) || holds(r.Found)
}

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
