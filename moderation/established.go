package moderation

import "time"

// Presence is what is known of when somebody wrote in a group, as coarsely as it takes to know who is established.
type Presence struct {
	First int64 // the day on which they were first seen to write; 0 = never
	Days  int   // different days on which they wrote, counted up to [EstablishedDays]
}

// What makes an established member: not how well they behave, but that they have been there for a while. Accounts that
// are made for an attack have not, and it takes patience to make them so.
const (
	EstablishedDays  = 3
	EstablishedAfter = 7 * 24 * time.Hour
)

// Established reports whether somebody is an established member: they wrote on [EstablishedDays] days, the first at
// least [EstablishedAfter] ago. In the bot's first days in a group it is enough that it did not see them join, or
// long before it came back; it has seen too little else. A channel never is one.
func (c Chat) Established(a Author, r Record, p Presence, now time.Time) bool {
	if !a.Reachable() {
		return false
	}
	if p.Days >= EstablishedDays && DayOf(now)-p.First >= int64(EstablishedAfter/(24*time.Hour)) {
		return true
	}
	return now.Sub(c.Since) < EstablishedAfter && (r.Joined.IsZero() || c.Since.Sub(r.Joined) >= EstablishedAfter)
}

// Blind reports whether the bot may have missed who joined: it is not watching the group, or has been for less than
// [EstablishedAfter] since it was not. Whoever is first seen then counts as having joined when first seen: else a gap
// that an owner or a stranger can make would turn fresh accounts into old ones.
func (c Chat) Blind(now time.Time) bool {
	return !c.Since.IsZero() && (!c.Rights.Admin || now.Sub(c.GapEnded) < EstablishedAfter)
}

// watched notes that the bot's watch began, or began again.
func (c *Chat) watched(before Rights, now time.Time) {
	switch {
	case !c.Rights.Admin || before.Admin:
	case c.Since.IsZero():
		c.Since = now
	default:
		c.GapEnded = now
	}
}
