package moderation_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// contested is a case that Anna reported, Bob thought fine, Dora upheld with that step, and Mallory can contest; so
// many could be on the jury.
func contested(t *testing.T, eligible int, typed string) (*fixture, *kept) {
	t.Helper()
	m := newFixture(t)
	m.members(eligible)
	m.tune(func(p *moderation.Policy) { p.Ladder = ladder.Ladder{step(typed)} })
	k := m.reports(41, anna)
	m.must(m.vote(k, bob, moderation.Fine))
	m.must(m.admin(k, moderation.Upheld))
	m.carried()
	return m, k
}

// judged is such a case before a jury.
func judged(t *testing.T) (*fixture, *kept) {
	t.Helper()
	m, k := contested(t, 60, "mute 30d")
	m.must(m.appeal(k))
	m.carried()
	return m, k
}

// asking is such a case before the admins.
func asking(t *testing.T) (*fixture, *kept) {
	t.Helper()
	m, k := contested(t, 19, "mute 30d")
	m.must(m.appeal(k))
	m.carried()
	return m, k
}

func (r *fixture) plea(k *kept) moderation.Plea {
	return moderation.Plea{Update: r.next(), Chat: club, Case: k.ID, Author: mallory, Words: "It was a joke."}
}

func (r *fixture) appeal(k *kept) error {
	_, err := r.court.Appeal(r.ctx, r.plea(k))
	return err
}

// confirm has an admin say that the verdict stands.
func (r *fixture) confirm(k *kept, by moderation.Member) error {
	_, err := r.court.UpholdAppeal(r.ctx, r.of(k), by)
	return err
}

// cara is an admin who had nothing to do with it.
var cara = moderation.Member{ID: carl, Language: "en", Present: true, Admin: true, Name: "Cara", Restrict: true, Delete: true}

func TestAppealIsRefused(t *testing.T) {
	t.Parallel()
	late := func(by time.Duration) func(*fixture, *kept) {
		return func(m *fixture, _ *kept) { m.now = m.now.Add(7*day + by) }
	}
	author := func(a moderation.Author) func(*fixture, *kept) {
		return func(_ *fixture, k *kept) { k.Author = a }
	}
	verdict := func(v moderation.Verdict) func(*fixture, *kept) {
		return func(_ *fixture, k *kept) { k.Verdict = v }
	}
	for name, test := range map[string]struct {
		who    int64
		before func(*fixture, *kept)
		want   moderation.Code
	}{
		"by another":                 {anna, func(*fixture, *kept) {}, moderation.RefuseNotYours},
		"by nobody":                  {0, func(*fixture, *kept) {}, moderation.RefuseNotYours},
		"of a case of another group": {mallory, elsewhere, moderation.RefuseNotYours},
		"of an open case":            {mallory, verdict(moderation.Open), moderation.RefuseNotYours},
		"of a dismissed case":        {mallory, verdict(moderation.Dismissed), moderation.RefuseNotYours},
		"of an expired case":         {mallory, verdict(moderation.Expired), moderation.RefuseNotYours},
		"of a withdrawn case":        {mallory, verdict(moderation.Withdrawn), moderation.RefuseNotYours},
		"by a bot":                   {mallory, author(moderation.Author{ID: mallory, Bot: true}), moderation.RefuseNotYours},
		"by a channel":               {-7, author(moderation.Author{ID: -7, Channel: true}), moderation.RefuseNotYours},
		"of an overturned case":      {mallory, func(m *fixture, k *kept) { m.must(m.overturn(k)) }, moderation.RefuseReversed},
		"of a pardoned case": {mallory, func(m *fixture, _ *kept) {
			_, err := m.pardon(human)
			m.must(err)
		}, moderation.RefuseReversed},
		"before it was judged": {mallory, func(m *fixture, k *kept) { m.must(m.appeal(k)) }, moderation.RefuseAppealed},
		"a second time": {mallory, func(m *fixture, k *kept) {
			m.must(m.appeal(k))
			m.all(k, jury.Uphold)
		}, moderation.RefuseAppealed},
		"after a week":  {mallory, late(0), moderation.RefuseAppealLate},
		"in the winter": {mallory, late(150 * day), moderation.RefuseAppealLate},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, k := contested(t, 30, "mute 1h")
			test.before(m, k)
			m.unchanged(test.want, func() error {
				p := m.plea(k)
				p.Author = test.who
				_, err := m.court.AskWhy(t.Context(), p)
				return err
			})
			m.unchanged(test.want, func() error {
				p := m.plea(k)
				p.Author = test.who
				_, err := m.court.Appeal(t.Context(), p)
				return err
			})
		})
	}
}

// At the last second of the week it is in time, and the same tap twice is one appeal.
func TestAppealInTheLastSecond(t *testing.T) {
	t.Parallel()
	m, k := contested(t, 30, "mute 1h")
	m.now = m.now.Add(7*day - time.Second)
	p := m.plea(k)
	asks := m.plea(k)
	asked, err := m.court.AskWhy(t.Context(), asks)
	if err != nil || asked.ID != k.ID || m.asked[member{club, mallory}] != k.ID || !asked.AppealEnds().Equal(noon.Add(7*day)) {
		t.Errorf("asked about %+v, %v; noted: %v", asked, err, m.asked)
	}
	m.want()
	cs, err := m.court.Appeal(t.Context(), p)
	if err != nil || cs.Appeal != moderation.BeforeJury || !cs.Appealed.Equal(m.now) || len(m.asked) != 0 {
		t.Errorf("case %+v, %v; asked: %v", cs, err, m.asked)
	}
	if _, err := m.court.Appeal(t.Context(), p); !errors.Is(err, moderation.ErrSeen) {
		t.Errorf("the same update again: %v", err)
	}
	if got := k.appeal; got.Words != p.Words || !got.Filed.Equal(m.now) || len(k.jury.Seats) != jury.PerRound {
		t.Errorf("appeal %+v, jury %+v", got, k.jury)
	}
}

// What was decided by hand, or by votes alone, can be contested as well.
func TestWhateverBroughtThePenaltyCanBeContested(t *testing.T) {
	t.Parallel()
	for name, make := range map[string]func(*fixture) *kept{
		"an admin's hand": func(m *fixture) *kept { return m.manually(41, "mute 1h") },
		"votes":           func(m *fixture) *kept { return m.reports(41, anna, bob, carl) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			m.members(20)
			k := make(m)
			m.must(m.appeal(k))
			if k.Appeal != moderation.BeforeJury {
				t.Errorf("case %+v", k.Case)
			}
		})
	}
}

// Who judges, until when, and who is told.
func TestWhoJudgesAnAppeal(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		eligible int
		appeals  moderation.Appeals
		want     moderation.AppealState
	}{
		"twenty are a jury":         {20, moderation.AppealsJury, moderation.BeforeJury},
		"nineteen are none":         {19, moderation.AppealsJury, moderation.BeforeAdmins},
		"nobody is there":           {0, moderation.AppealsJury, moderation.BeforeAdmins},
		"the group wants no juries": {30, moderation.AppealsAdmins, moderation.BeforeAdmins},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, k := contested(t, test.eligible, "mute 1h")
			m.tune(func(p *moderation.Policy) { p.Appeals = test.appeals })
			m.must(m.appeal(k))
			if k.Appeal != test.want {
				t.Errorf("case %+v", k.Case)
			}
			if test.want == moderation.BeforeAdmins {
				if !k.AppealDue.Equal(noon.Add(7*day)) || !k.appeal.Deadline.Equal(k.AppealDue) || k.Jury != jury.NoJury || !k.JuryDue.IsZero() {
					t.Errorf("case %+v, appeal %+v", k.Case, k.appeal)
				}
				m.want("admins appeal_asks")
				return
			}
			if k.Jury != jury.Appeal || !k.JuryDue.Equal(noon.Add(12*time.Hour)) || !k.jury.Ends.Equal(noon.Add(48*time.Hour)) {
				t.Errorf("case %+v, jury %+v", k.Case, k.jury)
			}
			m.want("summons somebody", "summons somebody", "summons somebody", "summons somebody", "summons somebody", "admins appealed")
		})
	}
}

func TestUpholdAppealIsRefused(t *testing.T) {
	t.Parallel()
	noRight := moderation.Member{ID: carl, Present: true, Admin: true, Delete: true}
	ask := func(m *fixture, k *kept) {
		m.members(19)
		m.must(m.appeal(k))
	}
	for name, test := range map[string]struct {
		who    moderation.Member
		before func(*fixture, *kept)
		want   moderation.Code
	}{
		"by who is no admin":                  {person(bob), ask, moderation.RefuseNotAdmin},
		"by an admin who may not":             {noRight, ask, moderation.RefuseRights},
		"of a case of another group":          {cara, elsewhere, moderation.RefuseNoCase},
		"of a case that nobody contests":      {cara, func(*fixture, *kept) {}, moderation.RefuseNoAppeal},
		"of one that is before a jury":        {cara, func(m *fixture, k *kept) { m.must(m.appeal(k)) }, moderation.RefuseNoAppeal},
		"by who decided it":                   {boss, ask, moderation.RefuseOwnCase},
		"of one that is gone with the key":    {cara, func(m *fixture, k *kept) { ask(m, k); k.appeal = nil }, moderation.RefuseNoAppeal},
		"of one that another confirmed":       {cara, func(m *fixture, k *kept) { ask(m, k); m.must(m.confirm(k, cara)) }, moderation.RefuseNoAppeal},
		"of one that was overturned":          {cara, func(m *fixture, k *kept) { ask(m, k); m.must(m.overturn(k)) }, moderation.RefuseReversed},
		"of one that was forgiven":            {cara, func(m *fixture, k *kept) { ask(m, k); _, err := m.pardon(human); m.must(err) }, moderation.RefuseReversed},
		"by who made the penalty harder":      {cara, func(m *fixture, k *kept) { harden(m, k); ask(m, k) }, moderation.RefuseOwnCase},
		"by who did so after it was appealed": {cara, func(m *fixture, k *kept) { ask(m, k); harden(m, k) }, moderation.RefuseOwnCase},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, k := contested(t, 30, "mute 1h")
			test.before(m, k)
			m.unchanged(test.want, func() error { return m.confirm(k, test.who) })
		})
	}
}

// harden has Cara make the penalty harder.
func harden(m *fixture, k *kept) {
	m.tune(func(p *moderation.Policy) { p.Ladder = ladder.Ladder{step("mute 1d")} })
	_, err := m.court.Harsher(m.ctx, m.of(k), cara, k.Penalty.String())
	m.must(err)
}

func TestAnAdminConfirms(t *testing.T) {
	t.Parallel()
	m, k := asking(t)
	m.private[mallory] = true
	m.now = m.now.Add(time.Hour)
	m.must(m.confirm(k, cara))
	m.want("news mallory stands mute 30d", "news mallory privately stands mute 30d", "admins appeal_stands by Cara")
	if k.Appeal != moderation.AppealStands || !k.AppealDue.Equal(m.now) || k.Reversed != "" || len(m.history[member{club, mallory}]) != 1 {
		t.Errorf("case %+v, offences %+v", k.Case, m.history)
	}
	m.hours(24*30, 0) // and nothing more happens
	m.want()
}

// Who decided it cannot confirm themselves, but may say that they were wrong.
func TestWhoDecidedMayStillOverturn(t *testing.T) {
	t.Parallel()
	m, k := asking(t)
	m.refusedAs(m.confirm(k, boss), moderation.RefuseOwnCase)
	m.must(m.overturn(k))
	if k.Appeal != moderation.AppealGranted || k.Reversed != moderation.Overturned || !k.AppealDue.Equal(m.now) {
		t.Errorf("case %+v", k.Case)
	}
}

func TestAnAppealThatNoAdminDecidesLapses(t *testing.T) {
	t.Parallel()
	m, k := asking(t)
	m.hours(7*24-1, 0)
	m.want()
	m.hours(1, 1)
	m.want("news mallory lapsed mute 30d", "admins appeal_lapsed")
	if k.Appeal != moderation.AppealLapsed || !k.AppealDue.Equal(m.now) || k.Reversed != "" {
		t.Errorf("case %+v", k.Case)
	}
	m.hours(1, 0)
	m.unchanged(moderation.RefuseNoAppeal, func() error { return m.confirm(k, cara) })
	m.must(m.overturn(k)) // an admin can still find that it was wrong
	if k.Appeal != moderation.AppealLapsed || k.Reversed != moderation.Overturned {
		t.Errorf("case %+v", k.Case)
	}
}

// All effects of a verdict that a jury overturned, in their order.
func TestWhatFollowsFromAGrantedAppeal(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		step string
		want []string
	}{
		"of a warning": {"warn", []string{"news mallory overturned warn", "news mallory privately overturned warn"}},
		"of a mute":    {"mute 1h", []string{"free mute", "news mallory overturned mute 1h", "news mallory privately overturned mute 1h"}},
		"of a ban": {"ban", []string{
			"free ban", "news mallory overturned ban", "news mallory privately overturned ban", "invite mallory privately",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, k := contested(t, 30, test.step)
			m.private[mallory] = true
			m.must(m.appeal(k))
			m.carried()
			m.all(k, jury.Overturn)
			m.want(slices.Concat(test.want, []string{
				"admins jury", "thanks somebody granted", "thanks somebody granted", "thanks somebody granted", "thanks somebody granted",
				"thanks somebody granted", "card", "outcome anna upheld overturned",
			})...)
			if k.Unlearned || !m.records[member{club, mallory}].Shielded.IsZero() { // which follows from a heavy penalty only
				t.Errorf("case %+v, author %+v", k.Case, m.records[member{club, mallory}])
			}
			if k.Appeal != moderation.AppealGranted || !k.AppealDue.Equal(m.now) || k.Reversed != moderation.Overturned || !k.ReversedAt.Equal(m.now) {
				t.Errorf("case %+v", k.Case)
			}
			if left := m.history[member{club, mallory}]; len(left) > 0 || m.score(mallory) != 100 {
				t.Errorf("offences %+v, standing %d", left, m.score(mallory))
			}
		})
	}
}

// An admin who overturns while the jury judges ends the appeal: who has voted is thanked, and nobody else can vote.
func TestOverturnedWhileTheJuryJudges(t *testing.T) {
	t.Parallel()
	m, k := judged(t)
	m.must(m.rule(k, juror(2), jury.Uphold))
	m.must(m.overturn(k))
	m.want("free mute", "news mallory overturned mute 30d", "admins overturned by Dora", "thanks somebody granted", "card", "outcome anna upheld overturned")
	if k.Appeal != moderation.AppealGranted || len(m.waiting(k)) != 0 {
		t.Errorf("case %+v, appeal %+v", k.Case, k.appeal)
	}
	m.unchanged(moderation.RefuseAppealOver, func() error { return m.rule(k, juror(1), jury.Overturn) })
	m.hours(24*30, 0)
	m.want()
}

// Who is forgiven needs no jury any more: it is dissolved, and who has answered is thanked.
func TestPardonedWhileItIsContested(t *testing.T) {
	t.Parallel()
	m, k := judged(t)
	m.must(m.rule(k, juror(2), jury.Uphold))
	_, err := m.pardon(human)
	m.must(err)
	m.want("free mute", "news mallory pardoned mute 30d", "admins pardoned by Dora")
	m.unchanged(moderation.RefuseAppealOver, func() error { return m.rule(k, juror(1), jury.Overturn) })
	m.unchanged(moderation.RefuseReversed, func() error { return m.confirm(k, cara) })
	m.must(m.court.Vacate(t.Context(), club, k.ID, juror(0))) // nobody new is asked
	m.want()
	m.hours(0, 1)
	m.want("thanks somebody granted")
	if k.Appeal != moderation.AppealGranted || !k.AppealDue.Equal(m.now) || k.Reversed != moderation.Pardoned || k.Jury != jury.NoJury {
		t.Errorf("case %+v, jury %+v", k.Case, k.jury)
	}
}

// What an appeal says is lost with the case's key. Nothing was found to be wrong, so the verdict stands.
func TestAnAppealOfWhichNothingIsLeft(t *testing.T) {
	t.Parallel()
	m, k := judged(t)
	k.appeal, k.jury = nil, nil
	m.unchanged(moderation.RefuseUnknown, func() error { return m.rule(k, juror(1), jury.Overturn) })
	m.hours(12, 1)
	m.want()
	if k.Appeal != moderation.AppealLapsed || !k.AppealDue.Equal(m.now) || k.Reversed != "" {
		t.Errorf("case %+v", k.Case)
	}
}
