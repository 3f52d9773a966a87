package storage_test

import (
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

func TestJuriesDue(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for i, c := range []struct {
		id      string
		verdict moderation.Verdict
		reason  jury.Reason
		due     time.Duration
	}{
		{"AAAA", moderation.Upheld, jury.Appeal, 3 * time.Hour}, {"BBBB", moderation.Open, jury.NoJury, 2 * time.Hour}, {"CCCC", moderation.Open, jury.Reopened, 4 * time.Hour},
		{"DDDD", moderation.Open, jury.NoJury, 0}, {"EEEE", moderation.Upheld, jury.NoJury, 0},
	} {
		cs := moderation.Case{ID: c.id, CaseMessage: moderation.CaseMessage{Message: int64(41 + i)}, Verdict: c.verdict, Opened: d.now(), Deadline: d.now().Add(day)}
		if cs.Jury = c.reason; c.due > 0 {
			cs.JuryDue = d.now().Add(c.due)
		}
		if c.verdict.Final() {
			cs.Decided = d.now()
		}
		d.keep(cs)
	}
	for _, c := range []struct {
		at    time.Duration
		limit int
		want  []string
	}{
		{2*time.Hour - time.Second, 9, nil}, {2 * time.Hour, 9, []string{"BBBB"}}, {day, 9, []string{"BBBB", "AAAA", "CCCC"}}, {day, 2, []string{"BBBB", "AAAA"}},
	} {
		refs, err := d.JuriesDue(t.Context(), d.now().Add(c.at), c.limit)
		if got := ids(refs, chess); err != nil || !slices.Equal(got, c.want) {
			t.Errorf("after %s due are %v, %v; want %v", c.at, got, err, c.want)
		}
	}
	d.decide(moderation.Key{Chat: chess}, moderation.Outcome{OtherCases: moderation.OtherCases{Shift: time.Hour}}) // a pause
	for id, want := range map[string]time.Time{
		"AAAA": noon.Add(3 * time.Hour), "BBBB": noon.Add(3 * time.Hour), "CCCC": noon.Add(5 * time.Hour), "DDDD": {}, "EEEE": {},
	} {
		if got := d.cs(id).JuryDue; !got.Equal(want) {
			t.Errorf("after a pause the jury of %s is due at %s; want %s", id, got, want)
		}
	}
	d.decide(moderation.Key{Chat: chess}, moderation.Outcome{OtherCases: moderation.OtherCases{Pardoned: "AAAA"}})
	d.decide(moderation.Key{Chat: chess}, moderation.Outcome{OtherCases: moderation.OtherCases{Pardoned: "EEEE"}})
	if a, e := d.cs("AAAA"), d.cs("EEEE"); !a.JuryDue.Equal(noon) || !e.JuryDue.IsZero() {
		t.Errorf("once they are pardoned their juries are due at %s and %s", a.JuryDue, e.JuryDue)
	}
}

// heavy has a jury drawn soon for a heavy penalty against Mallory, in a group in which so many could be drawn.
func (d *desk) heavy() (id string) {
	d.t.Helper()
	d.active(chess, 24)
	id = d.report(anna, 41)
	d.uphold(id)
	cs := d.cs(id)
	cs.Pending, cs.PendingEnds = ladder.Step{Kind: ladder.Ban}, d.now().Add(moderation.PendingFor)
	cs.Jury, cs.JuryDue = jury.Heavy, d.now()
	d.decide(moderation.Key{Chat: chess, Case: id}, moderation.Outcome{Case: &cs, CaseChanges: moderation.CaseChanges{Jury: jury.New(jury.Heavy, nil, d.now())}})
	return id
}

// juries does what is due about juries, and says of how many.
func (d *desk) juries() int {
	d.t.Helper()
	n, err := d.court.JuriesDue(d.t.Context())
	d.must(err)
	return n
}

// Who was drawn is asked once, whenever the bot is started again, and what they answer is kept.
func TestJuryAcrossStarts(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.heavy()
	again := func() { d.close(); d.open() }
	again()
	if n := d.juries(); n != 1 {
		t.Fatalf("%d juries were due", n)
	}
	again()
	if n := d.juries(); n != 0 {
		t.Errorf("%d juries were due again", n)
	}
	first := d.sits(chess, id)
	if len(first.Seats) != jury.PerRound || d.number(`SELECT count(*) FROM juror`) != jury.PerRound+1 { // and whose report brought it
		t.Fatalf("jury %+v", first)
	}
	for _, s := range first.Seats[:2] {
		d.answers(chess, id, s.Juror.ID, jury.Uphold)
	}
	d.pass(30 * time.Minute)
	again()
	if n := d.juries(); n != 1 {
		t.Errorf("%d rounds were over", n)
	}
	j := d.sits(chess, id)
	if len(j.Seats) != 2*jury.PerRound || j.Seats.Tally().Uphold != 2 || j.Seats[0].Juror != first.Seats[0].Juror {
		t.Errorf("jury %+v", j)
	}
	for _, s := range j.Seats[5:7] {
		d.answers(chess, id, s.Juror.ID, jury.Uphold)
	}
	d.pass(30 * time.Minute)
	again()
	d.juries()
	if c := d.cs(id); c.Jury != jury.NoJury || c.Penalty.Kind != ladder.Ban || c.Pending.Kind != "" {
		t.Errorf("they confirmed it, and the case is %+v", c)
	}
	if former := d.sits(chess, id); former == nil || len(former.Seats) != 10 {
		t.Errorf("of the jury there is %+v", former)
	}
}

// Two processes that look at the same moment draw one jury.
func TestReplicasDrawOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	other := d.replica()
	id := d.heavy()
	d.alter(`DELETE FROM outbox`)
	var all sync.WaitGroup
	for _, at := range []*desk{d, other, d, other} {
		all.Go(func() {
			_, err := at.court.JuriesDue(t.Context())
			at.must(err)
		})
	}
	all.Wait()
	if j := d.sits(chess, id); len(j.Seats) != jury.PerRound || d.number(`SELECT count(*) FROM juror`) != jury.PerRound+1 || d.number(`SELECT count(*) FROM outbox`) != jury.PerRound {
		t.Errorf("jury %+v", j)
	}
}

// A case on which a jury sits keeps its ballots, and one of which nothing is to be learned teaches nothing.
func TestSettlementAndJuries(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	judged, fine, other := d.report(anna, 41), d.report(anna, 42), d.report(anna, 43)
	for _, id := range []string{judged, fine, other} {
		d.uphold(id)
	}
	cs, unlearned := d.cs(judged), d.cs(fine)
	cs.Jury, unlearned.Unlearned = jury.Heavy, true
	d.decide(moderation.Key{Chat: chess, Case: judged}, moderation.Outcome{Case: &cs, CaseChanges: moderation.CaseChanges{Jury: jury.New(jury.Heavy, nil, d.now())}})
	d.decide(moderation.Key{Chat: chess, Case: fine}, moderation.Outcome{Case: &unlearned})
	d.pass(9 * day)
	taught := map[string]int{}
	n, err := d.Settle(t.Context(), d.now().Add(-moderation.FinalAfter), func(cl moderation.Closing) moderation.Settlement {
		s := cl.Settle(moderation.DayOf(d.now()))
		taught[cl.Case.ID] = len(s.VoteRecords)
		return s
	})
	if n != 2 || err != nil || taught[fine] != 0 || taught[other] != 1 {
		t.Errorf("settled are %d, %v; they taught of so many: %v", n, err, taught)
	}
	if d.number(`SELECT count(*) FROM ballot`) != 1 || d.sits(chess, judged) == nil {
		t.Error("the jury lost its case")
	}
	cs.Jury = jury.NoJury
	d.decide(moderation.Key{Chat: chess, Case: judged}, moderation.Outcome{Case: &cs})
	if n, err := d.court.Settle(t.Context()); n != 1 || err != nil || d.number(`SELECT count(*) FROM appeal`) != 0 {
		t.Errorf("then settled are %d, %v", n, err)
	}
}

// A ballot says whether who cast it was drawn, and its length does not.
func TestDrawnBallots(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.report(anna, 41)
	cs := d.cs(id)
	for who, drawn := range map[int64]bool{bob: true, carl: false} {
		b := moderation.Ballot{Drawn: drawn}
		b.Voter, b.Side, b.Weight, b.At = who, moderation.Fine, 1, d.now()
		d.decide(moderation.Key{Chat: chess, Case: id, Actor: who}, moderation.Outcome{Case: &cs, CaseChanges: moderation.CaseChanges{Cast: &b}})
	}
	for _, b := range d.docket(moderation.Key{Chat: chess, Case: id}).Ballots {
		if b.Drawn != (b.Voter == bob) {
			t.Errorf("ballot %+v", b)
		}
	}
	if n := d.number(`SELECT count(DISTINCT length(sealed)) FROM ballot`); n != 1 {
		t.Errorf("ballots are of %d lengths", n)
	}
}

// What is asked about in a case that follows another is not the other's jury or appeal.
func TestJuryOfTheCaseBefore(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.active(chess, 24)
	first := d.report(anna, 41)
	cs := d.cs(first)
	d.decide(moderation.Key{Chat: chess, Case: first}, moderation.Outcome{Case: &cs, CaseChanges: moderation.CaseChanges{Jury: jury.New(jury.Stalled, nil, d.now())}})
	_, err := d.court.Decide(t.Context(), moderation.Key{Update: d.next(), Chat: chess, Case: first}, admin(carl), moderation.Dismissed)
	d.must(err)
	r := d.reportBy(person(bob), 41)
	_, err = d.Update(t.Context(), moderation.Key{Chat: chess, Message: r.Target.Message, Actor: bob, Author: mallory}, func(dk moderation.Docket) (moderation.Outcome, error) {
		next := *dk.Case
		next.ID, next.Verdict, next.Decided, next.Reopens = dk.FreshID, moderation.Open, time.Time{}, first
		if next.ID == "" {
			return moderation.Outcome{}, errors.New("there is no id for the case that follows")
		}
		return moderation.Outcome{Case: &next, CaseChanges: moderation.CaseChanges{Appeal: &moderation.Appeal{Filed: d.now()}}}, nil
	})
	d.must(err)
	var second string
	d.must(d.sql().QueryRowContext(t.Context(), `SELECT short FROM cases WHERE reopens <> ''`).Scan(&second))
	if j := d.sits(chess, second); j != nil || d.appealed(chess, second) == nil || d.sits(chess, first) == nil {
		t.Errorf("the jury of the second is %+v", j)
	}
}

// Whether somebody wants to be asked is kept, and told to them.
func TestWillingIsKept(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.heavy()
	who := moderation.Member{ID: anna, Present: true}
	d.must(d.court.SetWilling(t.Context(), moderation.Key{Chat: chess}, who, false))
	s, err := d.court.Standing(t.Context(), 0, chess, anna, true)
	d.must(err)
	if !s.Declines {
		t.Errorf("/me says %+v", s)
	}
	d.must(d.court.SetWilling(t.Context(), moderation.Key{Chat: chess}, who, true))
	s, err = d.court.Standing(t.Context(), 0, chess, anna, true)
	d.must(err)
	if s.Declines || s.Willing.IsZero() {
		t.Errorf("/me says %+v", s)
	}
}
