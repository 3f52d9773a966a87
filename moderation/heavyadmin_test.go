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

// An admin who is faster ends the jury: who has answered is thanked once, nobody else can answer, and nobody is asked any more.
func TestAdminActsWhileTheJurySits(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		do      func(*fixture, *kept)
		penalty string
		score   int
		later   bool // the clock sees to it
		thanks  string
	}{
		"and confirms":  {func(m *fixture, k *kept) { m.must(m.confirmPending(k, boss, "mute 1d")) }, "mute 1d", 60, false, "thanks somebody upheld"},
		"and drops it":  {func(m *fixture, k *kept) { m.must(m.dropPending(k, boss, "mute 1d")) }, "mute 1h", 80, false, "thanks somebody expired"},
		"and overturns": {func(m *fixture, k *kept) { m.must(m.overturn(k)) }, "mute 1h", 100, false, "thanks somebody granted"},
		"and is harsher": {func(m *fixture, k *kept) {
			m.must(m.harsher(k, "mute 1h"))
		}, "mute 1d", 60, false, "thanks somebody stands"},
		"and finds it milder": {func(m *fixture, k *kept) {
			_, err := m.court.Correct(m.ctx, m.of(k), boss, rulebook.Spam)
			m.must(err)
		}, "mute 1h", 90, false, "thanks somebody stands"},
		"and pardons": {func(m *fixture, _ *kept) { _, err := m.pardon(human); m.must(err) }, "mute 1h", 100, true, "thanks somebody granted"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, k := heavyJury(t)
			m.must(m.rule(k, juror(1), jury.Uphold))
			test.do(m, k)
			words := m.carried()
			if test.later {
				m.unchanged(moderation.RefuseAppealOver, func() error { return m.rule(k, juror(0), jury.Uphold) })
				m.passes(0, 1)
				words = append(words, m.carried()...)
			}
			if k.Jury != jury.NoJury || !k.JuryDue.IsZero() || k.Waits(m.now) || k.Penalty.String() != test.penalty || m.score(mallory) != test.score {
				t.Errorf("case %+v, standing %d", k.Case, m.score(mallory))
			}
			if thanks := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return w != test.thanks }); len(thanks) != 1 {
				t.Errorf("done: %q", words)
			}
			m.unchanged(moderation.RefuseAppealOver, func() error { return m.rule(k, juror(0), jury.Overturn) })
			for range 5 {
				m.looks(30 * time.Minute)
			}
			m.want()
			if k.Unlearned || !m.records[member{club, mallory}].Shielded.IsZero() {
				t.Errorf("case %+v: only a jury protects its author", k.Case)
			}
		})
	}
}

// A rule that is as severe changes nothing about what waits.
func TestRuleIsCorrectedWhileTheJurySits(t *testing.T) {
	t.Parallel()
	m, k := heavyJury(t)
	_, _, err := m.court.Amend(m.ctx, moderation.Amendment{
		Update: m.next(), Chat: club, By: boss, Change: rulebook.Amendment{Kind: rulebook.AmendSeverity, Rule: rulebook.Spam, Number: 3},
	})
	m.must(err)
	_, err = m.court.Correct(m.ctx, m.of(k), boss, rulebook.Spam)
	m.must(err)
	if k.Rule != rulebook.Spam || !k.Waits(m.now) || k.Jury != jury.Heavy {
		t.Errorf("case %+v", k.Case)
	}
}

// The author cannot appeal while the jury looks at it anyway. Afterwards they can, and others judge.
func TestAppealAndHeavyPenalty(t *testing.T) {
	t.Parallel()
	m, k := heavyJury(t)
	m.unchanged(moderation.RefuseJurySits, func() error { return m.appeal(k) })
	m.unchanged(moderation.RefuseJurySits, func() error { _, err := m.court.AskWhy(m.ctx, m.plea(k)); return err })
	m.all(k, jury.Uphold)
	m.carried()
	m.must(m.appeal(k))
	m.sits(k, 5, 6, 7, 8, 9)
	m.all(k, jury.Overturn)
	if k.Reversed != moderation.Overturned || m.score(mallory) != 100 || k.Unlearned {
		t.Errorf("case %+v, standing %d", k.Case, m.score(mallory))
	}
	if thanks := slices.DeleteFunc(m.carried(), func(w string) bool { return w != "thanks somebody granted" }); len(thanks) != jury.PerRound {
		t.Errorf("thanked %d", len(thanks))
	}
}

// Jurors are thanked once, though an appeal follows that no jury judges.
func TestJurorsAreThankedOnce(t *testing.T) {
	t.Parallel()
	m, k := heavyJury(t)
	m.all(k, jury.Uphold)
	m.tune(func(p *moderation.Policy) { p.Appeals = moderation.AppealsAdmins })
	m.must(m.appeal(k))
	m.carried()
	m.must(m.confirm(k, cara))
	m.want("news mallory stands mute 1d", "admins appeal_stands by Cara")
}

// Where admins decide on heavy penalties, what they decide leaves a jury about an appeal alone.
func TestConfirmedWhileAJuryJudgesAnAppeal(t *testing.T) {
	t.Parallel()
	for name, settle := range map[string]func(*fixture, *kept) error{
		"confirmed": func(m *fixture, k *kept) error { return m.confirmPending(k, boss, "mute 1d") },
		"dropped":   func(m *fixture, k *kept) error { return m.dropPending(k, boss, "mute 1d") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, k := waiting(t)
			m.members(60)
			m.must(m.appeal(k))
			m.must(m.rule(k, juror(0), jury.Overturn))
			m.carried()
			m.must(settle(m, k))
			if words := m.carried(); slices.Contains(words, "thanks somebody stands") || k.Jury != jury.Appeal || k.JuryDue.IsZero() {
				t.Errorf("done: %q; case %+v", words, k.Case)
			}
			m.all(k, jury.Overturn)
			if k.Appeal != moderation.AppealGranted || k.Reversed != moderation.Overturned {
				t.Errorf("case %+v", k.Case)
			}
		})
	}
}

// What a jury is about is lost with the case's key. The penalty still waits for an admin.
func TestHeavyJuryOfWhichNothingIsLeft(t *testing.T) {
	t.Parallel()
	m, k := heavyJury(t)
	k.jury = nil
	m.passes(30*time.Minute, 1)
	m.want()
	if k.Jury != jury.NoJury || !k.JuryDue.IsZero() || !k.Waits(m.now) {
		t.Errorf("case %+v", k.Case)
	}
}

// What is kept of the author may be deleted on their demand: then there is nothing to take back, and nobody is asked for ever.
func TestJuryAboutAnAuthorWhoIsForgotten(t *testing.T) {
	t.Parallel()
	m, k := heavyJury(t)
	delete(m.history, member{club, mallory})
	m.all(k, jury.Overturn)
	m.passes(30*time.Minute, 0)
	if k.Jury != jury.NoJury || !k.JuryDue.IsZero() {
		t.Errorf("case %+v", k.Case)
	}
}

// A jury that finds a swept copy fine gives its author that much, though there was no penalty to take back.
func TestJuryAboutASweptCopy(t *testing.T) {
	t.Parallel()
	m, k := contested(t, 30, "mute 1h")
	k.CopyOf, k.Manual = "ZZZZ", false
	k.Penalty, k.Until = ladder.Step{}, time.Time{}
	delete(m.history, member{club, mallory})
	m.must(m.appeal(k))
	m.all(k, jury.Overturn)
	m.passes(12*time.Hour, 0)
	if !k.Swept() || k.Reversed != moderation.Overturned || k.Appeal != moderation.AppealGranted || k.Jury != jury.NoJury || !k.JuryDue.IsZero() {
		t.Errorf("case %+v", k.Case)
	}
}
