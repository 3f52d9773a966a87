package weight_test

import (
	"maps"
	"math"
	"math/big"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation/weight"
	"github.com/ostrakon-bot/ostrakon/moderation/weight/weighttest"
)

func breaks(weights ...float64) []weight.Ballot { return weighttest.Say(weight.Breaks, weights...) }

func fine(weights ...float64) []weight.Ballot { return weighttest.Say(weight.Fine, weights...) }

// judge is [weight.Judge] of voters of whom nothing is known.
func judge(ballots []weight.Ballot, t weight.Terms) weight.Judgement {
	return weight.Judge(ballots, weight.Ties{}, t)
}

// usualTerms are those of a group of the usual size.
var usualTerms = weight.Terms{Threshold: 3, Quorum: 2}

func TestJudge(t *testing.T) {
	heavy := weight.Terms{Threshold: 2, Quorum: 2}
	four := weight.Terms{Threshold: 3, Quorum: 4}
	for name, test := range map[string]struct {
		terms   weight.Terms
		ballots []weight.Ballot
		want    weight.Side
	}{
		"no ballots decide nothing":                  {usualTerms, nil, ""},
		"three members uphold":                       {usualTerms, weighttest.Both(breaks(1, 1, 1)), weight.Breaks},
		"three members dismiss":                      {usualTerms, weighttest.Both(fine(1, 1, 1)), weight.Fine},
		"just below the threshold stays open":        {usualTerms, weighttest.Both(breaks(1, 1, 0.75)), ""},
		"just above minus the threshold stays open":  {usualTerms, weighttest.Both(fine(1, 1, 0.75)), ""},
		"a rounding below it does not":               {usualTerms, weighttest.Both(breaks(0.1, 0.2, 2.7)), weight.Breaks},
		"a tie convicts nobody":                      {heavy, weighttest.Both(breaks(1, 1, 1), fine(1, 1, 1)), ""},
		"the threshold without a quorum stays open":  {heavy, weighttest.Both(breaks(2.5)), ""},
		"the same with a quorum upholds":             {heavy, weighttest.Both(breaks(2.5, 0.25)), weight.Breaks},
		"to dismiss needs the same quorum":           {four, weighttest.Both(fine(1, 1, 1)), ""},
		"and has it":                                 {four, weighttest.Both(fine(1, 1, 1, 1)), weight.Fine},
		"to uphold too":                              {four, weighttest.Both(breaks(2, 2, 2)), ""},
		"a quorum of one is two":                     {weight.Terms{Threshold: 2, Quorum: 1}, weighttest.Both(breaks(2.5)), ""},
		"voters against do not make a quorum for":    {heavy, weighttest.Both(breaks(2.5), fine(0.25)), ""},
		"any number of new members do nothing":       {usualTerms, weighttest.Both(weighttest.NewMembers(breaks(weighttest.Times(40, 1)...))), ""},
		"nor do they dismiss":                        {usualTerms, weighttest.Both(weighttest.NewMembers(fine(weighttest.Times(40, 1)...))), ""},
		"nor do they make a quorum":                  {heavy, weighttest.Both(breaks(2.5), weighttest.NewMembers(breaks(1))), ""},
		"nor stop a verdict":                         {usualTerms, weighttest.Both(breaks(1, 1, 1), weighttest.NewMembers(fine(weighttest.Times(40, 1)...)), weighttest.NewMembers(breaks(1, 1))), weight.Breaks},
		"a zero weight makes no quorum":              {heavy, weighttest.Both(breaks(2.5, 0)), ""},
		"the lead counts, not the number of ballots": {usualTerms, weighttest.Both(breaks(1, 1, 1, 1, 1), fine(1, 1)), weight.Breaks},
	} {
		t.Run(name, func(t *testing.T) {
			if got := judge(test.ballots, test.terms); got.Won != test.want {
				t.Errorf("judged %+v, want %s", got, test.want)
			}
		})
	}
}

// drawBallots draws ballots by members who are tied to nobody, some of them new; sums of quarters are exact.
func drawBallots(t *rapid.T) []weight.Ballot {
	ballot := rapid.Custom(func(t *rapid.T) weight.Ballot {
		weighs := rapid.SampledFrom([]float64{0, 0.25, 1, 2.5}).Draw(t, "weight")
		return weight.Ballot{Side: weighttest.DrawSide(t), Weight: weighs, New: rapid.Bool().Draw(t, "new")}
	})
	return weighttest.Both(rapid.SliceOfN(ballot, 0, 40).Draw(t, "ballots"))
}

func drawTerms(t *rapid.T) weight.Terms {
	return weight.Terms{Threshold: rapid.IntRange(2, 6).Draw(t, "threshold"), Quorum: rapid.IntRange(2, 5).Draw(t, "quorum")}
}

// drawAnyTerms draws whatever a group may set.
func drawAnyTerms(t *rapid.T) weight.Terms {
	return weight.Terms{Threshold: rapid.IntRange(2, 50).Draw(t, "threshold"), Quorum: rapid.IntRange(2, 20).Draw(t, "quorum")}
}

// against is the other side.
var against = map[weight.Side]weight.Side{weight.Breaks: weight.Fine, weight.Fine: weight.Breaks}

func TestUpheldAndDismissedMirror(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		terms := drawTerms(t)
		ballots, ties := weighttest.DrawCast(t, 40)
		mirrored := slices.Clone(ballots)
		for i := range mirrored {
			mirrored[i].Side = against[mirrored[i].Side]
		}
		if a, b := weight.Judge(ballots, ties, terms), weight.Judge(mirrored, ties, terms); b.Won != against[a.Won] || b.Score != -a.Score {
			t.Fatalf("%+v, and %+v with all sides turned", a, b)
		}
	})
}

// A single member can never decide anything: whatever valid settings, whatever the other side, whatever their ballot
// weighs, and with however many new members beside them.
func TestNobodyDecidesAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ballots, ties := weighttest.DrawCast(t, 30)
		side := weighttest.DrawSide(t)
		for i := range ballots {
			if ballots[i].Side == side {
				ballots[i].New = true
			}
		}
		one := weight.Ballot{Side: side, Weight: rapid.Float64Range(0, 1e6).Draw(t, "weight"), At: noon}
		if j := weight.Judge(weighttest.Both(ballots, []weight.Ballot{one}), ties, drawAnyTerms(t)); j.Won == side {
			t.Fatalf("%s by one voter: %+v", j.Won, j)
		}
	})
}

// Nor can any number of accounts that joined together, or of which each two vote alike: whatever the other side says, and
// with any new members.
func TestNoTiedMembersDecideAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 60).Draw(t, "accounts")
		side := weighttest.DrawSide(t)
		tied, ties := weighttest.Joined(slices.Repeat([]time.Duration{0}, n)...), weighttest.Voted(n, 100, 10, 10)
		if rapid.Bool().Draw(t, "joined together") {
			tied, ties = weighttest.Joined(slices.Repeat([]time.Duration{time.Hour}, n)...), weight.Ties{}
		}
		for i := range tied {
			tied[i].Side = side
			tied[i].Weight = rapid.Float64Range(0, 100).Draw(t, "weight")
		}
		others := drawBallots(t)
		for i := range others {
			others[i].New = others[i].New || others[i].Side == side
		}
		if j := weight.Judge(weighttest.Both(tied, others), ties, drawAnyTerms(t)); j.Won == side {
			t.Fatalf("%s by one tied group of %d: %+v", j.Won, n, j)
		}
	})
}

// A verdict that voices reach stands with any ballots added that are no voices, on either side and in any order. Such are
// those of new members, and of those who are tied to a voice of their side that weighs no less.
func TestNonVoicesChangeNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		terms := drawTerms(t)
		// Independent members; the ties of all that are added are fixed before they are.
		members := drawBallots(t)
		for i := range members {
			members[i].New = false
		}
		n, ties := len(members), weighttest.Voted(len(members)+40, 1000, 10, 0)
		clear(ties.Alike)
		all := slices.Clone(members)
		for k := range rapid.IntRange(0, 40).Draw(t, "added") {
			b := weight.Ballot{Voter: int64(n + k + 1), Side: weighttest.DrawSide(t), Weight: rapid.Float64Range(0, 2.5).Draw(t, "weight"), At: noon}
			if to := slices.IndexFunc(members, func(m weight.Ballot) bool { return m.Side == b.Side && m.Weight >= b.Weight && m.Weight > 0 }); to >= 0 && rapid.Bool().Draw(t, "tied") {
				ties.Alike[weight.PairOf(members[to].Voter, b.Voter)] = weight.Trace{Sum: 10, Day: today}
				for _, o := range all[n:] { // and to each other, or they would be voices of their own
					ties.Alike[weight.PairOf(o.Voter, b.Voter)] = weight.Trace{Sum: 10, Day: today}
				}
			} else {
				b.New = true
			}
			all = append(all, b)
		}
		all = rapid.Permutation(all).Draw(t, "order")
		for i := range all {
			all[i].Order = i
		}
		a, b := weight.Judge(members, ties, terms), weight.Judge(all, ties, terms)
		if a.Won != b.Won || a.Breaks.Count != b.Breaks.Count || a.Fine.Count != b.Fine.Count || !weighttest.Near(a.Score, b.Score) {
			t.Fatalf("was %+v\nis %+v", a, b)
		}
	})
}

// Ballots added to a side never help the other. The score moves towards that side or stays, what was decided for it still
// is, and nothing is decided for the other side because of them.
func TestOneMoreNeverHelpsTheOtherSide(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ballots, ties := weighttest.DrawCast(t, 40)
		terms, side := drawTerms(t), weighttest.DrawSide(t)
		if len(ballots) == 0 {
			return
		}
		last := len(ballots) - 1
		ballots[last].Side = side
		for i := range ballots {
			ballots[i].Order = i
		}
		a, b := weight.Judge(ballots[:last], ties, terms), weight.Judge(ballots, ties, terms)
		if toward := map[weight.Side]float64{weight.Breaks: 1, weight.Fine: -1}[side]; (b.Score-a.Score)*toward < -1e-9 {
			t.Fatalf("the score was %v, is %v", a.Score, b.Score)
		}
		if a.Won == side && b.Won != a.Won || b.Won == against[side] && a.Won != b.Won {
			t.Fatalf("was %+v\nis %+v", a, b)
		}
	})
}

// The order in a slice does not matter, that of casting only behind the sixty-fourth. And what is judged stays as it is.
func TestJudgeDoesNotDependOnTheOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ballots, ties := weighttest.DrawCast(t, 60)
		terms := drawTerms(t)
		shuffled := rapid.Permutation(ballots).Draw(t, "shuffled")
		sameBallots, sameTies := slices.Clone(ballots), weight.Ties{
			Day: ties.Day, Cases: ties.Cases, Records: maps.Clone(ties.Records), Alike: maps.Clone(ties.Alike),
		}
		a, b := weight.Judge(ballots, ties, terms), weight.Judge(shuffled, ties, terms)
		if !reflect.DeepEqual(ballots, sameBallots) || !reflect.DeepEqual(ties, sameTies) {
			t.Fatal("judging changed what was judged")
		}
		edge := weighttest.Near(math.Abs(a.Score), float64(terms.Threshold))
		if !weighttest.Near(a.Score, b.Score) || a.Breaks.Count != b.Breaks.Count || a.Fine.Count != b.Fine.Count || !edge && a.Won != b.Won {
			t.Fatalf("%+v in one order, %+v in another", a, b)
		}
	})
}

// Weights are logarithms of odds. Exactly, for independent voters whose records are not cut off at 0 or at
// the most, each being right as often as their record says: What they say is 3^score times as likely if
// the message breaks the rules as if it does not.
func TestScoreIsALikelihoodRatio(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var ballots []weight.Ballot
		ratio := 1.0
		for range rapid.IntRange(0, 40).Draw(t, "voters") {
			record := weight.VoteRecord{
				Right: rapid.Float64Range(0, 40).Draw(t, "right"), Wrong: rapid.Float64Range(0, 40).Draw(t, "wrong"), Day: today,
			}
			p := record.Accuracy()
			if p < 0.5 || p > 15.5/16.5 { // cut off: 3^2.5 to 1 is 15.6 to 1
				continue
			}
			b := weight.Ballot{Side: weighttest.DrawSide(t), Weight: record.Credibility()}
			if b.Side == weight.Breaks {
				ratio *= p / (1 - p) // they say so with p if it breaks the rules, with 1-p if not
			} else {
				ratio *= (1 - p) / p
			}
			ballots = append(ballots, b)
		}
		score := judge(weighttest.Both(ballots), usualTerms).Score
		if got := math.Pow(3, score); math.Abs(got-ratio) > 1e-6*ratio {
			t.Fatalf("the ratio is %v, 3^%v is %v", ratio, score, got)
		}
	})
}

// What the threshold means. Let independent voters without records, each right with probability 3/4, vote
// on a message that breaks the rules until the case is decided. The threshold is t, and the quorum is up to
// t, so that whoever leads by t meets it. Then, after however many votes, exactly 1 in 1+3^t of the
// probability that is decided is decided wrongly. In the end all of it is. So the wrong end is reached with
// probability 1/(1+3^t): for 3 with 1/28.
//
// It is computed exactly, in fractions, over all numbers of votes for and against; whether they decide is
// asked of [weight.Judge].
func TestThresholdIsWaldsTest(t *testing.T) {
	for threshold := 2; threshold <= 6; threshold++ {
		for _, quorum := range []int{2, threshold} {
			p := weight.Terms{Threshold: threshold, Quorum: quorum}
			right, wrong, open := walk(p, 15*threshold)
			odds := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(3), big.NewInt(int64(threshold)), nil))
			if new(big.Rat).Mul(wrong, odds).Cmp(right) != 0 {
				t.Errorf("threshold %d, quorum %d: right %v, wrong %v; want %v to 1", threshold, quorum, right, wrong, odds)
			}
			if left, _ := open.Float64(); left > 1e-5 {
				t.Errorf("threshold %d, quorum %d: %v is open after so many votes", threshold, quorum, left)
			}
			if sum := new(big.Rat).Add(open, new(big.Rat).Add(right, wrong)); sum.Cmp(big.NewRat(1, 1)) != 0 {
				t.Errorf("threshold %d, quorum %d: in all %v", threshold, quorum, sum)
			}
		}
	}
}

// walk is the probability that so many voters who are right three times in four decide rightly, wrongly,
// or not at all.
func walk(p weight.Terms, votes int) (right, wrong, open *big.Rat) {
	right, wrong = new(big.Rat), new(big.Rat)
	at := map[int]*big.Rat{0: big.NewRat(1, 1)} // by how many said that it breaks the rules, which is right
	for n := range votes {
		next := map[int]*big.Rat{}
		add := func(said int, of *big.Rat, quarters int64) {
			share := new(big.Rat).Mul(of, big.NewRat(quarters, 4))
			to := right
			switch judge(weighttest.Both(breaks(weighttest.Times(said, 1)...), fine(weighttest.Times(n+1-said, 1)...)), p).Won {
			case weight.Breaks:
			case weight.Fine:
				to = wrong
			default:
				if next[said] == nil {
					next[said] = new(big.Rat)
				}
				to = next[said]
			}
			to.Add(to, share)
		}
		for said, of := range at {
			add(said+1, of, 3)
			add(said, of, 1)
		}
		at = next
	}
	open = new(big.Rat)
	for _, of := range at {
		open.Add(open, of)
	}
	return right, wrong, open
}

// BenchmarkJudge500 judges a case of 500 ballots: every other of their voters joined within ten minutes, and
// 2,000 pairs have voted alike before.
func BenchmarkJudge500(b *testing.B) {
	ballots, ties := largeCase()
	b.ReportAllocs()
	for b.Loop() {
		weight.Judge(ballots, ties, usualTerms)
	}
}

func largeCase() ([]weight.Ballot, weight.Ties) {
	const voters, pairs = 500, 2000
	dice := rand.New(rand.NewPCG(1, 2))
	today := weight.DayOf(noon)
	ties := weight.Ties{
		Day: today, Cases: weight.Trace{Sum: 200, Day: today},
		Records: map[int64]weight.VoteRecord{}, Alike: map[weight.Pair]weight.Trace{},
	}
	ballots := make([]weight.Ballot, voters)
	for i := range ballots {
		id := int64(i + 1)
		b := weight.Ballot{Voter: id, Side: weight.Breaks, Weight: 1, Order: i, At: noon.Add(time.Duration(i) * time.Second)}
		if dice.IntN(5) < 2 {
			b.Side = weight.Fine
		}
		if i%2 == 0 {
			b.Joined = noon.Add(-day - time.Duration(i)*time.Second)
		}
		ballots[i] = b
		ties.Records[id] = weight.VoteRecord{Right: 8, Wrong: 2, Voted: 10 + float64(dice.IntN(20)), Day: today}
	}
	for len(ties.Alike) < pairs {
		if a, b := dice.Int64N(voters)+1, dice.Int64N(voters)+1; a != b {
			ties.Alike[weight.PairOf(a, b)] = weight.Trace{Sum: 1 + float64(dice.IntN(12)), Day: today}
		}
	}
	return ballots, ties
}
