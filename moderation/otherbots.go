package moderation

import (
	"slices"
	"time"
)

// OtherBots is what is known of the other bots in a group. Some apps hand one of them a /report that somebody types, or show it to
// all. So members are told a way to report that is safe beside them.
type OtherBots struct {
	Known []OtherBot `json:"known,omitempty"`
	Told  time.Time  `json:"told,omitzero"` // when members were told last; see [OtherBotsTold]
}

// OtherBot is one of them.
type OtherBot struct {
	ID   int64     `json:"id"`
	Seen time.Time `json:"seen,omitzero"`  // when it wrote, or when Telegram said that it is a member
	Sure bool      `json:"sure,omitempty"` // Telegram said so
	Left time.Time `json:"left,omitzero"`  // when it left; zero if it is there
}

const (
	// OtherBotsTold is the least time between two messages to the members about other bots. So an admin who adds and removes
	// bots does not make this one write.
	OtherBotsTold = 7 * 24 * time.Hour

	// otherBotWrote is for how long a bot is believed to be there that only wrote, and for how long one that left is
	// remembered: what it wrote before does not bring it back.
	otherBotWrote = 30 * 24 * time.Hour

	// otherBotAgain is how long it takes until it is noted that a known bot wrote again.
	otherBotAgain = 24 * time.Hour

	// otherBotsKept is how many are known of a group at most.
	otherBotsKept = 20
)

// there reports whether the bot is in the group.
func (b OtherBot) there(now time.Time) bool {
	return b.Left.IsZero() && (b.Sure || now.Sub(b.Seen) < otherBotWrote)
}

// kept reports whether anything is to be known of the bot still.
func (b OtherBot) kept(now time.Time) bool { return b.there(now) || now.Sub(b.Left) < otherBotWrote }

// At lists the bots that are in the group at this time, as far as they are known.
func (o OtherBots) At(now time.Time) (ids []int64) {
	for _, b := range o.Known {
		if b.there(now) {
			ids = append(ids, b.ID)
		}
	}
	return ids
}

// Any reports whether another bot is in the group.
func (o OtherBots) Any(now time.Time) bool {
	return slices.ContainsFunc(o.Known, func(b OtherBot) bool { return b.there(now) })
}

// sighted is how it was noticed that another bot is in the group.
type sighted struct {
	id   int64
	at   time.Time
	sure bool
}

// adds reports whether a bot that was noticed changes what is known.
func (o OtherBots) adds(s sighted, now time.Time) bool {
	i := slices.IndexFunc(o.Known, func(b OtherBot) bool { return b.ID == s.id })
	switch {
	case !s.sure && now.Sub(s.at) >= otherBotWrote:
		return false
	case i < 0:
		return true
	}
	b := o.Known[i]
	switch {
	case s.sure:
		return !b.Sure || !b.Left.IsZero()
	case !b.Left.IsZero():
		return s.at.After(b.Left)
	}
	return !b.Sure && s.at.Sub(b.Seen) >= otherBotAgain
}

// Wrote reports whether it is news that a bot wrote at this time.
func (o OtherBots) Wrote(bot int64, at, now time.Time) bool {
	return o.adds(sighted{bot, at, false}, now)
}

// with returns what is known after a bot was noticed.
func (o OtherBots) with(s sighted, now time.Time) OtherBots {
	known := OtherBot{ID: s.id, Seen: s.at.UTC().Truncate(time.Second), Sure: s.sure}
	o.Known = slices.DeleteFunc(slices.Clone(o.Known), func(b OtherBot) bool { return b.ID == s.id || !b.kept(now) })
	if len(o.Known) < otherBotsKept {
		o.Known = append(o.Known, known)
	}
	return o
}

// Merged is what is known of a group that was known under two numbers.
func (o OtherBots) Merged(also OtherBots) OtherBots {
	o.Known = slices.Clone(o.Known)
	for _, b := range also.Known {
		if len(o.Known) < otherBotsKept && !slices.ContainsFunc(o.Known, func(k OtherBot) bool { return k.ID == b.ID }) {
			o.Known = append(o.Known, b)
		}
	}
	if also.Told.After(o.Told) {
		o.Told = also.Told
	}
	return o
}
