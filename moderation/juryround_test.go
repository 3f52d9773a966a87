package moderation_test

import (
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
)

// When a round is over five more are asked. What jurors of an earlier round say counts all the same.
func TestRoundsFollowEachOther(t *testing.T) {
	t.Parallel()
	m, k := judged(t)
	m.must(m.rule(k, juror(1), jury.Overturn))
	m.hours(11, 0)
	m.must(m.rule(k, juror(3), jury.Uphold))
	m.hours(1, 1)
	m.want("summons somebody", "summons somebody", "summons somebody", "summons somebody", "summons somebody")
	m.sits(k, 0, 2, 4, 5, 6, 7, 8, 9)
	for _, i := range []int{0, 2, 5, 6} { // two of them were asked in the first round
		m.must(m.rule(k, juror(i), jury.Overturn))
	}
	m.hours(11, 0)
	m.want()
	m.hours(1, 1) // five to one
	if k.Appeal != moderation.AppealGranted || k.Reversed != moderation.Overturned {
		t.Errorf("case %+v, jury %+v", k.Case, k.jury)
	}
}

// Nobody is asked twice, and who could not judge at first may by now.
func TestNobodyIsAskedTwice(t *testing.T) {
	t.Parallel()
	m, k := judged(t)
	m.pool = m.pool[:45]
	m.pool[5].Admin = true
	m.hours(12, 1)
	m.sits(k, 0, 1, 2, 3, 4, 6, 7, 8, 9, 10)
	m.pool[5].Admin = false
	m.hours(12, 1)
	m.sits(k, 0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 5, 11, 12, 13, 14)
}

// A jury goes on with fewer than twenty who are eligible once it was drawn, and with nobody who could be asked.
func TestNobodyIsLeftToAsk(t *testing.T) {
	t.Parallel()
	m, k := heavyJury(t)
	m.pool = m.pool[:6]
	m.passes(30*time.Minute, 1)
	m.want("summons somebody")
	m.passes(30*time.Minute, 1)
	m.want()
	for i := range 4 {
		m.must(m.rule(k, juror(i), jury.Uphold))
	}
	m.passes(30*time.Minute, 1)
	if k.Penalty.String() != "mute 1d" || k.Jury != jury.NoJury {
		t.Errorf("case %+v, jury %+v", k.Case, k.jury)
	}
}

// No more than forty are asked, though none of them answers. A jury about a heavy penalty has time for that.
func TestFortyAreAskedAtMost(t *testing.T) {
	t.Parallel()
	m, k := waitsForJury(t, 60)
	for range 23 {
		m.looks(30 * time.Minute)
	}
	if k.Jury != jury.Heavy || len(k.jury.Seats) != jury.MostAsked || len(m.waiting(k)) != jury.MostAsked {
		t.Errorf("case %+v, jury %+v", k.Case, k.jury)
	}
	m.all(k, jury.Overturn)
	if k.Reversed != moderation.Overturned {
		t.Errorf("case %+v", k.Case)
	}
}

// If all who can be asked have answered and do not agree, the jury waits until its time is over.
func TestFortyWhoDoNotAgree(t *testing.T) {
	t.Parallel()
	m, k := waitsForJury(t, 60)
	for m.looks(0); len(m.waiting(k)) > 0; m.looks(time.Minute) {
		for i, who := range m.waiting(k) {
			m.must(m.rule(k, who, []jury.Ballot{jury.Uphold, jury.Overturn}[(i+len(k.jury.Seats))%2]))
		}
	}
	m.looks(30 * time.Minute)
	if len(k.jury.Seats) != jury.MostAsked || !k.JuryDue.Equal(k.Decided.Add(12*time.Hour)) {
		t.Fatalf("case %+v, %d asked", k.Case, len(k.jury.Seats))
	}
	m.must(m.rule(k, juror(0), jury.Uphold)) // who answered may still change that
	m.now = k.JuryDue
	m.looks(0)
	if k.Jury != jury.NoJury || k.Waits(m.now) {
		t.Errorf("case %+v", k.Case)
	}
}

// After two days the admins decide, whoever of the jury is still thinking.
func TestTheJurysTimeIsOver(t *testing.T) {
	t.Parallel()
	m, k := judged(t)
	m.must(m.rule(k, juror(0), jury.Uphold))
	m.hours(47, 1) // the bot was down; more are asked, for an hour
	m.want("summons somebody", "summons somebody", "summons somebody", "summons somebody", "summons somebody")
	if !k.JuryDue.Equal(noon.Add(48 * time.Hour)) {
		t.Errorf("case %+v", k.Case)
	}
	m.hours(1, 1)
	m.want("admins appeal_asks")
	m.sits(k)
	if k.Appeal != moderation.BeforeAdmins || !k.AppealDue.Equal(m.now.Add(7*day)) || !k.appeal.Deadline.Equal(k.AppealDue) {
		t.Errorf("case %+v, appeal %+v", k.Case, k.appeal)
	}
	m.hours(7*24, 1)
	m.want("news mallory lapsed mute 30d", "thanks somebody lapsed", "admins appeal_lapsed")
}

// Answers that came in time count though the bot was down when the jury's time was over.
func TestAnswersInTimeCountLater(t *testing.T) {
	t.Parallel()
	m, k := judged(t)
	for i := range 4 {
		m.must(m.rule(k, juror(i), jury.Overturn))
	}
	m.hours(80, 1)
	if k.Appeal != moderation.AppealGranted {
		t.Errorf("case %+v", k.Case)
	}
}

func TestVacate(t *testing.T) {
	t.Parallel()
	gone := func(m *fixture, k *kept, who int64) {
		m.must(m.court.Vacate(m.ctx, club, k.ID, who))
	}
	t.Run("others are asked when the round is over", func(t *testing.T) {
		t.Parallel()
		m, k := judged(t)
		m.now = m.now.Add(time.Hour)
		gone(m, k, juror(2))
		m.want()
		m.sits(k, 0, 1, 3, 4)
		if !k.JuryDue.Equal(noon.Add(12 * time.Hour)) {
			t.Errorf("case %+v", k.Case)
		}
		gone(m, k, juror(2)) // as often as they are found to be gone
		m.unchanged(moderation.RefuseSeatGone, func() error { return m.rule(k, juror(2), jury.Uphold) })
	})
	t.Run("which it is if nobody else has to answer", func(t *testing.T) {
		t.Parallel()
		m, k := judged(t)
		for i := range 4 {
			m.must(m.rule(k, juror(i), jury.Uphold))
		}
		gone(m, k, juror(4))
		if m.passes(0, 1); k.Appeal != moderation.AppealStands {
			t.Errorf("case %+v", k.Case)
		}
	})
	t.Run("of all", func(t *testing.T) {
		t.Parallel()
		m, k := judged(t)
		for i := range 5 {
			gone(m, k, juror(i))
		}
		m.passes(0, 1)
		m.sits(k, 5, 6, 7, 8, 9)
	})
	for name, before := range map[string]func(*fixture, *kept) int64{
		"of who was not asked":     func(*fixture, *kept) int64 { return bob },
		"of who has answered":      func(m *fixture, k *kept) int64 { m.must(m.rule(k, juror(0), jury.Uphold)); return juror(0) },
		"of a case somewhere":      func(m *fixture, k *kept) int64 { elsewhere(m, k); return juror(0) },
		"after it was judged":      func(m *fixture, k *kept) int64 { m.must(m.overturn(k)); return juror(0) },
		"of which nothing is left": func(_ *fixture, k *kept) int64 { k.appeal, k.jury = nil, nil; return juror(0) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, k := judged(t)
			who := before(m, k)
			was := m.state()
			gone(m, k, who)
			if is := m.state(); is != was {
				t.Errorf("changed\n%s\nto\n%s", was, is)
			}
		})
	}
}
