package moderation_test

import (
	"slices"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// waitsForJury is a case in which a day's mute against an established member waits for a jury; so many could be on it.
func waitsForJury(t *testing.T, eligible int) (*fixture, *kept) {
	t.Helper()
	m := newFixture(t)
	m.members(eligible)
	m.settled(mallory)
	k := m.reportsAs(41, rulebook.Violence, anna, bob, carl)
	if !k.Waits(m.now) || k.Jury != jury.Heavy || !k.JuryDue.Equal(m.now) {
		t.Fatalf("case %+v", k.Case)
	}
	m.want("card", "delete [41]", "punish mute 1h", "notice mallory mute 1h", "card_gone in 10m",
		"outcome anna upheld mute 1h", "outcome bob upheld mute 1h", "outcome carl upheld mute 1h", "admins decided")
	return m, k
}

// heavyJury is such a case before its jury.
func heavyJury(t *testing.T) (*fixture, *kept) {
	t.Helper()
	m, k := waitsForJury(t, 60)
	m.passes(0, 1)
	m.want("summons somebody", "summons somebody", "summons somebody", "summons somebody", "summons somebody")
	return m, k
}

// Confirmed it is brought to its full measure, counted from the verdict.
func TestJuryConfirmsAHeavyPenalty(t *testing.T) {
	t.Parallel()
	m, k := heavyJury(t)
	for i := range 4 {
		m.must(m.rule(k, juror(i), jury.Uphold))
	}
	m.passes(29*time.Minute, 0)
	m.want()
	m.passes(time.Minute, 1)
	m.want("punish mute 1d for 1410m more", "notice mallory mute 1d for 1410m more which is harder", "admins confirmed",
		"thanks somebody upheld", "thanks somebody upheld", "thanks somebody upheld", "thanks somebody upheld")
	if k.Penalty.String() != "mute 1d" || !k.Until.Equal(k.Decided.Add(day)) || k.Waits(m.now) || k.Jury != jury.NoJury || !k.JuryDue.IsZero() || k.Unlearned {
		t.Errorf("case %+v", k.Case)
	}
	if o := m.history[member{club, mallory}][0]; o.Steps != 3 || o.Cost != 40 || o.Limited || m.score(mallory) != 60 {
		t.Errorf("offence %+v, standing %d", o, m.score(mallory))
	}
	m.unchanged(moderation.RefuseAppealOver, func() error { return m.rule(k, juror(4), jury.Overturn) })
	m.unchanged(moderation.RefuseNotPending, func() error { return m.confirmPending(k, boss, "mute 1d") })
}

// Found fine it is overturned as if it had not been, but for the message: nothing is learned of who voted, and for thirty days votes
// alone only remove this author's messages.
func TestJuryFindsFineWhatWasToBePunishedHeavily(t *testing.T) {
	t.Parallel()
	m, k := heavyJury(t)
	m.all(k, jury.Overturn)
	m.want("free mute", "news mallory overturned mute 1h", "admins jury", "thanks somebody granted", "thanks somebody granted",
		"thanks somebody granted", "thanks somebody granted", "thanks somebody granted", "card",
		"outcome anna upheld overturned", "outcome bob upheld overturned", "outcome carl upheld overturned")
	if k.Reversed != moderation.Overturned || k.Waits(m.now) || k.Jury != jury.NoJury || k.Appeal != moderation.NoAppeal || len(m.history[member{club, mallory}]) != 0 || m.score(mallory) != 100 {
		t.Errorf("case %+v, offences %+v, standing %d", k.Case, m.history, m.score(mallory))
	}
	if until := m.records[member{club, mallory}].Shielded; !until.Equal(m.now.Add(30 * day)) {
		t.Errorf("shielded until %v", until)
	}
	m.now = m.now.Add(9 * day)
	m.settle(1)
	if len(m.voteRecords) != 0 || len(m.alike) != 0 || len(m.final) != 0 && m.final[club].Sum != 0 {
		t.Errorf("learned %v, %v, %v", m.voteRecords, m.alike, m.final)
	}
}

// What votes alone may do to somebody whom a jury protected.
func TestVotesAloneOnlyRemoveWhatAShieldedAuthorWrote(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		rule    rulebook.RuleID
		heavy   moderation.Heavy
		after   time.Duration
		penalty string
		pending string
		jury    jury.Reason
		score   int
	}{
		"a mild offence":               {rulebook.Spam, moderation.HeavyJury, 0, "remove", "", jury.NoJury, 100},
		"a heavy one is for a jury":    {rulebook.Violence, moderation.HeavyJury, 29 * day, "remove", "mute 1d", jury.Heavy, 100},
		"or for the admins":            {rulebook.Violence, moderation.HeavyAdmins, 29 * day, "remove", "mute 1d", jury.NoJury, 100},
		"also where votes may do more": {rulebook.Violence, moderation.HeavyVotes, 29 * day, "remove", "", jury.NoJury, 100},
		"until thirty days are over":   {rulebook.Spam, moderation.HeavyJury, 30 * day, "warn", "", jury.NoJury, 90},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, first := heavyJury(t)
			m.all(first, jury.Overturn)
			m.tune(func(p *moderation.Policy) { p.Heavy = test.heavy })
			m.now = m.now.Add(test.after)
			m.carried()
			k := m.reportsAs(42, test.rule, anna, bob, carl)
			if k.Penalty.String() != test.penalty || k.Pending.String() != test.pending || k.Jury != test.jury || m.score(mallory) != test.score || !k.Until.IsZero() {
				t.Errorf("case %+v, standing %d", k.Case, m.score(mallory))
			}
			if level := moderation.Level(m.offences(member{club, mallory}), m.chats[club].Policy.Lapse, m.now); test.penalty == "remove" && level != 0 {
				t.Errorf("at level %d", level)
			}
			if test.penalty == "remove" && !slices.Contains(m.carried(), "notice mallory remove") {
				t.Error("the author is not told")
			}
		})
	}
}

// An admin has no limit, whoever is protected.
func TestShieldedAuthorBeforeAnAdmin(t *testing.T) {
	t.Parallel()
	m, first := heavyJury(t)
	m.all(first, jury.Overturn)
	k := m.reportsAs(42, rulebook.Violence, anna, bob)
	m.must(m.admin(k, moderation.Upheld))
	if k.Penalty.String() != "mute 1d" || k.Waits(m.now) {
		t.Errorf("case %+v", k.Case)
	}
}

// A jury that does not agree in twelve hours leaves it at what votes alone brought.
func TestHeavyPenaltyIsDroppedAfterTwelveHours(t *testing.T) {
	t.Parallel()
	m, k := heavyJury(t)
	m.must(m.rule(k, juror(0), jury.Uphold))
	for range 23 {
		m.looks(30 * time.Minute)
	}
	if m.carried(); k.Jury != jury.Heavy || !k.Waits(m.now) {
		t.Fatalf("case %+v", k.Case)
	}
	m.looks(30 * time.Minute)
	m.want("admins dropped", "thanks somebody expired")
	if k.Penalty.String() != "mute 1h" || k.Pending.Kind != "" || k.Jury != jury.NoJury || k.Reversed != "" || m.score(mallory) != 80 {
		t.Errorf("case %+v, standing %d", k.Case, m.score(mallory))
	}
	m.unchanged(moderation.RefuseAppealOver, func() error { return m.rule(k, juror(1), jury.Uphold) })
	m.unchanged(moderation.RefuseJurorVoted, func() error { return m.rule(k, juror(0), jury.Uphold) })
}

// Late answers count for twelve hours, whatever round they are of.
func TestLateAnswersCount(t *testing.T) {
	t.Parallel()
	m, k := heavyJury(t)
	for range 22 {
		m.looks(30 * time.Minute)
	}
	for i := range 4 { // of the first round
		m.must(m.rule(k, juror(i), jury.Overturn))
	}
	m.looks(30 * time.Minute)
	if k.Reversed != moderation.Overturned {
		t.Errorf("case %+v", k.Case)
	}
}

// Where too few are eligible the penalty waits for an admin, as where admins decide on such penalties anyway.
func TestHeavyPenaltyWithoutAJury(t *testing.T) {
	t.Parallel()
	for name, prepare := range map[string]func() (*fixture, *kept){
		"too few are eligible": func() (*fixture, *kept) {
			m, k := waitsForJury(t, jury.FewestEligible)
			m.pool[0].Admin = true
			m.passes(0, 1)
			return m, k
		},
		"too few write, as everybody can see": func() (*fixture, *kept) {
			m := newFixture(t)
			m.members(jury.FewestEligible - 1)
			m.settled(mallory)
			k := m.reportsAs(41, rulebook.Violence, anna, bob, carl)
			m.carried()
			m.passes(0, 0)
			return m, k
		},
		"the group wants that": func() (*fixture, *kept) {
			m := newFixture(t)
			m.members(30)
			m.settled(mallory)
			m.tune(func(p *moderation.Policy) { p.Heavy = moderation.HeavyAdmins })
			k := m.reportsAs(41, rulebook.Violence, anna, bob, carl)
			m.carried()
			m.passes(0, 0)
			return m, k
		},
	} {
		m, k := prepare()
		m.want()
		if k.Jury != jury.NoJury || !k.JuryDue.IsZero() || !k.Waits(m.now) || k.Penalty.String() != "mute 1h" {
			t.Errorf("%s: case %+v", name, k.Case)
		}
		m.must(m.appeal(k)) // nothing is in the way of that
		m.carried()
		m.must(m.confirmPending(k, boss, "mute 1d"))
		if k.Penalty.String() != "mute 1d" {
			t.Errorf("%s: case %+v", name, k.Case)
		}
	}
}

// Where votes may do everything, they do.
func TestHeavyVotes(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.members(60)
	m.settled(mallory)
	m.tune(func(p *moderation.Policy) { p.Heavy = moderation.HeavyVotes })
	for i, want := range []string{"mute 1d", "ban"} {
		k := m.reportsAs(41+int64(i), rulebook.Violence, anna, bob, carl)
		if k.Penalty.String() != want || k.Waits(m.now) || k.Jury != jury.NoJury || !k.JuryDue.IsZero() {
			t.Errorf("case %+v", k.Case)
		}
	}
}

// Whoever is no established member gets what the ladder says, by votes alone: a newcomer, a channel, a bot.
func TestHeavyPenaltyAgainstWhoIsNotEstablished(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		author moderation.Author
		want   string
	}{
		"a stranger": {moderation.Author{ID: mallory, Language: "ru"}, "mute 1d"},
		"a channel":  {moderation.Author{ID: -7, Channel: true}, "ban 1d"},
		"a bot":      {moderation.Author{ID: 8, Bot: true}, "mute 1d"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			m.members(60)
			for _, who := range []int64{anna, bob, carl} {
				r := m.reportOf(who, 41)
				r.Target.Author, r.Rule = test.author, rulebook.Violence
				_, err := m.court.Report(m.ctx, r)
				m.must(err)
			}
			if k := m.about(41); k.Penalty.String() != test.want || k.Waits(m.now) || k.Jury != jury.NoJury {
				t.Errorf("case %+v", k.Case)
			}
		})
	}
}

// A verdict at a threshold of two is gentle, and nothing waits.
func TestGentleThresholdHasNoJury(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.members(60)
	m.settled(mallory)
	m.tune(func(p *moderation.Policy) { p.Threshold = 2 })
	for i := range int64(2) { // also the second in a day
		k := m.reportsAs(41+i, rulebook.Violence, anna, bob)
		if k.Verdict != moderation.Upheld || k.Penalty.String() != "warn" || k.Pending.Kind != "" || k.Jury != jury.NoJury {
			t.Errorf("case %+v", k.Case)
		}
	}
}

// In a basic group the mute is a silence, and what waits is put out of the group.
func TestHeavyPenaltyInABasicGroup(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.members(60)
	m.settled(mallory)
	m.chats[club].Kind = moderation.Basic
	m.tune(func(p *moderation.Policy) { p.Ladder = ladder.Ladder{step("ban")} })
	k := m.reports(41, anna, bob, carl)
	silenced := m.records[member{club, mallory}].Silenced
	if k.Penalty.String() != "mute 1h" || k.Pending.String() != "kick" || k.Jury != jury.Heavy || !silenced.Equal(m.now.Add(time.Hour)) {
		t.Fatalf("case %+v, silenced until %v", k.Case, silenced)
	}
	m.passes(0, 1)
	m.carried()
	m.all(k, jury.Uphold)
	m.want("notice mallory kick which is harder first", "punish kick", "admins confirmed", "thanks somebody upheld", "thanks somebody upheld",
		"thanks somebody upheld", "thanks somebody upheld", "thanks somebody upheld")
	if after := m.records[member{club, mallory}].Silenced; after.After(m.now) {
		t.Errorf("still silenced until %v", after)
	}
}
