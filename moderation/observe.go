package moderation

import (
	"context"
	"time"
)

// Sighting is an ordinary message as it was seen to arrive.
type Sighting struct {
	Update  int64
	Chat    int64
	Kind    Kind
	Message int64
	Thread  int64
	Album   string
	At      time.Time
	Author  Author
	Name    string // the author's first name, for the picker
	Handle  string // their @username without the @, if they have one
	Words   string // the first words, for the picker
	Role    Role   // RoleLinked and RoleAdmin as far as the message itself shows it; else RoleMember
	Counts  bool   // it counts towards a newcomer's messages: a member's own, no command
}

// Known is what the store knows of a sighting's author and album.
type Known struct {
	Record Record
	Album  Verdict // of the album's case; empty if there is none
	Linked int64   // the channel whose posts are the group's own, as far as known
}

// Noted is what a sighting changes.
type Noted struct {
	Record  *Record // of the author, if it changed
	Linked  int64   // the group's own channel, if that is news; else 0
	Removed bool    // it is being removed, and so not to be offered for a report
	Effects []Effect
}

// Observe notes ordinary messages: for the picker and for albums, to know when a newcomer is one
// no more, to remove what a silenced member writes, and the rest of an album that was removed.
func (c *Court) Observe(ctx context.Context, seen []Sighting) error {
	now := c.now().UTC()
	return c.store.Observe(ctx, seen, func(s Sighting, k Known) Noted { return note(s, k, now) })
}

func note(s Sighting, k Known, now time.Time) Noted {
	if s.Role == RoleLinked && s.Author.ID != k.Linked {
		return Noted{Linked: s.Author.ID}
	}
	if k.Record.Silenced.After(now) || k.Album == Upheld {
		return Noted{Removed: true, Effects: []Effect{{Kind: EffectDelete, Messages: []int64{s.Message}}}}
	}
	if s.Counts && !k.Record.Joined.IsZero() && k.Record.Messages < NewcomerMessages {
		r := k.Record
		r.Messages++
		return Noted{Record: &r}
	}
	return Noted{}
}
