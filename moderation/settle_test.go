package moderation_test

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
	"github.com/ostrakon-bot/ostrakon/moderation/weight/weighttest"
)

// settle settles what is final, and wants that many cases to be.
func (r *fixture) settle(want int) {
	r.t.Helper()
	if n, err := r.court.Settle(r.ctx); n != want || err != nil {
		r.t.Errorf("settled %d, %v; want %d", n, err, want)
	}
}

// A case can be overturned for seven days. What it teaches is noted on the first day that begins later, so
// that all that changes for a member on that day is of all cases of a day.
func TestSettleWhenNothingCanChangeAnyMore(t *testing.T) {
	t.Parallel()
	midnight := noon.Truncate(day)
	for name, test := range map[string]struct {
		decided, now time.Time
		want         int
	}{
		"on the eighth day":                    {noon, midnight.Add(8*day - 1), 0},
		"when it is over":                      {noon, midnight.Add(8 * day), 1},
		"decided as the day begins":            {midnight, midnight.Add(8*day - 1), 0},
		"decided as it ends":                   {midnight.Add(day - time.Second), midnight.Add(8 * day), 1},
		"long ago":                             {noon, midnight.Add(99 * day), 1},
		"seven days have passed, not the last": {noon, noon.Add(moderation.FinalAfter + time.Hour), 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newFixture(t)
			m.now = test.decided
			k, open := m.reports(41, anna, bob), m.reports(42, anna)
			m.must(m.admin(k, moderation.Dismissed))
			m.carried()
			m.now = test.now
			m.settle(test.want)
			m.settle(0) // once
			m.want()
			for who, wrong := range map[int64]float64{anna: 1, bob: 1, carl: 0} {
				want := weight.VoteRecord{}
				if test.want > 0 && wrong > 0 {
					want = weight.VoteRecord{Wrong: 1, Voted: 1, Day: moderation.DayOf(m.now), Abuse: weight.ReportAbuse{Cast: 1, Missed: 1}}
				}
				if got := m.voteRecords[member{club, who}]; got != want {
					t.Errorf("vote record of %s: %+v, want %+v", names[who], got, want)
				}
			}
			if len(open.ballots) != 1 || (len(k.ballots) == 0) != (test.want > 0) {
				t.Errorf("ballots %+v; of the open case %+v", k.ballots, open.ballots)
			}
		})
	}
}

// What an overturned verdict teaches is the opposite, in time or not at all.
func TestSettleAfterAReversal(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	k := m.reports(41, anna)
	m.must(m.vote(k, bob, moderation.Fine))
	m.must(m.admin(k, moderation.Upheld))
	m.now = m.now.Add(6 * day)
	m.must(m.overturn(k))
	m.now = m.now.Add(2 * day)
	m.settle(1)
	if a, b := m.voteRecords[member{club, anna}], m.voteRecords[member{club, bob}]; a.Wrong != 1 || a.Right != 0 || b.Right != 1 || b.Wrong != 0 {
		t.Errorf("vote records %+v and %+v", a, b)
	}
	late := m.reports(42, anna)
	m.must(m.admin(late, moderation.Upheld))
	m.now = m.now.Add(9 * day)
	m.settle(1)
	was := m.voteRecords[member{club, anna}]
	m.must(m.overturn(late)) // the penalty ends, but who voted is forgotten
	m.now = m.now.Add(9 * day)
	m.settle(0)
	if got := m.voteRecords[member{club, anna}]; got != was || got.Right != 1 {
		t.Errorf("vote record was %+v, is %+v", was, got)
	}
}

func TestOneThatCannotBeSettledIsInNobodysWay(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	first, second := m.reports(41, anna), m.reports(42, anna)
	m.must(m.admin(first, moderation.Upheld))
	m.must(m.admin(second, moderation.Upheld))
	m.broken[first.ID] = true
	m.now = m.now.Add(9 * day)
	if n, err := m.court.Settle(t.Context()); n != 1 || !errors.Is(err, errBroken) {
		t.Errorf("settled %d, %v", n, err)
	}
	if len(first.ballots) != 1 || len(second.ballots) != 0 {
		t.Errorf("ballots %+v and %+v", first.ballots, second.ballots)
	}
}

// closingOf is a case that an admin upheld, about to be settled.
func closingOf(ballots []moderation.Ballot, ties weight.Ties) moderation.Closing {
	return moderation.Closing{
		Chat: moderation.Chat{Policy: moderation.DefaultPolicy()}, Case: moderation.Case{Verdict: moderation.Upheld, ByAdmin: true},
		Ballots: ballots, Ties: ties,
	}
}

func TestSettlement(t *testing.T) {
	ties := weighttest.Voted(3, 40, 8, 4)
	ties.Records[9] = weight.VoteRecord{Right: 5, Day: today} // who is not in this case
	on := today + 180                                         // half of what was is left
	couples := func(of ...weight.Pair) map[weight.Pair]weight.Trace {
		all := map[weight.Pair]weight.Trace{}
		for _, p := range of {
			all[p] = weight.Trace{Sum: 1, Day: on}
			if p.B <= 3 {
				all[p] = weight.Trace{Sum: 3, Day: on}
			}
		}
		return all
	}
	for name, test := range map[string]struct {
		verdict moderation.Verdict
		ballots []moderation.Ballot
		cases   float64
		voted   map[int64]float64
		alike   map[weight.Pair]weight.Trace
	}{
		"of two on each side": {
			moderation.Upheld, both(breaks(1, 1), fine(1, 0)), 21, map[int64]float64{1: 5, 2: 5, 3: 5, 4: 1},
			couples(weight.Pair{A: 1, B: 2}, weight.Pair{A: 3, B: 4}),
		},
		"of three on one": {
			moderation.Dismissed, both(breaks(1, 1, 1)), 21, map[int64]float64{1: 5, 2: 5, 3: 5},
			couples(weight.Pair{A: 1, B: 2}, weight.Pair{A: 1, B: 3}, weight.Pair{A: 2, B: 3}),
		},
		"that expired, too":      {moderation.Expired, both(breaks(1, 1)), 21, map[int64]float64{1: 5, 2: 5}, couples(weight.Pair{A: 1, B: 2})},
		"that was withdrawn":     {moderation.Withdrawn, both(fine(1, 1)), 40, map[int64]float64{}, nil},
		"on which nobody voted":  {moderation.Upheld, nil, 40, map[int64]float64{}, nil},
		"on which one did alone": {moderation.Expired, both(breaks(1)), 21, map[int64]float64{1: 5}, couples()},
	} {
		t.Run(name, func(t *testing.T) {
			cl := closingOf(test.ballots, ties)
			cl.Case.Verdict = test.verdict
			s := cl.Settle(on)
			if got := s.Cases.Sum; got != test.cases {
				t.Errorf("cases %v, want %v", got, test.cases)
			}
			got := map[int64]float64{}
			for who, votes := range s.VoteRecords {
				got[who] = votes.Voted
				if votes.Day != on {
					t.Errorf("vote record of %d: %+v", who, votes)
				}
			}
			if !maps.Equal(got, test.voted) {
				t.Errorf("voted %v, want %v", got, test.voted)
			}
			if !maps.Equal(s.Alike, test.alike) {
				t.Errorf("voted alike %v, want %v", s.Alike, test.alike)
			}
		})
	}
}

// Of large public cases it says nothing who was there too, and there would be very many pairs.
func TestLargeSidesAreNotCompared(t *testing.T) {
	const most = moderation.MaxCompared
	for fewer, want := range map[int]int{0: 3 + most*(most-1)/2, 1: 3} {
		s := closingOf(both(fine(1, 1, 1), breaks(weighttest.Times(most+fewer, 1)...)), weight.Ties{}).Settle(today)
		if len(s.Alike) != want || len(s.VoteRecords) != 3+most+fewer {
			t.Errorf("of %d against 3: %d pairs, want %d; %d vote records", most+fewer, len(s.Alike), want, len(s.VoteRecords))
		}
	}
}

// Four sleepers always report the same, and rightly, until they have the best of records. Together they are
// one voice all the same, and decide nothing.
func TestSleepersBecomeOneVoice(t *testing.T) {
	t.Parallel()
	m := newFixture(t)
	sleepers, others := []int64{21, 22, 23, 24}, []int64{anna, bob, carl}
	m.tune(func(p *moderation.Policy) { p.Threshold = moderation.MaxThreshold })
	for message := range int64(24) {
		who := others
		if message%2 == 0 {
			who = sleepers
		}
		k := m.reports(message+100, who[:2]...)
		for _, id := range who[2:] {
			m.must(m.vote(k, id, moderation.Breaks))
		}
		m.must(m.admin(k, moderation.Upheld))
		m.now = m.now.Add(day)
	}
	m.now = m.now.Add(9 * day)
	m.settle(24)
	m.tune(func(p *moderation.Policy) { p.Threshold = 3 })
	m.records = map[member]moderation.Record{} // Mallory is somebody else now
	m.history = map[member][]moderation.Offence{}
	k := m.reports(41, sleepers[0], sleepers[1])
	for _, id := range sleepers[2:] {
		m.must(m.vote(k, id, moderation.Breaks))
	}
	if k.Verdict != moderation.Open {
		t.Errorf("case %+v", k.Case)
	}
	for _, b := range k.ballots {
		if b.Weight <= 1 {
			t.Errorf("ballot %+v", b)
		}
	}
}

// books is what is remembered of a group's members through many settlements.
type books struct {
	ties weight.Ties
	last int64
}

// settleAnything settles whatever cases on whatever days, also when the clock is set back. After each it
// checks that no sum is negative or no number, and that they fit together. No two voted alike more often
// than either voted. Nobody voted in more cases than there were, nor learned more than they voted.
func settleAnything(t *rapid.T) {
	const voters, slack = 8, 1 + 1e-9
	b := books{weighttest.Voted(0, 0, 0, 0), today}
	t.Repeat(map[string]func(*rapid.T){
		"": func(t *rapid.T) {
			b.ties.Day = b.last
			sound := func(x float64, what string) {
				t.Helper()
				if x < 0 || math.IsNaN(x) || math.IsInf(x, 0) {
					t.Fatalf("%s is %v", what, x)
				}
			}
			all := b.ties.Cases.On(b.last)
			sound(all, "the number of cases")
			for who, votes := range b.ties.Records {
				votes = votes.On(b.last)
				c := votes.Abuse
				for _, x := range []float64{votes.Right, votes.Wrong, votes.Voted, votes.Credibility(), c.Cast, c.Missed} {
					sound(x, fmt.Sprintf("in %+v a number", votes))
				}
				if votes.Voted > all*slack || votes.Right+votes.Wrong > votes.Voted*slack || c.Missed > c.Cast || c.Cast > votes.Voted*slack {
					t.Fatalf("%d of %v cases: %+v", who, all, votes)
				}
			}
			for p, trace := range b.ties.Alike {
				both := trace.On(b.last)
				sound(both, "how often two voted alike")
				if most := min(b.ties.Records[p.A].On(b.last).Voted, b.ties.Records[p.B].On(b.last).Voted); both > most*slack || p.A >= p.B {
					t.Fatalf("%+v voted alike %v times, and one of them only %v times at all", p, both, most)
				}
			}
		},
		"settle": func(t *rapid.T) {
			b.last += rapid.Int64Range(-3, 60).Draw(t, "days later")
			weights := rapid.SampledFrom([]float64{0, 0.25, 1, weight.MaxCredibility})
			var ballots []moderation.Ballot
			for who := range int64(voters) {
				if rapid.Bool().Draw(t, "votes") {
					w := weights.Draw(t, "weight")
					ballots = append(ballots, moderation.Ballot{Ballot: weight.Ballot{Voter: who + 1, Side: weighttest.DrawSide(t), Weight: w, At: noon}})
				}
			}
			cl := closingOf(ballots, b.ties)
			cl.Case.Verdict = rapid.SampledFrom([]moderation.Verdict{
				moderation.Upheld, moderation.Dismissed, moderation.Expired, moderation.Withdrawn,
			}).Draw(t, "verdict")
			cl.Case.ByAdmin = rapid.Bool().Draw(t, "by an admin")
			if cl.Case.Verdict == moderation.Upheld {
				cl.Case.Reversed = rapid.SampledFrom([]moderation.Reversal{"", moderation.Overturned, moderation.Pardoned}).Draw(t, "reversed")
			}
			s := cl.Settle(b.last)
			if again := cl.Settle(b.last); !reflect.DeepEqual(s, again) {
				t.Fatalf("settled as %+v, and as %+v", s, again)
			}
			b.ties.Cases = s.Cases
			maps.Copy(b.ties.Records, s.VoteRecords)
			maps.Copy(b.ties.Alike, s.Alike)
			for _, e := range s.Effects {
				if e.Kind() != moderation.EffectCaution || !slices.ContainsFunc(ballots, func(b moderation.Ballot) bool { return b.Voter == e.Whom() }) {
					t.Fatalf("unforeseen: %+v", e)
				}
			}
		},
	})
}

func TestSettlementsFitTogether(t *testing.T) { rapid.Check(t, settleAnything) }

func FuzzSettle(f *testing.F) { f.Fuzz(rapid.MakeFuzz(settleAnything)) }
