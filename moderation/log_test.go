package moderation_test

import (
	"slices"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

const journal int64 = -900 // the log channel

func TestOfferLink(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.must(m.court.OfferLink(t.Context(), m.next(), club, "ABC"))
	m.now = m.now.Add(time.Minute)
	m.must(m.court.OfferLink(t.Context(), m.next(), club, "XYZ"))
	if c := m.chats[club]; c.LinkCode != "XYZ" || !c.LinkEnds.Equal(m.now.Add(moderation.LinkCodeFor)) || c.Log != 0 {
		t.Errorf("group %+v", c)
	}
	m.want()
}

func TestLinkLog(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		by   moderation.Member
		log  int64
		want []string // nil if it is refused
	}{
		"to a channel":       {boss, journal, []string{"gather several setting logchannel from off to Journal by Dora in 3m", "admins setting logchannel from off to Journal by Dora"}},
		"to none":            {boss, 0, []string{"gather several setting logchannel from off to Journal by Dora in 3m", "admins setting logchannel from off to Journal by Dora"}},
		"to the one it is":   {boss, -1, []string{}},
		"by who is no admin": {person(anna), journal, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			before := moderation.Chat{ID: club, Log: -1, LogLost: true, LinkCode: "ABC", LinkEnds: noon}
			*m.chats[club] = before
			err := m.court.LinkLog(t.Context(), m.next(), club, test.log, test.by, "off", "Journal")
			if test.want == nil {
				m.refusedAs(err, moderation.RefuseNotAdmin)
			} else {
				m.must(err)
				before = moderation.Chat{ID: club, Log: test.log}
			}
			m.want(test.want...)
			if c := m.chats[club]; c.Log != before.Log || c.LogLost != before.LogLost || c.LinkCode != before.LinkCode || c.LinkEnds != before.LinkEnds {
				t.Errorf("group %+v", c)
			}
		})
	}
}

// Whoever has the log elsewhere for a while is told of, and in the log itself at once.
func TestLogElsewhereForAWhile(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.chats[club].Log = journal
	m.must(m.court.LinkLog(t.Context(), m.next(), club, -9, boss, "Log", "Log"))
	m.must(m.court.LinkLog(t.Context(), m.next(), club, journal, boss, "Log", "Log"))
	var logs []int64
	for _, e := range m.inQueue() {
		if now, ok := e.(moderation.TellAdmins); ok {
			logs = append(logs, now.Log)
		}
	}
	if !slices.Equal(logs, []int64{journal, -9}) {
		t.Errorf("told at once in %v", logs)
	}
	e := m.gathered(club, moderation.GatherEntries{}.Key())
	if e == nil || len(e.Told.For(igor).Entries) != 2 || len(e.Told.For(0).Entries) != 2 {
		t.Errorf("gathered %+v", e)
	}
}

// The admins are told once that the log channel is out of reach, until it is found again.
func TestLogThatIsLost(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	lose := func(why moderation.Topic) func() error {
		return func() error { return m.court.LoseLog(t.Context(), club, m.chats[club].Log, why) }
	}
	find := func() error { return m.court.FindLog(t.Context(), club, m.chats[club].Log) }
	for i, test := range []struct {
		do   func() error
		want []string
		log  int64
		lost bool
	}{
		{lose(moderation.TopicLogLost), nil, 0, false}, // there is none
		{lose(moderation.TopicLogPublic), nil, 0, false},
		{func() error { m.chats[club].Log = journal; return nil }, nil, journal, false},
		{lose(moderation.TopicLogLost), []string{"admins log_lost"}, journal, true},
		{lose(moderation.TopicLogLost), nil, journal, true},
		{func() error { return m.court.LoseLog(t.Context(), club, journal+1, moderation.TopicLogPublic) }, nil, journal, true}, // an older one
		{find, nil, journal, false},
		{lose(moderation.TopicLogLost), []string{"admins log_lost"}, journal, true},
		{func() error { return m.court.MoveLog(t.Context(), club, journal, journal-1) }, nil, journal - 1, true},
		{lose(moderation.TopicLogForeign), nil, journal - 1, true}, // they know that nothing is written
		{find, nil, journal - 1, false},
		{lose(moderation.TopicLogForeign), []string{"admins log_foreign"}, journal - 1, true},
		{lose(moderation.TopicLogPublic), []string{"admins log_public"}, 0, false},
		{lose(moderation.TopicLogPublic), nil, 0, false},
		{func() error { return m.court.MoveLog(t.Context(), club, journal-1, journal) }, nil, 0, false},
	} {
		m.must(test.do())
		m.want(test.want...)
		if c := m.chats[club]; c.Log != test.log || c.LogLost != test.lost {
			t.Errorf("%d: the log is %d, lost: %v; want %d, %v", i, c.Log, c.LogLost, test.log, test.lost)
		}
	}
}
