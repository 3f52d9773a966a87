package storage_test

import (
	"errors"
	"reflect"
	"testing"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// settled settles what was decided up to now.
func (d *desk) settled(learn func(moderation.Closing) moderation.Settlement) int {
	d.t.Helper()
	n, err := d.Settle(d.t.Context(), d.now().Add(day), learn)
	d.must(err)
	return n
}

func TestSettlementIsKeptWhole(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.report(anna, 41)
	d.report(bob, 41)
	d.uphold(id)
	today := moderation.DayOf(d.now())
	ofAnna := weight.VoteRecord{
		Right: 1.5, Wrong: 0.25, Voted: 3, Before: 7.5, Day: today - 1,
		Abuse: weight.ReportAbuse{Cast: 11, Missed: 4.5, Noted: true, Pauses: 2, Until: today - 3},
	}
	whole(t, ofAnna)
	whole(t, ofAnna.Abuse)
	ofBob := weight.VoteRecord{Right: 1, Voted: 2, Day: today}
	pair, both := weight.PairOf(anna, bob), weight.Trace{Sum: 1.75, Day: today - 2}
	cases := weight.Trace{Sum: 12.5, Day: today}
	d.settled(func(cl moderation.Closing) moderation.Settlement {
		if cl.Case.ID != id || cl.Chat.ID != chess || len(cl.Ballots) != 2 {
			t.Errorf("settled is %+v", cl)
		}
		return moderation.Settlement{
			Cases: cases, VoteRecords: map[int64]weight.VoteRecord{anna: ofAnna, bob: ofBob}, Alike: map[weight.Pair]weight.Trace{pair: both},
		}
	})
	d.close()
	d.open()
	next := d.report(anna, 42)
	d.report(bob, 42)
	got := d.docket(moderation.Key{Chat: chess, Case: next, Actor: carl}).Ties
	want := weight.Ties{
		Day: today, Cases: cases, Records: map[int64]weight.VoteRecord{anna: ofAnna, bob: ofBob, carl: {}},
		Alike: map[weight.Pair]weight.Trace{pair: both},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("kept %+v\nwant %+v", got, want)
	}
	if other := d.docket(moderation.Key{Chat: chess - 1, Actor: anna}).Ties; other.Records[anna] != (weight.VoteRecord{}) {
		t.Errorf("in another group there is %+v", other)
	}
}

func TestEachCaseIsSettledOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for m := range int64(3) {
		d.uphold(d.report(anna, 41+m))
	}
	d.report(anna, 51) // open
	var seen []string
	note := func(cl moderation.Closing) moderation.Settlement {
		seen = append(seen, cl.Case.ID)
		return moderation.Settlement{}
	}
	if n := d.settled(note); n != 3 || len(seen) != 3 {
		t.Errorf("settled are %d, %v; want 3", n, seen)
	}
	if n := d.settled(note); n != 0 || len(seen) != 3 {
		t.Errorf("settled again are %d, %v", n, seen)
	}
}

// Ballots that cannot be read teach nothing, and are in nobody's way; they are destroyed all the same.
func TestDamagedBallotsAreDestroyedToo(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	bad, good := d.report(anna, 41), d.report(anna, 42)
	d.uphold(bad)
	d.uphold(good)
	if _, err := d.sql().ExecContext(t.Context(), `UPDATE ballot SET sealed = 'x' WHERE case_id = (SELECT id FROM cases WHERE short = ?)`, bad); err != nil {
		t.Fatal(err)
	}
	n, err := d.Settle(t.Context(), d.now().Add(day), func(cl moderation.Closing) moderation.Settlement { return cl.Settle(moderation.DayOf(d.now())) })
	if n != 2 || err == nil || errors.Is(err, moderation.ErrUnavailable) {
		t.Errorf("settled are %d, %v; want two, and that one was damaged", n, err)
	}
	if left := d.number(`SELECT (SELECT count(*) FROM ballot) + (SELECT count(*) FROM cases WHERE key IS NOT NULL)`); left != 0 {
		t.Errorf("%d ballots and keys are left", left)
	}
	if voted := d.docket(moderation.Key{Chat: chess, Actor: anna}).Ties.Records[anna].Voted; voted != 1 {
		t.Errorf("learned of %v cases; want 1", voted)
	}
}

// Of many who voted the same, no two are laid beside each other.
func TestOfManyNobodyIsCompared(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.report(anna, 41)
	for i := range int64(moderation.MaxCompared) {
		d.decide(moderation.Key{Chat: chess, Case: id, Actor: bob + i}, moderation.Outcome{
			Case:        d.docket(moderation.Key{Chat: chess, Case: id}).Case,
			CaseChanges: moderation.CaseChanges{Cast: &moderation.Ballot{Ballot: weight.Ballot{Voter: bob + i, Side: moderation.Breaks, Weight: 0.01, At: d.now()}}},
		})
	}
	d.uphold(id)
	d.settled(func(cl moderation.Closing) moderation.Settlement { return cl.Settle(moderation.DayOf(d.now())) })
	if n := d.number(`SELECT count(*) FROM alike`); n != 0 {
		t.Errorf("%d pairs are kept", n)
	}
	if n := d.number(`SELECT count(*) FROM track`); n != moderation.MaxCompared+1 {
		t.Errorf("%d tracks are kept; want one for each voter", n)
	}
}

func TestRecordsAreForgotten(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.report(anna, 41)
	d.report(bob, 41)
	d.uphold(id)
	d.settled(func(cl moderation.Closing) moderation.Settlement { return cl.Settle(moderation.DayOf(d.now())) })
	for _, c := range []struct {
		after int
		left  int64
	}{{719, 3}, {721, 0}} {
		d.must(d.Forget(t.Context(), d.now().AddDate(0, 0, c.after)))
		if n := d.number(`SELECT (SELECT count(*) FROM track) + (SELECT count(*) FROM alike)`); n != c.left {
			t.Errorf("after %d days %d rows are left; want %d", c.after, n, c.left)
		}
	}
}
