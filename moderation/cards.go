package moderation

import (
	"slices"
	"time"
)

// CardsBrought is when the reports of one member against one author last brought a card, or could have: at most
// [MaxCards] times, the oldest first.
type CardsBrought []time.Time

// One member brings so many cards against one author within a day. What they report beyond that counts, and waits for the
// report of another to get its card: else one account could put a public question under everything that somebody says.
const (
	MaxCards   = 3
	MaxCardsIn = 24 * time.Hour
)

// Take notes one more, and reports false if there were enough already.
func (c CardsBrought) Take(now time.Time) (CardsBrought, bool) {
	recent := slices.DeleteFunc(slices.Clone(c), func(t time.Time) bool { return now.Sub(t) >= MaxCardsIn })
	if len(recent) >= MaxCards {
		return c, false
	}
	return append(recent, now), true
}
