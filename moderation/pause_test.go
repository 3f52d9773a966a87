package moderation_test

import (
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
)

// owner is Dora, whose group it is.
var owner = func() moderation.Member { o := boss; o.Owner = true; return o }()

func (r *fixture) pause(length time.Duration) error {
	_, err := r.court.Pause(r.ctx, r.next(), club, owner, length)
	return err
}

// resumed has the clock end what is over.
func (r *fixture) resumed(want int) {
	r.t.Helper()
	if n, err := r.court.PausesDue(r.ctx); n != want || err != nil {
		r.t.Errorf("ended %d, %v; want %d", n, err, want)
	}
}

// In a pause reports are taken and no vote decides, whoever votes; admins do.
func TestPause(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	before := m.reports(41, anna)
	m.carried()
	m.now = m.now.Add(time.Hour)
	m.must(m.pause(day))
	m.want("pause for 1d more", "gather several setting pause from off to 1d by Dora in 3m")
	m.must(m.vote(before, bob, moderation.Breaks))
	m.must(m.vote(before, carl, moderation.Breaks))
	during := m.reports(42, anna, bob, carl)
	other := m.reports(43, anna)
	for _, k := range []*kept{before, during, other} {
		if k.Verdict != moderation.Open {
			t.Errorf("case %+v", k.Case)
		}
	}
	if during.Carded() || !during.Deadline.Equal(m.now.Add(2*day)) || !before.Deadline.Equal(noon.Add(2*day)) {
		t.Errorf("before %+v\nduring %+v", before.Case, during.Case)
	}
	m.want("card open") // of the case that had one, with its votes
	if _, err := m.court.List(m.ctx, club, other.ID); err != nil {
		t.Fatal(err)
	}
	m.must(m.admin(other, moderation.Upheld))
	m.carried()

	m.resumed(0)
	m.now = m.now.Add(day)
	if n, err := m.court.ExpireDue(m.ctx); n != 0 || err != nil {
		t.Errorf("%d expired, %v", n, err)
	}
	m.resumed(1)
	if before.Verdict != moderation.Upheld || during.Verdict != moderation.Upheld {
		t.Errorf("before %+v\nduring %+v", before.Case, during.Case)
	}
	if !m.chats[club].Paused.IsZero() || m.effects[len(m.effects)-1].Kind != moderation.EffectPause {
		t.Errorf("chat %+v, effects %+v", m.chats[club], m.effects)
	}
	m.resumed(0)
}

// What is not decided gets its card when the pause ends, and the whole time to vote.
func TestCardComesAfterThePause(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.must(m.pause(2 * time.Hour))
	k := m.reports(41, anna)
	m.carried()
	m.now = m.now.Add(time.Hour)
	m.must(m.pause(0))
	m.want("pause for 0s more", "gather several setting pause from 1h to off by Dora in 3m")
	m.resumed(1)
	m.want("card open", "pause")
	if !k.CardWanted || !k.Deadline.Equal(m.now.Add(day)) {
		t.Errorf("case %+v", k.Case)
	}
}

// Clocks stand still for as long as the pause lasts in the end, however often the owner thinks otherwise.
func TestClocksStandStill(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	k := m.reports(41, anna)
	left := func() time.Duration { return k.Deadline.Sub(m.now) }
	m.now = m.now.Add(4 * time.Hour)
	m.must(m.pause(day))
	m.now = m.now.Add(3 * time.Hour)
	m.must(m.pause(2 * day))
	m.now = m.now.Add(3 * time.Hour)
	m.must(m.pause(time.Hour))
	m.now = m.now.Add(30 * time.Minute)
	m.must(m.pause(0))
	m.resumed(1)
	if left() != 20*time.Hour {
		t.Errorf("%v are left of 24 hours, of which 4 had passed", left())
	}
}

// A case that had no card yet when the pause began is shown to the admins with its next report.
func TestHiddenCaseIsShownInAPause(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	m.tune(func(p *moderation.Policy) { p.CardAfter = 3 })
	k := m.reports(41, anna)
	m.must(m.pause(day))
	m.effects = nil
	m.reports(41, bob)
	if len(m.effects) != 1 || m.effects[0].Topic != moderation.TopicUndecided || m.effects[0].Due.Sub(m.now) != 20*time.Minute {
		t.Errorf("effects %+v", m.effects)
	}
	if open, err := m.court.List(m.ctx, club, k.ID); !open || err != nil {
		t.Fatal(open, err)
	}
	m.effects = nil
	if m.reports(41, carl); len(m.effects) != 0 {
		t.Errorf("it is shown again: %+v", m.effects)
	}
}

// What is opened again waits as well: jurors may answer in a pause, and it ends when the pause does.
func TestReopenedCaseWaitsForThePause(t *testing.T) {
	t.Parallel()
	m, _, k := reopened(t, 30)
	m.must(m.rule(k, juror(0), jury.Uphold))
	m.must(m.pause(7 * day))
	m.must(m.rule(k, juror(1), jury.Uphold))
	m.must(m.rule(k, juror(2), jury.Uphold))
	for range 6 {
		m.looks(day)
	}
	m.must(m.rule(k, juror(3), jury.Uphold))
	if n, err := m.court.ExpireDue(m.ctx); n != 0 || err != nil || k.Verdict != moderation.Open {
		t.Fatalf("%d ended, %v; case %+v", n, err, k.Case)
	}
	m.must(m.rule(k, juror(4), jury.Uphold))
	m.looks(0)
	if k.Verdict != moderation.Open || len(k.jury.Seats) != jury.PerRound {
		t.Fatalf("%s in the pause", k.Verdict)
	}
	m.now = m.now.Add(day)
	m.resumed(1)
	if k.Verdict != moderation.Upheld {
		t.Errorf("case %+v", k.Case)
	}
}

func TestPauseIsTheOwnersAlone(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	for _, by := range []moderation.Member{boss, person(anna)} {
		m.unchanged(moderation.RefuseNotOwner, func() error { _, err := m.court.Pause(m.ctx, m.next(), club, by, day); return err })
	}
	m.unchanged(moderation.RefuseNoPause, func() error { return m.pause(0) })
	for _, wrong := range []time.Duration{time.Hour - 1, 7*day + 1, -time.Hour} {
		m.unchanged(moderation.RefuseUnknown, func() error { return m.pause(wrong) })
	}
	m.must(m.pause(7 * day))
}

// clocks has everything done that is due at this hour, and the next for some hours.
func (r *fixture) clocks(hours int) {
	r.t.Helper()
	for range hours {
		r.now = r.now.Add(time.Hour)
		for _, due := range []func() (int, error){
			func() (int, error) { return r.court.JuriesDue(r.ctx) },
			func() (int, error) { return r.court.AppealsDue(r.ctx) },
			func() (int, error) { return r.court.PausesDue(r.ctx) },
			func() (int, error) { return r.court.ExpireDue(r.ctx) },
		} {
			_, err := due()
			r.must(err)
		}
	}
}

// A pause that ends sooner than was said leaves a jury the time that it had, and no more.
func TestJuryGoesOnAfterAPause(t *testing.T) {
	t.Parallel()
	m, _, k := reopened(t, 30)
	m.must(m.pause(7 * day))
	m.clocks(3)
	m.must(m.pause(0))
	m.clocks(1)
	m.sits(k, 0, 1, 2, 3, 4)
	if !k.JuryDue.Equal(m.now.Add(time.Hour)) {
		t.Fatalf("case %+v; it is %v", k.Case, m.now)
	}
	m.clocks(1)
	m.sits(k, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9)
	m.clocks(10)
	if k.Appeal != moderation.BeforeAdmins || k.Verdict != moderation.Open {
		t.Fatalf("case %+v", k.Case)
	}
	m.must(m.pause(day))
	m.clocks(24 + 23)
	if k.Verdict != moderation.Open {
		t.Fatalf("case %+v", k.Case)
	}
	m.clocks(2)
	if k.Verdict != moderation.Expired {
		t.Errorf("case %+v", k.Case)
	}
}

// Four who agree are enough, though the jury's time is over when the pause is.
func TestJuryThatAgreesInAPause(t *testing.T) {
	t.Parallel()
	m, _, k := reopened(t, 30)
	m.must(m.pause(7 * day))
	for i := range 4 {
		m.must(m.rule(k, juror(i), jury.Uphold))
	}
	m.now = m.now.Add(8 * day)
	if _, err := m.court.JuriesDue(m.ctx); err != nil || k.Verdict != moderation.Upheld {
		t.Errorf("%v, case %+v", err, k.Case)
	}
}

// The admins are asked, however long the bot was down.
func TestAdminsHaveTheirDayAfterTheBotWasDown(t *testing.T) {
	t.Parallel()
	m, _, k := reopened(t, 30)
	m.now = m.now.Add(40 * time.Hour)
	if _, err := m.court.ExpireDue(m.ctx); err != nil || k.Verdict != moderation.Open || k.Appeal != moderation.BeforeAdmins {
		t.Fatalf("%v, case %+v", err, k.Case)
	}
	m.clocks(23)
	if k.Verdict != moderation.Open {
		t.Fatalf("case %+v", k.Case)
	}
	m.clocks(2)
	if k.Verdict != moderation.Expired {
		t.Errorf("case %+v", k.Case)
	}
}
