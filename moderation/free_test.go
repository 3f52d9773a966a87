package moderation_test

import (
	"slices"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

func TestFree(t *testing.T) {
	t.Parallel()
	human, channel := moderation.Author{ID: mallory, Language: "ru"}, moderation.Author{ID: -7, Channel: true}
	for name, test := range map[string]struct {
		steps   []string // given by hand an hour after another, the last just now
		author  moderation.Author
		kind    moderation.Kind
		opened  bool
		penalty ladder.Penalty
		want    []string
		ended   []int // of the steps
	}{
		"of a mute": {
			[]string{"mute 1d"}, human, moderation.Supergroup, true, ladder.Mute,
			[]string{"free mute of Mallory", "news mallory mute", "news mallory privately mute", "admins freed mute of Mallory by Dora"}, []int{0},
		},
		"of all mutes that last": {
			[]string{"mute 1d", "mute 1h", "ban", "mute 2d"}, human, moderation.Supergroup, false, ladder.Mute,
			[]string{"free mute of Mallory", "news mallory mute", "admins freed mute of Mallory by Dora"}, []int{0, 3},
		},
		"of a ban": {
			[]string{"ban"}, human, moderation.Supergroup, false, ladder.Ban,
			[]string{"free ban of Mallory", "news mallory ban", "admins freed ban of Mallory by Dora"}, []int{0},
		},
		"of a ban over a mute": {
			[]string{"mute 1d", "ban 7d", "mute 2h"}, human, moderation.Supergroup, false, ladder.Ban,
			[]string{"free ban of Mallory", "punish mute 1d for 22h more", "news mallory ban", "admins freed ban of Mallory by Dora"}, []int{1},
		},
		"of what an admin did in Telegram": {
			nil, human, moderation.Supergroup, false, ladder.Ban,
			[]string{"free ban of Mallory", "news mallory ban", "admins freed ban of Mallory by Dora"}, nil,
		},
		"of a mute, basic": {
			[]string{"mute 1d"}, human, moderation.Basic, false, ladder.Mute,
			[]string{"news mallory mute", "admins freed mute of Mallory by Dora"}, []int{0},
		},
		"of a ban, basic": {
			[]string{"ban"}, human, moderation.Basic, false, ladder.Ban, []string{"news mallory ban", "admins freed ban of Mallory by Dora"}, nil,
		},
		"of a channel's mute": {
			[]string{"mute 1d"}, channel, moderation.Supergroup, false, ladder.Mute, []string{"free ban of Mallory", "admins freed ban of Mallory by Dora"}, []int{0},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			m.chats[club].Kind, m.private[test.author.ID] = test.kind, test.opened
			m.chats[club].Rights = moderation.Rights{Member: true, Admin: true, Delete: true, Restrict: true}
			for i, step := range test.steps {
				h := m.manualOf(41, step)
				h.Target.Author = test.author
				m.punished(h)
				if i < len(test.steps)-1 {
					m.now = m.now.Add(time.Hour)
				}
			}
			m.carried()
			books := m.history[member{club, test.author.ID}]
			m.must(m.court.Free(t.Context(), moderation.Release{
				Update: m.next(), Chat: club, By: boss, Author: test.author, Name: "Mallory", Penalty: test.penalty, Held: true,
			}))
			m.want(test.want...)
			for i, k := range m.cases {
				if ended := k.Until.Equal(m.now); ended != slices.Contains(test.ended, i) || k.Reversed != "" {
					t.Errorf("%s is over at %v", k.Penalty, k.Until)
				}
			}
			if got := m.history[member{club, test.author.ID}]; !slices.Equal(got, books) {
				t.Errorf("offences were %+v, are %+v", books, got)
			}
			if r := m.records[member{club, mallory}]; r.Silenced.After(m.now) {
				t.Errorf("record %+v", r)
			}
		})
	}
}

// A mute from when the group was a basic one is ended there where it is kept.
func TestMuteEndsAfterAnUpgrade(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		steps []string
		end   func(*fixture) error
		want  []string
	}{
		"by an admin": {[]string{"mute 1d"}, func(m *fixture) error {
			return m.court.Free(m.ctx, moderation.Release{Update: m.next(), Chat: club, By: boss, Author: human, Name: "Mallory", Penalty: ladder.Mute})
		}, []string{"free mute of Mallory", "news mallory mute", "admins freed mute of Mallory by Dora"}},
		"since it is overturned": {
			[]string{"mute 1d"}, func(m *fixture) error { return m.overturn(m.cases[0]) },
			[]string{"free mute", "news mallory overturned mute 1d", "admins overturned by Dora"},
		},
		"in favour of a shorter": {
			[]string{"mute 1d", "mute 1h"}, func(m *fixture) error { return m.overturn(m.cases[0]) },
			[]string{"shorten mute 1h", "news mallory overturned mute 1d", "admins overturned by Dora"},
		},
		"since it is a ban by now": {
			[]string{"mute 1d"}, func(m *fixture) error { return m.harsher(m.cases[0], "mute 1d") },
			[]string{"delete [41]", "notice mallory ban 7d which is harder first", "punish ban 7d", "admins harsher by Dora"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			m.chats[club].Kind = moderation.Basic
			for _, typed := range test.steps {
				m.manually(41, typed)
			}
			m.chats[club].Kind = moderation.Supergroup
			m.carried()
			m.must(test.end(m))
			m.want(test.want...)
			if !m.silenced().IsZero() {
				t.Errorf("silenced until %v", m.silenced())
			}
		})
	}
}
