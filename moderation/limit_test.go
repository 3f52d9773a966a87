package moderation_test

import (
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// settled makes somebody an established member.
func (r *fixture) settled(who int64) {
	r.presence[member{club, who}] = moderation.Presence{First: dayOf(r.now) - 7, Days: 3}
}

// offended gives Mallory so many steps on the ladder, by offences of the day before yesterday.
func (r *fixture) offended(steps int) {
	old := &kept{Case: moderation.Case{ID: "old", Chat: club, CaseMessage: moderation.CaseMessage{Author: moderation.Author{ID: mallory}}, Verdict: moderation.Upheld, Decided: r.now.Add(-2 * day), CasePenalty: moderation.CasePenalty{Penalty: ladder.Step{Kind: ladder.Warn}}}}
	r.cases = append(r.cases, old)
	r.history[member{club, mallory}] = []moderation.Offence{{Case: "old", Steps: steps, Severity: 1, At: r.now.Add(-2 * day)}}
}

// What votes alone may do, by who the author is, where they stand, and how severe the rule is that two named.
func TestWhatVotesAloneMayDo(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		prepare func(*fixture)
		rule    rulebook.RuleID
		penalty string
		pending string
		level   int // afterwards
		score   int
	}{
		"a first offence":                        {func(m *fixture) { m.settled(mallory) }, rulebook.Spam, "warn", "", 1, 90},
		"of severity 2 it is an hour":            {func(m *fixture) { m.settled(mallory) }, rulebook.Scam, "mute 1h", "", 2, 80},
		"of severity 3 the rest waits":           {func(m *fixture) { m.settled(mallory) }, rulebook.Violence, "mute 1h", "mute 1d", 2, 80},
		"for who is not established it does not": {func(*fixture) {}, rulebook.Violence, "mute 1d", "", 3, 60},
		"who stands on the hour stays there":     {func(m *fixture) { m.settled(mallory); m.offended(2) }, rulebook.Spam, "mute 1h", "mute 1d", 2, 90},
		"who stands higher stays there too":      {func(m *fixture) { m.settled(mallory); m.offended(4) }, rulebook.Scam, "mute 1h", "ban", 4, 80},
		"standing does not fall below 80":        {func(m *fixture) { m.settled(mallory); m.stand(mallory, 85) }, rulebook.Violence, "mute 1h", "mute 1d", 2, 80},
		"nor further where it is below":          {func(m *fixture) { m.settled(mallory); m.stand(mallory, 55) }, rulebook.Scam, "mute 1h", "", 2, 55},
		"a last chance waits for an admin":       {func(m *fixture) { m.settled(mallory); m.stand(mallory, 10) }, rulebook.Spam, "mute 1h", "ban", 1, 10},
		"where votes may do everything": {func(m *fixture) {
			m.settled(mallory)
			m.tune(func(p *moderation.Policy) { p.Heavy = moderation.HeavyVotes })
		}, rulebook.Violence, "mute 1d", "", 3, 60},
		"a ladder that begins with a ban": {func(m *fixture) {
			m.settled(mallory)
			m.tune(func(p *moderation.Policy) { p.Ladder = ladder.Ladder{step("ban")} })
		}, rulebook.Spam, "mute 1h", "ban", 0, 90},
		"two who decide only warn": {func(m *fixture) { m.chats[club].Size.Members = 9 }, rulebook.Violence, "warn", "", 1, 80},
		"also an established member": {func(m *fixture) {
			m.settled(mallory)
			m.tune(func(p *moderation.Policy) { p.Threshold = 2 })
		}, rulebook.Scam, "warn", "", 1, 80},
		"and mute a new member for an hour": {func(m *fixture) {
			m.tune(func(p *moderation.Policy) { p.Threshold = 2 })
			m.records[member{club, mallory}] = moderation.Record{Joined: m.now.Add(-time.Hour)}
		}, rulebook.Violence, "mute 1h", "", 2, 80},
		"whose first offence is mild all the same": {func(m *fixture) {
			m.tune(func(p *moderation.Policy) { p.Threshold = 2 })
			m.records[member{club, mallory}] = moderation.Record{Joined: m.now.Add(-time.Hour)}
		}, rulebook.Spam, "warn", "", 1, 90},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			test.prepare(m)
			k := m.reportsAs(41, test.rule, anna, bob)
			if k.Verdict == moderation.Open {
				m.reports(41, carl)
			}
			level := moderation.Level(m.offences(member{club, mallory}), m.chats[club].Policy.Lapse, m.now)
			if k.Verdict != moderation.Upheld || k.Penalty.String() != test.penalty || k.Pending.String() != test.pending || level != test.level || m.score(mallory) != test.score {
				t.Errorf("%s: %s, pending %s, at level %d, standing %d", k.Verdict, k.Penalty, k.Pending, level, m.score(mallory))
			}
			if k.Waits(m.now) != (test.pending != "") || !k.Until.Equal(k.Penalty.Until(m.now)) {
				t.Errorf("case %+v", k.Case)
			}
		})
	}
}

// An admin may do everything, whoever voted before.
func TestAdminsHaveNoLimit(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.settled(mallory)
	k := m.reportsAs(41, rulebook.Violence, anna, bob)
	m.must(m.admin(k, moderation.Upheld))
	if k.Penalty.String() != "mute 1d" || k.Waits(m.now) || m.score(mallory) != 60 {
		t.Errorf("case %+v, standing %d", k.Case, m.score(mallory))
	}
}

// waiting is a case in which a day's mute waits for an admin.
func waiting(t *testing.T) (*fixture, *kept) {
	t.Helper()
	m := newFixture(t)
	m.settled(mallory)
	m.tune(func(p *moderation.Policy) { p.Heavy = moderation.HeavyAdmins })
	k := m.reportsAs(41, rulebook.Violence, anna, bob)
	m.reports(41, carl)
	if !k.Waits(m.now) {
		t.Fatalf("case %+v", k.Case)
	}
	m.carried()
	return m, k
}

func (r *fixture) confirmPending(k *kept, by moderation.Member, seen string) error {
	_, err := r.court.Confirm(r.ctx, r.of(k), by, seen)
	return err
}

func (r *fixture) dropPending(k *kept, by moderation.Member, seen string) error {
	_, err := r.court.Drop(r.ctx, r.of(k), by, seen)
	return err
}

// Confirmed it is brought to its full measure, counted from the verdict.
func TestConfirm(t *testing.T) {
	t.Parallel()
	m, k := waiting(t)
	m.now = m.now.Add(3 * time.Hour)
	m.must(m.confirmPending(k, boss, "mute 1d"))
	if k.Penalty.String() != "mute 1d" || !k.Until.Equal(k.Decided.Add(day)) || k.Pending.Kind != "" || m.score(mallory) != 60 {
		t.Errorf("case %+v, standing %d", k.Case, m.score(mallory))
	}
	if o := m.history[member{club, mallory}][0]; o.Steps != 3 || o.Severity != 3 || o.Cost != 40 {
		t.Errorf("offence %+v", o)
	}
	m.want("punish mute 1d for 21h more", "notice mallory mute 1d for 21h more which is harder", "admins confirmed by Dora")
	m.unchanged(moderation.RefuseNotPending, func() error { return m.confirmPending(k, boss, "mute 1d") })
	m.must(m.overturn(k))
	if m.score(mallory) != 100 || len(m.history[member{club, mallory}]) != 0 {
		t.Errorf("overturned: standing %d, %+v", m.score(mallory), m.history)
	}
}

// A penalty whose time would be over by now is noted, and nobody is muted for ever by an end in the past.
func TestConfirmWhatIsOver(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.settled(mallory)
	m.tune(func(p *moderation.Policy) { p.Ladder = ladder.Ladder{step("mute 2h")} })
	k := m.reports(41, anna, bob, carl)
	m.carried()
	m.now = m.now.Add(2*time.Hour - 30*time.Second)
	m.must(m.confirmPending(k, boss, "mute 2h"))
	m.want("admins confirmed by Dora")
	if k.Penalty.String() != "mute 2h" {
		t.Errorf("case %+v", k.Case)
	}
}

// ⚡ on a penalty that waits is no milder than to confirm it.
func TestHarsherWhileAPenaltyWaits(t *testing.T) {
	t.Parallel()
	m, k := waiting(t)
	m.must(m.harsher(k, "mute 1h"))
	if k.Penalty.String() != "mute 1d" || k.Waits(m.now) || m.score(mallory) != 60 {
		t.Errorf("case %+v, standing %d", k.Case, m.score(mallory))
	}
	if o := m.history[member{club, mallory}][0]; o.Steps != 4 || o.Cost != 40 || o.Limited {
		t.Errorf("offence %+v", o)
	}
	m.must(m.overturn(k))
	if m.score(mallory) != 100 {
		t.Errorf("standing %d", m.score(mallory))
	}
}

func TestDrop(t *testing.T) {
	t.Parallel()
	m, k := waiting(t)
	m.must(m.dropPending(k, boss, "mute 1d"))
	if k.Penalty.String() != "mute 1h" || k.Waits(m.now) || m.score(mallory) != 80 {
		t.Errorf("case %+v", k.Case)
	}
	m.want("admins dropped by Dora")
	m.unchanged(moderation.RefuseNotPending, func() error { return m.confirmPending(k, boss, "mute 1d") })
}

func TestPendingIsRefused(t *testing.T) {
	t.Parallel()
	powerless := boss
	powerless.Restrict = false
	for name, test := range map[string]struct {
		by     moderation.Member
		seen   string
		before func(*fixture, *kept)
		want   moderation.Code
	}{
		"to a member":                {person(anna), "mute 1d", nil, moderation.RefuseNotAdmin},
		"to who may not mute":        {powerless, "mute 1d", nil, moderation.RefuseRights},
		"if another was seen":        {boss, "ban", nil, moderation.RefuseNotPending},
		"after twelve hours":         {boss, "mute 1d", func(m *fixture, _ *kept) { m.now = m.now.Add(12 * time.Hour) }, moderation.RefuseNotPending},
		"once it was overturned":     {boss, "mute 1d", func(m *fixture, k *kept) { m.must(m.overturn(k)) }, moderation.RefuseReversed},
		"once it was pardoned":       {boss, "mute 1d", func(m *fixture, _ *kept) { _, err := m.pardon(human); m.must(err) }, moderation.RefuseReversed},
		"once it was made harder":    {boss, "mute 1d", func(m *fixture, k *kept) { m.must(m.harsher(k, "mute 1h")) }, moderation.RefuseNotPending},
		"of a case that is not here": {boss, "mute 1d", elsewhere, moderation.RefuseNoCase},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, k := waiting(t)
			if test.before != nil {
				test.before(m, k)
			}
			m.unchanged(test.want, func() error { return m.confirmPending(k, test.by, test.seen) })
			m.unchanged(test.want, func() error { return m.dropPending(k, test.by, test.seen) })
		})
	}
}

// An offence that votes alone could not make count for more steps has none to give back.
func TestCorrectingALimitedOffenceTakesNoStepBack(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.settled(mallory)
	m.offended(4)
	k := m.reportsAs(41, rulebook.Scam, anna, bob, carl)
	_, err := m.court.Correct(m.ctx, m.of(k), boss, rulebook.Spam)
	m.must(err)
	if level := moderation.Level(m.offences(member{club, mallory}), m.chats[club].Policy.Lapse, m.now); level != 4 || m.score(mallory) != 90 {
		t.Errorf("at level %d, standing %d", level, m.score(mallory))
	}
}

// What follows from a rule follows from the one that an admin says it was.
func TestCorrectingALimitedOffence(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		score  int // before
		from   rulebook.RuleID
		to     rulebook.RuleID
		level  int
		after  int
		waited bool // something waited before
	}{
		"down, it keeps the step of the milder rule": {100, rulebook.Violence, rulebook.Spam, 1, 90, true},
		"half way down":          {100, rulebook.Violence, rulebook.Scam, 2, 80, true},
		"up, it costs all of it": {84, rulebook.Spam, rulebook.Violence, 3, 44, false},
		"down, nothing is given back that was never taken": {82, rulebook.Violence, rulebook.Scam, 2, 80, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			m.settled(mallory)
			m.stand(mallory, test.score)
			k := m.reportsAs(41, test.from, anna, bob)
			m.reports(41, carl)
			if k.Waits(m.now) != test.waited {
				t.Fatalf("case %+v", k.Case)
			}
			_, err := m.court.Correct(m.ctx, m.of(k), boss, test.to)
			m.must(err)
			level := moderation.Level(m.offences(member{club, mallory}), m.chats[club].Policy.Lapse, m.now)
			if level != test.level || m.score(mallory) != test.after || k.Pending.Kind != "" {
				t.Errorf("at level %d, standing %d, pending %s", level, m.score(mallory), k.Pending)
			}
			m.must(m.overturn(k))
			if m.score(mallory) != test.score {
				t.Errorf("overturned: standing %d, before it all %d", m.score(mallory), test.score)
			}
		})
	}
}

// One alone names the hardest rule for a mild remark: the case falls under it, and weighs as the mildest.
func TestSeverityIsNotOnesToSay(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	k := m.reportsAs(41, rulebook.Violence, anna)
	m.must(m.vote(k, bob, moderation.Breaks))
	m.must(m.vote(k, carl, moderation.Breaks))
	if k.Rule != rulebook.Violence || k.Penalty.String() != "warn" || m.score(mallory) != 90 {
		t.Errorf("case %+v, standing %d", k.Case, m.score(mallory))
	}
	// An admin who finds that it is what that one said can say so.
	_, err := m.court.Correct(m.ctx, m.of(k), boss, rulebook.Violence)
	if m.must(err); m.score(mallory) != 60 || m.history[member{club, mallory}][0].Severity != 3 {
		t.Errorf("standing %d, %+v", m.score(mallory), m.history)
	}
}
