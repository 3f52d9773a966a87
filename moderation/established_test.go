package moderation_test

import (
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

func TestEstablished(t *testing.T) {
	t.Parallel()
	person, old := moderation.Author{ID: mallory}, moderation.Chat{Since: noon.Add(-100 * day)}
	young := moderation.Chat{Since: noon.Add(-6 * day)}
	joined := moderation.Record{Joined: noon.Add(-5 * day), Messages: 5}
	for name, test := range map[string]struct {
		chat     moderation.Chat
		author   moderation.Author
		record   moderation.Record
		presence moderation.Presence
		want     bool
	}{
		"three days, a week ago":              {old, person, moderation.Record{}, moderation.Presence{First: today - 7, Days: 3}, true},
		"a day less":                          {old, person, moderation.Record{}, moderation.Presence{First: today - 6, Days: 3}, false},
		"two days":                            {old, person, moderation.Record{}, moderation.Presence{First: today - 50, Days: 2}, false},
		"who never wrote":                     {old, person, moderation.Record{}, moderation.Presence{}, false},
		"who was seen joining, and wrote":     {old, person, joined, moderation.Presence{First: today - 7, Days: 3}, true},
		"a channel":                           {old, moderation.Author{ID: -7, Channel: true}, moderation.Record{}, moderation.Presence{First: today - 70, Days: 3}, false},
		"another bot":                         {old, moderation.Author{ID: 7, Bot: true}, moderation.Record{}, moderation.Presence{First: today - 70, Days: 3}, false},
		"in the bot's first week":             {young, person, moderation.Record{}, moderation.Presence{}, true},
		"in it, but seen joining":             {young, person, joined, moderation.Presence{}, false},
		"who joined before the bot came back": {young, person, moderation.Record{Joined: noon.Add(-60 * day)}, moderation.Presence{}, true},
		"who joined just before an upgrade":   {moderation.Chat{Since: noon.Add(-time.Hour)}, person, moderation.Record{Joined: noon.Add(-2 * time.Hour)}, moderation.Presence{}, false},
		"a channel in it":                     {young, moderation.Author{ID: -7, Channel: true}, moderation.Record{}, moderation.Presence{}, false},
		"after the first week":                {moderation.Chat{Since: noon.Add(-7 * day)}, person, moderation.Record{}, moderation.Presence{First: today - 3, Days: 3}, false},
		"where the bot never was an admin":    {moderation.Chat{}, person, moderation.Record{}, moderation.Presence{}, false},
	} {
		if got := test.chat.Established(test.author, test.record, test.presence, noon); got != test.want {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}

var able = moderation.Rights{Member: true, Admin: true, Delete: true, Restrict: true}

func (r *fixture) status(rights moderation.Rights) {
	r.t.Helper()
	r.must(r.court.Status(r.ctx, r.next(), club, moderation.Supergroup, rights))
}

// The watch begins when the bot may see everything, and has a gap whenever it may not.
func TestGapsOfTheWatch(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	c := m.chats[club]
	m.status(moderation.Rights{Member: true})
	if !c.Since.IsZero() || c.Blind(m.now) {
		t.Errorf("before it began: %+v", c)
	}
	m.now = m.now.Add(time.Hour)
	m.status(able)
	m.status(able)
	if !c.Since.Equal(m.now) || !c.GapEnded.IsZero() || c.Blind(m.now) {
		t.Errorf("when it began: %+v", c)
	}
	began := m.now
	for name, lost := range map[string]moderation.Rights{"no admin": {Member: true}, "removed": {}} {
		m.now = m.now.Add(30 * day)
		m.status(lost)
		if !c.Blind(m.now) {
			t.Errorf("%s: it thinks that it sees", name)
		}
		m.now = m.now.Add(day)
		m.status(able)
		if !c.GapEnded.Equal(m.now) || !c.Since.Equal(began) || !c.Blind(m.now.Add(7*day-1)) || c.Blind(m.now.Add(7*day)) {
			t.Errorf("%s: %+v", name, c)
		}
	}
	muteless := able
	muteless.Restrict = false
	m.now = m.now.Add(30 * day)
	m.status(muteless)
	if c.Blind(m.now) {
		t.Error("a right that has nothing to do with seeing")
	}
}

// The bot is thrown out, accounts join, it is asked back: they count as having joined when they are first seen.
func TestWhoIsFirstSeenAfterAGapJoinedThen(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.status(able)
	m.now = m.now.Add(30 * day)
	m.presence[member{club, anna}] = moderation.Presence{First: dayOf(m.now) - 20, Days: 3} // who was there before
	m.status(moderation.Rights{})
	m.status(able)
	say := func(who int64) {
		t.Helper()
		m.must(m.court.Observe(m.ctx, []moderation.SeenMessage{{
			Update: m.next(), Chat: club, Message: 900 + m.update, At: m.now, Author: moderation.Author{ID: who}, Counts: true, Plain: true,
		}}))
	}
	say(anna)
	say(bob)
	if r := m.records[member{club, anna}]; !r.Joined.IsZero() {
		t.Errorf("Anna, who was there before: %+v", r)
	}
	if r := m.records[member{club, bob}]; !r.Joined.Equal(m.now) || r.Messages != 1 || !r.New(m.now) {
		t.Errorf("Bob: %+v", r)
	}
	// Who does not write but votes is no voice either, and their report is taken all the same.
	k := m.reports(41, anna, carl)
	m.must(m.vote(k, dora, moderation.Breaks))
	m.must(m.vote(k, erin, moderation.Breaks))
	if k.Verdict != moderation.Open || k.Votes != 4 {
		t.Errorf("case %+v", k.Case)
	}
	for _, who := range []int64{carl, dora, erin} {
		if r := m.records[member{club, who}]; !r.Joined.Equal(m.now) {
			t.Errorf("%d: %+v", who, r)
		}
	}
	// That they were first seen in the same minute ties nobody: they may have been there for years.
	m.now = m.now.Add(2 * day)
	for _, who := range []int64{carl, dora, erin} {
		r := m.records[member{club, who}]
		r.Messages = 5
		m.records[member{club, who}] = r
	}
	if k := m.reports(42, carl, dora, erin); k.Verdict != moderation.Upheld {
		t.Errorf("two days later: case %+v", k.Case)
	}
	if m.chats[club].Established(moderation.Author{ID: bob}, m.records[member{club, bob}], m.presence[member{club, bob}], m.now) {
		t.Error("Bob is established")
	}
}
