package moderation_test

import (
	"errors"
	"slices"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// taught are a rule's examples, two of each sort.
func taught(moderation.Rule) moderation.Examples {
	return moderation.Examples{Breaks: []string{"b1", "b2"}, Fine: []string{"f1", "f2"}}
}

// truth is the right answer about an example of [taught].
func truth(example string) moderation.Side {
	if example[0] == 'b' {
		return moderation.Breaks
	}
	return moderation.Fine
}

// pupil is somebody who is muted.
type pupil struct {
	*room
	id string // their case
}

// muted is Mallory, muted by hand for a time.
func muted(t *testing.T, d time.Duration) pupil {
	t.Helper()
	m := newRoom(t)
	return pupil{m, m.mute(d)}
}

// mute mutes Mallory for another case.
func (m *room) mute(d time.Duration) string {
	m.t.Helper()
	cs, err := m.court.Punish(m.ctx, moderation.Hand{
		Update: m.next(), Chat: club, Kind: moderation.Supergroup, By: boss(), Rule: moderation.Spam,
		Target: moderation.Target{Author: moderation.Author{ID: mallory}, Role: moderation.RoleMember},
		Step:   moderation.Step{Deed: moderation.Mute, For: d},
	})
	m.must(err)
	return cs.ID
}
