package moderation_test

import (
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// wrote is a message of somebody's as it is seen.
func (r *fixture) wrote(who, message int64) moderation.SeenMessage {
	return moderation.SeenMessage{
		Update: r.next(), Chat: club, Message: message, At: r.now, Author: moderation.Author{ID: who},
		Role: moderation.RoleMember, Counts: true,
	}
}

func TestObserve(t *testing.T) {
	t.Parallel()
	type seenMessage = moderation.SeenMessage
	joined := moderation.Record{Joined: noon.Add(-time.Hour), Messages: 3}
	settled := moderation.Record{Joined: noon.Add(-time.Hour), Messages: moderation.NewMessages}
	for name, test := range map[string]struct {
		record  moderation.Record
		change  func(*fixture, *seenMessage)
		counted int
		kept    bool
		effects []string
	}{
		"of who was there before":        {moderation.Record{}, nil, 0, true, nil},
		"of a newcomer":                  {joined, nil, 4, true, nil},
		"of who is settled":              {settled, nil, moderation.NewMessages, true, nil},
		"that does not count":            {joined, func(_ *fixture, s *seenMessage) { s.Counts = false }, 3, true, nil},
		"of who is silenced":             {moderation.Record{Silenced: noon.Add(time.Second)}, nil, 0, false, []string{"delete [41]"}},
		"of who was silenced until now":  {moderation.Record{Silenced: noon}, nil, 0, true, nil},
		"of a silenced newcomer":         {moderation.Record{Joined: noon, Messages: 3, Silenced: noon.Add(time.Hour)}, nil, 3, false, []string{"delete [41]"}},
		"of an album nobody reported":    {moderation.Record{}, func(_ *fixture, s *seenMessage) { s.Album = "A" }, 0, true, nil},
		"of an album that is reported":   {moderation.Record{}, func(m *fixture, s *seenMessage) { s.Album = "A"; m.albumCase(moderation.Open) }, 0, true, nil},
		"of an album that is fine":       {moderation.Record{}, func(m *fixture, s *seenMessage) { s.Album = "A"; m.albumCase(moderation.Dismissed) }, 0, true, nil},
		"of an album that was withdrawn": {moderation.Record{}, func(m *fixture, s *seenMessage) { s.Album = "A"; m.albumCase(moderation.Withdrawn) }, 0, true, nil},
		"of an album that is removed":    {moderation.Record{}, func(m *fixture, s *seenMessage) { s.Album = "A"; m.albumCase(moderation.Upheld) }, 0, false, []string{"delete [41]"}},
		"of another album":               {moderation.Record{}, func(m *fixture, s *seenMessage) { s.Album = "B"; m.albumCase(moderation.Upheld) }, 0, true, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			m.records[member{club, anna}] = test.record
			s := m.wrote(anna, 41)
			if test.change != nil {
				test.change(m, &s)
			}
			for range 2 { // the second time it was seen before
				m.must(m.court.Observe(t.Context(), []moderation.SeenMessage{s}))
			}
			if got := m.records[member{club, anna}].Messages; got != test.counted {
				t.Errorf("%d messages count, want %d", got, test.counted)
			}
			if kept := len(m.seen) == 1; kept != test.kept {
				t.Errorf("seen are %+v", m.seen)
			}
			m.want(test.effects...)
		})
	}
}

// albumCase is a case about album A, with that verdict.
func (r *fixture) albumCase(v moderation.Verdict) {
	r.cases = append(r.cases, &kept{Case: moderation.Case{ID: "A", Chat: club, CaseMessage: moderation.CaseMessage{Message: 40, Album: "A"}, Verdict: v}})
}

func TestGroupsOwnChannelIsLearned(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	for _, test := range []struct {
		author int64
		role   moderation.Role
		want   int64
	}{
		{-7, moderation.RoleMember, 0}, {-7, moderation.RoleLinked, -7}, {-7, moderation.RoleLinked, -7},
		{-8, moderation.RoleAdmin, -7}, {-8, moderation.RoleLinked, -8},
	} {
		s := m.wrote(test.author, 41)
		s.Role = test.role
		m.must(m.court.Observe(t.Context(), []moderation.SeenMessage{s}))
		if got := m.chats[club].Linked; got != test.want {
			t.Errorf("after a post of %d as %s the channel is %d, want %d", test.author, test.role, got, test.want)
		}
	}
}
