package weight_test

import (
	"math"
	"math/bits"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation/weight"
	"github.com/ostrakon-bot/ostrakon/moderation/weight/weighttest"
)

func TestPairOf(t *testing.T) {
	if a, b := weight.PairOf(3, 7), weight.PairOf(7, 3); a != b || a != (weight.Pair{A: 3, B: 7}) {
		t.Errorf("%+v and %+v", a, b)
	}
}

// earlier has one of the ballots cast that long before.
func earlier(ballots []weight.Ballot, i int, by time.Duration) []weight.Ballot {
	ballots[i].At = ballots[i].At.Add(-by)
	return ballots
}

func TestWhoJoinedTogetherIsTied(t *testing.T) {
	const minute, long = time.Minute, weight.JoinedFor
	for name, test := range map[string]struct {
		ballots []weight.Ballot
		want    bool
	}{
		"nobody was seen joining":        {weighttest.Joined(0, 0), false},
		"one was not":                    {weighttest.Joined(0, 1), false},
		"in the same second":             {weighttest.Joined(1, 1), true},
		"ten minutes apart":              {weighttest.Joined(10*minute, 1), true},
		"a second more":                  {weighttest.Joined(10*minute+time.Second+1, 1), false},
		"not quite so long ago":          {weighttest.Joined(long-time.Second, long-time.Second), true},
		"longer ago":                     {weighttest.Joined(long, long), false},
		"the later one's is the age":     {weighttest.Joined(long+5*minute, long-minute), true},
		"one of them voted at that time": {earlier(weighttest.Joined(long, long), 0, day), true},
		"or before, if clocks say so":    {earlier(weighttest.Joined(1, 1), 1, day), true},
	} {
		t.Run(name, func(t *testing.T) {
			a, b := test.ballots[0], test.ballots[1]
			if got := (weight.Ties{}).Tied(a, b); got != test.want || (weight.Ties{}).Tied(b, a) != got {
				t.Errorf("tied: %v, want %v", got, test.want)
			}
		})
	}
}

// The correlation of two who vote is how much more often they vote alike than chance has it (phi), less
// while there are few cases to judge by.
func TestWhoAlwaysVotesAlikeIsTied(t *testing.T) {
	for name, test := range map[string]struct {
		all, each, alike float64
		want             bool
	}{
		"never":                            {100, 10, 0, false},
		"always, in many cases":            {100, 10, 10, true},
		"always, in few":                   {100, 2, 2, true},
		"always, but once":                 {100, 1, 1, false},
		"always, as everybody":             {10, 10, 10, false}, // they could not do otherwise
		"as often as chance has it":        {100, 50, 25, false},
		"less often":                       {100, 50, 10, false},
		"as often as not":                  {100, 20, 10, false}, // (100·10-400)/(20·80) = 3/8
		"three times in four":              {100, 20, 15, true},
		"before there was a count of all":  {0, 10, 10, false},
		"more often than they ever voted":  {100, 10, 30, true}, // which cannot be; but what is more than 1 is 1
		"in a group with hardly any cases": {11, 10, 10, true},
	} {
		t.Run(name, func(t *testing.T) {
			ballots := weighttest.Joined(0, 0)
			if got := weighttest.Voted(2, test.all, test.each, test.alike).Tied(ballots[0], ballots[1]); got != test.want {
				t.Errorf("tied: %v, want %v", got, test.want)
			}
		})
	}
}

func TestWhatIsKnownOfPairsIsForgotten(t *testing.T) {
	ballots := weighttest.Joined(0, 0)
	for name, test := range map[string]struct {
		change func(*weight.Ties)
		want   bool
	}{
		"evenly, so that a habit stays one": {func(t *weight.Ties) { t.Day += 180 }, true},
		"until too little is left":          {func(t *weight.Ties) { t.Day += 900 }, false},
		"with one's record":                 {func(t *weight.Ties) { delete(t.Records, 2) }, false},
	} {
		ties := weighttest.Voted(2, 100, 10, 10)
		test.change(&ties)
		if got := ties.Tied(ballots[0], ballots[1]); got != test.want {
			t.Errorf("%s: tied %v, want %v", name, got, test.want)
		}
	}
}

// Members who begin to vote in a group with a past, and then do in every case, are not tied by that.
func TestLateVotersAreNotTied(t *testing.T) {
	ballots := weighttest.Joined(0, 0)
	for before, want := range map[float64]bool{0: true, 20: false} {
		ties := weighttest.Voted(2, 30, 10, 10)
		for who, record := range ties.Records {
			record.Before = before
			ties.Records[who] = record
		}
		if got := ties.Tied(ballots[0], ballots[1]); got != want {
			t.Errorf("%g cases before them: tied %v, want %v", before, got, want)
		}
	}
}

// voicesByTrying are the voices among ballots, found by trying all sets of them.
func voicesByTrying(ballots []weight.Ballot, ties weight.Ties) (best weight.Voices) {
	for set := range 1 << len(ballots) {
		v := weight.Voices{Count: bits.OnesCount(uint(set))}
		ok := true
		for i, a := range ballots {
			if set&(1<<i) == 0 {
				continue
			}
			v.Weight += a.Weight
			ok = ok && !a.New && a.Weight > 0
			for j, b := range ballots[:i] {
				ok = ok && (set&(1<<j) == 0 || !ties.Tied(a, b))
			}
		}
		if ok {
			best.Count, best.Weight = max(best.Count, v.Count), max(best.Weight, v.Weight)
		}
	}
	return best
}

func TestVoicesAreTheLargestAndTheHeaviestUntiedSet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ballots, ties := weighttest.DrawCast(t, 12)
		got, want := weight.VoicesOf(ballots, ties), voicesByTrying(ballots, ties)
		if got.Count != want.Count || !weighttest.Near(got.Weight, want.Weight) {
			t.Fatalf("voices %+v, want %+v", got, want)
		}
	})
}

// Of graphs whose largest untied set is known, up to as many ballots as are weighed exactly.
func TestVoicesOfKnownGraphs(t *testing.T) {
	for name, test := range map[string]struct {
		n    int
		tied func(i, j int) bool
		want int
	}{
		"nobody is tied":           {64, func(int, int) bool { return false }, 64},
		"all are":                  {64, func(int, int) bool { return true }, 1},
		"a chain":                  {64, func(i, j int) bool { return i-j == 1 }, 32},
		"a circle":                 {63, func(i, j int) bool { return i-j == 1 || i-j == 62 }, 31},
		"one tied to everybody":    {64, func(_, j int) bool { return j == 0 }, 63},
		"two sides of a quarrel":   {60, func(i, j int) bool { return i%2 != j%2 }, 30},
		"sixteen times four tied":  {64, func(i, j int) bool { return i/4 == j/4 }, 16},
		"a grid of eight by eight": {64, func(i, j int) bool { return i-j == 8 || i-j == 1 && i%8 > 0 }, 32},
		"a chessboard's queens":    {64, queens, 8},
	} {
		t.Run(name, func(t *testing.T) {
			ballots, ties := weighttest.TiedAs(test.n, test.tied)
			if got := weight.VoicesOf(ballots, ties); got.Count != test.want || !weighttest.Near(got.Weight, float64(test.want)) {
				t.Errorf("voices %+v, want %d", got, test.want)
			}
		})
	}
}

// queens reports whether queens on two squares of a chessboard threaten each other.
func queens(i, j int) bool {
	x, y := i%8-j%8, i/8-j/8
	return x == 0 || y == 0 || x == y || x == -y
}

// Who votes as somebody always does takes nothing from them or their side; nor do several, or a chain of them.
func TestWhoCopiesVotesTakesNothing(t *testing.T) {
	for name, tied := range map[string]func(i, j int) bool{
		"one copies each":   func(i, j int) bool { return i-j == 4 },
		"one of all":        func(i, j int) bool { return i == 4 && j < 4 },
		"a chain of them":   func(i, j int) bool { return i == j+4 || i == j+3 && j > 0 },
		"all tied together": func(i, j int) bool { return i >= 4 },
	} {
		t.Run(name, func(t *testing.T) {
			ballots, ties := weighttest.TiedAs(8, tied)
			alone := weight.VoicesOf(ballots[:4], ties)
			for n := 4; n <= 8; n++ {
				if got := weight.VoicesOf(ballots[:n], ties); got.Count < alone.Count || got.Weight < alone.Weight {
					t.Errorf("with %d who copy %+v, without %+v", n-4, got, alone)
				}
			}
		})
	}
}

// However many join together, they are one.
func TestAllTiedAreOneVoice(t *testing.T) {
	for _, n := range []int{2, 10, 64, 500} {
		if got := weight.VoicesOf(weighttest.Joined(slices.Repeat([]time.Duration{time.Hour}, n)...), weight.Ties{}); got.Count != 1 || got.Weight != 1 {
			t.Errorf("%d that joined together: %+v", n, got)
		}
	}
}

// Behind the sixty-fourth ballot too, whoever is tied to nobody counts, and many tied ones in front are in nobody's way.
func TestVoicesBehindManyTied(t *testing.T) {
	ago := slices.Repeat([]time.Duration{time.Hour}, 100)
	if got := weight.VoicesOf(weighttest.Joined(append(ago, 0, 0, 0)...), weight.Ties{}); got.Count != 4 || got.Weight != 4 {
		t.Errorf("three members behind a hundred accounts: %+v", got)
	}
	if got := weight.VoicesOf(weighttest.Joined(make([]time.Duration, 1000)...), weight.Ties{}); got.Count != 512 {
		t.Errorf("a thousand independent members: %+v", got)
	}
}

// Many tied members who vote first take nothing from those who come after them, though one of them is tied to those too.
func TestTiedInFrontTakeNothing(t *testing.T) {
	for _, n := range []int{1, 40, 63, 64, 65, 200, 252} {
		tied := func(i, j int) bool { return i < n || j == 0 } // the first is tied to the three behind too
		ballots, ties := weighttest.TiedAs(n+3, func(i, j int) bool { return j < n && tied(i, j) })
		ballots[0].Weight = 2
		for i := range ballots {
			ballots[i].Order = i
		}
		want := weight.Voices{Count: 4, Weight: 4}
		if n == 1 {
			want = weight.Voices{Count: 3, Weight: 3}
		}
		if got := weight.VoicesOf(ballots, ties); got != want {
			t.Errorf("three members behind %d accounts: %+v, want %+v", n, got, want)
		}
	}
}

// Beyond what can be weighed exactly, ballots added at the end still take nothing: chains of ties that cannot be folded.
func TestHugeTangleIsMonotone(t *testing.T) {
	tangle := func(i, j int) bool { return (i-j)%7 == 3 || i-j == 11 || i*j%13 == 5 }
	ballots, ties := weighttest.TiedAs(180, tangle)
	for i := range ballots {
		ballots[i].Order = i
		ballots[i].Weight = 1 + float64(i*i%5)/4
	}
	var before weight.Voices
	for n := 60; n <= len(ballots); n += 6 {
		got := weight.VoicesOf(ballots[:n], ties)
		if got.Count < before.Count || got.Weight < before.Weight-1e-9 {
			t.Fatalf("%d ballots come to %+v, fewer of them to %+v", n, got, before)
		}
		before = got
	}
}

// Ballots added never lower a side's voices or its weight, whatever they are and however many there are.
func TestBallotsAddedTakeNothingFromTheirSide(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ballots, ties := weighttest.DrawCast(t, 90)
		for i := range ballots {
			ballots[i].Side, ballots[i].Order = weight.Breaks, i
		}
		before := rapid.IntRange(0, len(ballots)).Draw(t, "before")
		a, b := weight.VoicesOf(ballots[:before], ties), weight.VoicesOf(ballots, ties)
		if b.Count < a.Count || b.Weight < a.Weight-1e-9 {
			t.Fatalf("%d ballots: %+v; with %d more: %+v", before, a, len(ballots)-before, b)
		}
	})
}

// A tie is of two: it is the same with the two changed about, and nobody else bears on it.
func TestTieIsOfTwo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ballots, ties := weighttest.DrawCast(t, 12)
		if len(ballots) < 2 {
			return
		}
		a, b := ballots[0], ballots[1]
		alone := weight.Ties{
			Day: ties.Day, Cases: ties.Cases, Records: map[int64]weight.VoteRecord{a.Voter: ties.Records[a.Voter], b.Voter: ties.Records[b.Voter]},
			Alike: map[weight.Pair]weight.Trace{},
		}
		if trace, ok := ties.Alike[weight.PairOf(a.Voter, b.Voter)]; ok {
			alone.Alike[weight.PairOf(a.Voter, b.Voter)] = trace
		}
		if got := ties.Tied(a, b); ties.Tied(b, a) != got || alone.Tied(a, b) != got {
			t.Fatalf("tied %v; changed about %v, alone %v", got, ties.Tied(b, a), alone.Tied(a, b))
		}
		if math.IsNaN(weight.VoicesOf(ballots, ties).Weight) {
			t.Fatal("the weight is no number")
		}
	})
}
