package moderation_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

func TestThresholdFor(t *testing.T) {
	t.Parallel()
	auto, five := moderation.DefaultPolicy(), moderation.DefaultPolicy()
	five.Threshold = 5
	for _, test := range []struct {
		policy moderation.Policy
		size   moderation.Size
		want   int
	}{
		{auto, moderation.Size{}, 3}, // Telegram was not asked yet
		{auto, moderation.Size{Members: 9}, 2}, {auto, moderation.Size{Members: 10}, 3},
		{auto, moderation.Size{Members: 5000, Writers: 199}, 3}, {auto, moderation.Size{Members: 5000, Writers: 200}, 4},
		{auto, moderation.Size{Members: 9000, Writers: 1999}, 4}, {auto, moderation.Size{Members: 9000, Writers: 2000}, 5},
		{five, moderation.Size{Members: 5}, 5},
	} {
		if got := test.policy.ThresholdFor(test.size); got != test.want {
			t.Errorf("%d in a group of %+v: %d, want %d", test.policy.Threshold, test.size, got, test.want)
		}
	}
}

// An admin sets the threshold out of reach, waits, sets it back and moves their own vote: what happens must not depend on
// how anybody else voted.
func TestSettingsAreThoseOfTheCard(t *testing.T) {
	t.Parallel()
	outcomes := map[moderation.Side]string{}
	for _, side := range []moderation.Side{moderation.Breaks, moderation.Fine} {
		m := newFixture(t)
		m.tune(func(p *moderation.Policy) { p.Threshold = 50 })
		k := m.reports(41, anna)
		m.must(m.vote(k, bob, side)) // whose ballot the admin wants to know
		m.tune(func(p *moderation.Policy) { p.Threshold, p.Quorum = 2, 2 })
		m.must(m.vote(k, dora, moderation.Breaks))
		m.must(m.vote(k, dora, moderation.Fine))
		m.must(m.vote(k, dora, moderation.Breaks))
		outcomes[side] = string(k.Verdict)
	}
	if outcomes[moderation.Breaks] != "open" || outcomes[moderation.Fine] != "open" {
		t.Errorf("the admin sees %v", outcomes)
	}
}

// Whatever bears on the verdict or on what follows is as it was when the card appeared.
func TestTermsHoldForAllThatFollows(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*fixture){
		"the threshold": func(m *fixture) { m.tune(func(p *moderation.Policy) { p.Threshold = 20 }) },
		"the quorum":    func(m *fixture) { m.tune(func(p *moderation.Policy) { p.Quorum = 20 }) },
		"the ladder":    func(m *fixture) { m.tune(func(p *moderation.Policy) { p.Ladder = ladder.Ladder{step("ban")} }) },
		"the lapse":     func(m *fixture) { m.tune(func(p *moderation.Policy) { p.Lapse = day }) },
		"the size":      func(m *fixture) { m.chats[club].Size = moderation.Size{Members: 5000, Writers: 3000} },
		"a rule's severity": func(m *fixture) {
			m.chats[club].Book = rulebook.Book{{ID: rulebook.Scam, Severity: 3}, {ID: rulebook.Other, Severity: 1}}
		},
		"a rule that is removed": func(m *fixture) {
			m.chats[club].Book = rulebook.Book{{ID: rulebook.Scam, Severity: 2, Removed: true}, {ID: rulebook.Other, Severity: 1}}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			m.offended(1)
			k := m.reportsAs(41, rulebook.Scam, anna, bob)
			change(m)
			m.must(m.vote(k, carl, moderation.Breaks))
			if k.Verdict != moderation.Upheld || k.Rule != rulebook.Scam || k.Penalty.String() != "mute 1d" {
				t.Errorf("case %+v", k.Case)
			}
		})
	}
}

// A card that appears later brings the settings of then, and starts the clock anew.
func TestLaterCardBringsItsOwnTerms(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.tune(func(p *moderation.Policy) { p.CardAfter, p.Threshold = 2, 20 })
	k := m.reports(41, anna)
	m.now = m.now.Add(10 * time.Minute)
	_, err := m.court.StartDue(m.ctx)
	m.must(err)
	m.tune(func(p *moderation.Policy) { p.Threshold, p.Window = 3, time.Hour })
	if k.Terms.Threshold != 20 {
		t.Errorf("terms %+v", k.Terms)
	}
	m.now = m.now.Add(time.Hour)
	m.reports(41, bob)
	if k.Terms.Threshold != 3 || !k.CardWanted || !k.Deadline.Equal(m.now.Add(time.Hour)) || k.Verdict != moderation.Open {
		t.Errorf("case %+v", k.Case)
	}
	m.must(m.vote(k, carl, moderation.Breaks))
	if k.Verdict != moderation.Upheld {
		t.Errorf("%s", k.Verdict)
	}
}

// Who decides on a heavy penalty is who did when the card appeared, whatever an admin sets meanwhile.
func TestTermsSayWhoDecidesOnHeavyPenalties(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		first, then moderation.Heavy
		waits       bool
		jury        jury.Reason
	}{
		{moderation.HeavyJury, moderation.HeavyVotes, true, jury.Heavy},
		{moderation.HeavyJury, moderation.HeavyAdmins, true, jury.Heavy},
		{moderation.HeavyAdmins, moderation.HeavyJury, true, jury.NoJury},
		{moderation.HeavyVotes, moderation.HeavyJury, false, jury.NoJury},
	} {
		m := newFixture(t)
		m.members(30)
		m.settled(mallory)
		m.tune(func(p *moderation.Policy) { p.Heavy = test.first })
		k := m.reportsAs(41, rulebook.Violence, anna, bob)
		m.tune(func(p *moderation.Policy) { p.Heavy = test.then })
		m.must(m.vote(k, carl, moderation.Breaks))
		if k.Verdict != moderation.Upheld || k.Waits(m.now) != test.waits || k.Jury != test.jury {
			t.Errorf("from %s to %s: %+v", test.first, test.then, k.Case)
		}
	}
}

func TestParseThreshold(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]int{"auto": 0, "AUTO": 0, "2": 2, "50": 50} {
		if got, err := moderation.ParseThreshold(typed); err != nil || got != want {
			t.Errorf("%q is read as %d, %v", typed, got, err)
		}
	}
	for _, typed := range []string{"", "1", "51", "2.5", "-3", "three", "3.0", "3,0", "0"} {
		if got, err := moderation.ParseThreshold(typed); err == nil {
			t.Errorf("%q is read as %d", typed, got)
		}
	}
	if moderation.ThresholdName(0) != "auto" || moderation.ThresholdName(7) != "7" {
		t.Error("thresholds are called otherwise than they are typed")
	}
}

// A case of the release before has no terms; it takes those of the moment, and keeps them.
func TestCaseWithoutTerms(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	k := m.reports(41, anna)
	k.Terms = moderation.Terms{}
	m.tune(func(p *moderation.Policy) { p.Threshold = 4 })
	m.must(m.vote(k, bob, moderation.Fine))
	if k.Terms.Threshold != 4 {
		t.Errorf("terms %+v", k.Terms)
	}
}

// A case keeps which rules swept when its card appeared. Terms of a release that knew no sweep say what holds by default.
func TestTermsKeepSweep(t *testing.T) {
	t.Parallel()
	sweeping := func(terms moderation.Terms) (ids []rulebook.RuleID) {
		for _, r := range terms.Rules {
			if r.Sweeps() {
				ids = append(ids, r.ID)
			}
		}
		return ids
	}
	book := rulebook.Book{{ID: rulebook.Spam, Severity: 1, Sweep: rulebook.SweepOff}, {ID: rulebook.Scam, Severity: 2}, {ID: "r1", Severity: 1, Sweep: rulebook.SweepOn}}
	now := moderation.Chat{Policy: moderation.DefaultPolicy(), Book: book}.Terms()
	if got := sweeping(now); !slices.Equal(got, []rulebook.RuleID{rulebook.Scam, "r1"}) {
		t.Errorf("%v sweep", got)
	}
	var earlier moderation.Terms
	if err := json.Unmarshal([]byte(`{"t":2,"q":3,"r":[{"i":"scam","s":2},{"i":"hate","s":2},{"i":"r1","s":1}]}`), &earlier); err != nil {
		t.Fatal(err)
	}
	if got := sweeping(earlier); !slices.Equal(got, []rulebook.RuleID{rulebook.Scam}) {
		t.Errorf("of earlier terms %v sweep", got)
	}
}
