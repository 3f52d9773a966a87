package moderation_test

import (
	"slices"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// A heavy penalty has its jury at the expense of one of those who voted for it. So a few accounts cannot use up the patience of a group by
// upholding what an innocent writes all day: what they bring beyond that waits for a jury or an admin until its time is over.
func TestHeavyPenaltiesCostTheirVoices(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.members(60)
	m.settled(mallory)
	m.tune(func(p *moderation.Policy) { p.Ladder = p.Ladder[4:] })
	drawn := 0
	var last *kept
	for i := range int64(5) {
		last = m.reports(41+i, anna, bob, carl)
		m.looks(time.Minute)
		if len(last.jury.Seats) > 0 {
			drawn++
		}
	}
	if drawn != 3 || last.Jury != jury.Heavy || !last.Waits(m.now) || !last.JuryDue.After(m.now) {
		t.Errorf("three voices brought %d juries; the last case is %+v", drawn, last.Case)
	}
	for m.now.Before(last.PendingEnds) {
		m.looks(time.Hour)
	}
	if last.Jury != jury.NoJury || last.Waits(m.now) || len(last.jury.Seats) != 0 {
		t.Errorf("after its time: %+v", last.Case)
	}
}

// A mute that lasts until a jury speaks does not last longer when there is no jury for now.
func TestHeldMuteWithoutAVoiceThatPays(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.members(60)
	m.settled(mallory)
	for _, who := range []int64{anna, bob, carl} {
		m.juryRecords[member{club, who}] = moderation.JuryRecord{Caused: []time.Time{m.now}}
	}
	m.reports(41, anna, bob, carl)
	second := m.reports(42, anna, bob, carl)
	m.carried()
	m.looks(time.Second)
	if second.Jury != jury.Heavy || !second.Until.Equal(second.Decided.Add(time.Hour)) {
		t.Errorf("case %+v", second.Case)
	}
}

// Nor do two who open again what a friend's friends dismissed: beyond one jury a day each the admins are asked.
func TestFewOpenAgainAtTheExpenseOfVoices(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.members(60)
	var asked []bool
	for i := range int64(3) {
		k := m.reports(41+i, anna)
		for _, who := range []int64{bob, carl, anna} {
			m.must(m.vote(k, who, moderation.Fine))
		}
		again := m.reports(41+i, dora, erin)
		m.tenMinutes(1)
		asked = append(asked, len(again.jury.Seats) > 0)
		if !asked[i] && again.Appeal != moderation.BeforeAdmins {
			t.Errorf("case %+v", again.Case)
		}
		m.chance()
	}
	if !slices.Equal(asked, []bool{true, true, false}) {
		t.Errorf("asked: %v", asked)
	}
}

// A shield lasts until an admin, or members drawn by lot, find that its author broke the rules: else a spammer's friends could make
// one for him.
func TestShieldEndsWithALaterCase(t *testing.T) {
	t.Parallel()
	for name, finds := range map[string]func(*fixture){
		"an admin upholds": func(m *fixture) {
			k := m.reportsAs(42, rulebook.Spam, dora, erin)
			m.must(m.admin(k, moderation.Upheld))
		},
		"a jury confirms": func(m *fixture) {
			k := m.reportsAs(42, rulebook.Violence, dora, erin, frank)
			m.now = m.now.Add(day) // they were asked yesterday
			k.Decided, k.PendingEnds, k.JuryDue, k.jury.Ends = m.now, m.now.Add(12*time.Hour), m.now, m.now.Add(12*time.Hour)
			m.looks(0)
			m.all(k, jury.Uphold)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, first := heavyJury(t)
			m.all(first, jury.Overturn)
			if !m.records[member{club, mallory}].Shielded.After(m.now) {
				t.Fatal("there is no shield to end")
			}
			finds(m)
			if m.records[member{club, mallory}].Shielded.After(m.now) {
				t.Error("the shield holds")
			}
		})
	}
}

// Where two decide, votes alone only remove what a shielded author wrote, as elsewhere.
func TestShieldAtTheGentleThreshold(t *testing.T) {
	t.Parallel()
	m, first := heavyJury(t)
	m.all(first, jury.Overturn)
	m.tune(func(p *moderation.Policy) { p.Threshold = 2 })
	if k := m.reportsAs(42, rulebook.Spam, dora, erin); k.Penalty.String() != "remove" || m.score(mallory) != 100 {
		t.Errorf("case %+v, standing %d", k.Case, m.score(mallory))
	}
}
