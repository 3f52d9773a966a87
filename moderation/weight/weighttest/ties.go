package weighttest

import (
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// Voted are ties among as many voters, of whom each voted in so many of the group's final cases, and each
// two voted alike in so many.
func Voted(voters int, all, each, alike float64) weight.Ties {
	t := weight.Ties{
		Day: Today, Cases: weight.Trace{Sum: all, Day: Today},
		Records: map[int64]weight.VoteRecord{}, Alike: map[weight.Pair]weight.Trace{},
	}
	for a := range int64(voters) {
		t.Records[a+1] = weight.VoteRecord{Voted: each, Day: Today}
		for b := range a {
			t.Alike[weight.PairOf(a+1, b+1)] = weight.Trace{Sum: alike, Day: Today}
		}
	}
	return t
}

// DrawSide draws a side.
func DrawSide(t *rapid.T) weight.Side {
	return rapid.SampledFrom([]weight.Side{weight.Breaks, weight.Fine}).Draw(t, "side")
}

// DrawCast draws ballots of all weights by members who may be new or have joined together, and ties among them.
func DrawCast(t *rapid.T, most int) ([]weight.Ballot, weight.Ties) {
	n := rapid.IntRange(0, most).Draw(t, "voters")
	ballots := make([]weight.Ballot, n)
	ties := Voted(n, float64(rapid.IntRange(0, 60).Draw(t, "cases")), 0, 0)
	clear(ties.Alike)
	for i := range ballots {
		b := weight.Ballot{Side: DrawSide(t), Weight: rapid.Float64Range(0, weight.MaxCredibility).Draw(t, "weight"), At: Noon}
		b.New = rapid.SampledFrom([]bool{false, false, false, true}).Draw(t, "new")
		if ago := rapid.SampledFrom([]time.Duration{0, 0, time.Hour, day, 20 * day, 100 * day}).Draw(t, "came"); ago > 0 {
			b.Joined = Noon.Add(-ago - time.Duration(rapid.IntRange(0, 3000).Draw(t, "seconds"))*time.Second)
		}
		b.At = b.At.Add(-time.Duration(rapid.IntRange(0, 300).Draw(t, "minutes")) * time.Minute)
		ballots[i] = b
		ties.Records[int64(i+1)] = weight.VoteRecord{Voted: float64(rapid.IntRange(0, 40).Draw(t, "voted")), Before: float64(rapid.IntRange(0, 40).Draw(t, "before")), Day: Today - 30}
	}
	for range rapid.IntRange(0, 2*n).Draw(t, "pairs") {
		a, b := rapid.Int64Range(1, int64(n)).Draw(t, "a"), rapid.Int64Range(1, int64(n)).Draw(t, "b")
		if a != b {
			ties.Alike[weight.PairOf(a, b)] = weight.Trace{Sum: float64(rapid.IntRange(0, 40).Draw(t, "alike")), Day: Today - 9}
		}
	}
	return Both(ballots), ties
}

// TiedAs are ballots and ties of as many members as a graph has corners: who is tied to whom is up to it.
func TiedAs(n int, tied func(i, j int) bool) ([]weight.Ballot, weight.Ties) {
	ties := Voted(n, 1000, 10, 0)
	clear(ties.Alike)
	for i := range n {
		for j := range i {
			if tied(i, j) {
				ties.Alike[weight.PairOf(int64(i+1), int64(j+1))] = weight.Trace{Sum: 10, Day: Today}
			}
		}
	}
	return Joined(make([]time.Duration, n)...), ties
}
