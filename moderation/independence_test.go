package moderation_test

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

func TestPairOf(t *testing.T) {
	if a, b := moderation.PairOf(anna, bob), moderation.PairOf(bob, anna); a != b || a != (moderation.Pair{A: anna, B: bob}) {
		t.Errorf("%+v and %+v", a, b)
	}
}

// joined are ballots against a message, cast at noon by members who joined that long before, one after the
// other; of 0 the bot did not see it.
func joined(ago ...time.Duration) []moderation.Ballot {
	ballots := breaks(times(len(ago), 1)...)
	for i, d := range ago {
		ballots[i].Face, ballots[i].At = 1, noon
		if d > 0 {
			ballots[i].Joined = noon.Add(-d)
		}
	}
	return both(ballots)
}

func TestCrowdsThatJoinedTogether(t *testing.T) {
	const minute, month = time.Minute, moderation.JoinedFade
	ancient := 36 * day // when a little more is left of the correlation than it takes
	for name, test := range map[string]struct {
		ballots []moderation.Ballot
		want    []moderation.Crowd
	}{
		"nobody was seen joining": {joined(0, 0, 0), nil},
		"in the same second":      {joined(1, 1), []moderation.Crowd{{Ballots: []int{0, 1}, Rho: 0.95, Joined: true}}},
		"ten minutes apart":       {joined(0, 10*minute, 1), []moderation.Crowd{{Ballots: []int{1, 2}, Rho: 0.95, Joined: true}}},
		"a second more":           {joined(10*minute+time.Second, 1), nil},
		"through others":          {joined(18*minute, 1, 9*minute), []moderation.Crowd{{Ballots: []int{0, 1, 2}, Rho: 0.95 * (1 + math.Exp2(-9.0/60/24/30)) / 3, Joined: true}}},
		"twice two": {joined(day, day+1, 2*day, 2*day+1), []moderation.Crowd{
			{Ballots: []int{0, 1}, Rho: 0.95 * math.Exp2(-1.0/30), Joined: true}, {Ballots: []int{2, 3}, Rho: 0.95 * math.Exp2(-2.0/30), Joined: true},
		}},
		"longer ago":                      {joined(38*day, 38*day), nil},
		"not quite as long ago":           {joined(ancient, ancient), []moderation.Crowd{{Ballots: []int{0, 1}, Rho: 0.95 * math.Exp2(-1.2), Joined: true}}},
		"one of them voted at the time":   {earlier(joined(month, month), 0, month), []moderation.Crowd{{Ballots: []int{0, 1}, Rho: 0.95, Joined: true}}},
		"or before, if clocks say so":     {earlier(joined(1, 1), 1, day), []moderation.Crowd{{Ballots: []int{0, 1}, Rho: 0.95, Joined: true}}},
		"the later one's is the age":      {joined(ancient+10*minute, ancient), []moderation.Crowd{{Ballots: []int{0, 1}, Rho: 0.95 * math.Exp2(-1.2), Joined: true}}},
		"on the other side is no matter":  {defend(joined(1, 1), 1), nil},
		"nor is who defends between them": {defend(joined(18*minute, 1, 9*minute), 2), nil},
	} {
		t.Run(name, func(t *testing.T) {
			sameCrowds(t, moderation.Crowds(test.ballots, moderation.Breaks, moderation.Ties{}), test.want)
		})
	}
}

// earlier has one of the ballots cast that long before.
func earlier(ballots []moderation.Ballot, i int, by time.Duration) []moderation.Ballot {
	ballots[i].At = ballots[i].At.Add(-by)
	return ballots
}

// defend turns one of the ballots.
func defend(ballots []moderation.Ballot, i int) []moderation.Ballot {
	ballots[i].Side = moderation.Fine
	return ballots
}

func sameCrowds(t failer, got, want []moderation.Crowd) {
	t.Helper()
	if !slices.EqualFunc(got, want, func(a, b moderation.Crowd) bool {
		return slices.Equal(a.Ballots, b.Ballots) && near(a.Rho, b.Rho) && a.Joined == b.Joined
	}) {
		t.Errorf("crowds %+v\nwant %+v", got, want)
	}
}

// voted are ties among as many voters, of whom each voted in so many of the group's final cases, and each
// two voted alike in so many.
func voted(voters int, all, each, alike float64) moderation.Ties {
	t := moderation.Ties{
		Day: today, Cases: moderation.Trace{Sum: all, Day: today},
		Tracks: map[int64]moderation.Track{}, Alike: map[moderation.Pair]moderation.Trace{},
	}
	for a := range int64(voters) {
		t.Tracks[a+1] = moderation.Track{Voted: each, Day: today}
		for b := range a {
			t.Alike[moderation.PairOf(a+1, b+1)] = moderation.Trace{Sum: alike, Day: today}
		}
	}
	return t
}

// The correlation of two who vote is how much more often they vote alike than chance has it (phi), less
// while there are few cases to judge by.
func TestCrowdsThatAlwaysVoteTogether(t *testing.T) {
	for name, test := range map[string]struct {
		all, each, alike float64
		rho              float64 // 0 if they are no crowd
	}{
		"never":                            {100, 10, 0, 0},
		"always, in many cases":            {100, 10, 10, 10.0 / 12},
		"always, in few":                   {100, 2, 2, 0.5},
		"always, but once":                 {100, 1, 1, 0},
		"always, as everybody":             {10, 10, 10, 0}, // they could not do otherwise
		"as often as chance has it":        {100, 50, 25, 0},
		"less often":                       {100, 50, 10, 0},
		"as often as not":                  {100, 20, 10, 0}, // (100·10-400)/(20·80) = 3/8
		"three times in four":              {100, 20, 15, 0.6875 * 15 / 17},
		"before there was a count of all":  {0, 10, 10, 0},
		"more often than they ever voted":  {100, 10, 30, 30.0 / 32}, // which cannot be; but what is more than 1 is 1
		"in a group with hardly any cases": {11, 10, 10, 10.0 / 12},
	} {
		t.Run(name, func(t *testing.T) {
			var want []moderation.Crowd
			if test.rho > 0 {
				want = []moderation.Crowd{{Ballots: []int{0, 1, 2}, Rho: test.rho}}
			}
			sameCrowds(t, moderation.Crowds(joined(0, 0, 0), moderation.Breaks, voted(3, test.all, test.each, test.alike)), want)
		})
	}
}

func TestWhatIsKnownOfPairs(t *testing.T) {
	together := func() moderation.Ties { return voted(3, 100, 10, 10) }
	for name, test := range map[string]struct {
		ballots []moderation.Ballot
		ties    func(*moderation.Ties)
		want    []moderation.Crowd
	}{
		"is forgotten evenly, so that a habit stays one": {
			joined(0, 0, 0), func(t *moderation.Ties) { t.Day += 180 }, []moderation.Crowd{{Ballots: []int{0, 1, 2}, Rho: 5.0 / 7}},
		},
		"until too little is left": {joined(0, 0, 0), func(t *moderation.Ties) { t.Day += 900 }, nil},
		"ties through others": {
			joined(0, 0, 0), func(t *moderation.Ties) { delete(t.Alike, moderation.Pair{A: 1, B: 3}) },
			[]moderation.Crowd{{Ballots: []int{0, 1, 2}, Rho: 2 * 10.0 / 12 / 3}},
		},
		"is nothing without both records": {joined(0, 0, 0), func(t *moderation.Ties) { delete(t.Tracks, 2) }, []moderation.Crowd{{Ballots: []int{0, 2}, Rho: 10.0 / 12}}},
		"does not look across the sides":  {defend(joined(0, 0, 0), 1), func(*moderation.Ties) {}, []moderation.Crowd{{Ballots: []int{0, 2}, Rho: 10.0 / 12}}},
		"is of no matter to who is away":  {joined(0), func(*moderation.Ties) {}, nil},
		"is less than having joined together": {
			joined(0, 1, 1), func(t *moderation.Ties) {
				clear(t.Alike)
				t.Alike[moderation.Pair{A: 2, B: 3}] = moderation.Trace{Sum: 10, Day: today}
			},
			[]moderation.Crowd{{Ballots: []int{1, 2}, Rho: 0.95, Joined: true}},
		},
		"is more than having joined long ago": {
			joined(0, 27*day, 27*day), func(t *moderation.Ties) { delete(t.Tracks, 1) }, []moderation.Crowd{{Ballots: []int{1, 2}, Rho: 10.0 / 12, Joined: true}},
		},
		"makes one crowd with those who joined": {
			joined(1, 1, 0), func(t *moderation.Ties) { delete(t.Alike, moderation.Pair{A: 1, B: 3}) },
			[]moderation.Crowd{{Ballots: []int{0, 1, 2}, Rho: (0.95 + 10.0/12) / 3, Joined: true}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			ties := together()
			test.ties(&ties)
			sameCrowds(t, moderation.Crowds(test.ballots, moderation.Breaks, ties), test.want)
		})
	}
}

// drawCast draws ballots of all weights by members who may have joined together, and ties among them.
func drawCast(t *rapid.T, most int) ([]moderation.Ballot, moderation.Ties) {
	n := rapid.IntRange(0, most).Draw(t, "voters")
	ballots := make([]moderation.Ballot, n)
	ties := voted(n, float64(rapid.IntRange(0, 60).Draw(t, "cases")), 0, 0)
	clear(ties.Alike)
	for i := range ballots {
		b := moderation.Ballot{Side: drawSide(t), Face: rapid.Float64Range(0, moderation.MaxCredibility).Draw(t, "face"), At: noon}
		b.Weight = b.Face * rapid.SampledFrom([]float64{1, 1, 1, moderation.NewcomerWeight}).Draw(t, "discount")
		if ago := rapid.SampledFrom([]time.Duration{0, 0, time.Hour, day, 20 * day, 40 * day}).Draw(t, "came"); ago > 0 {
			b.Joined = noon.Add(-ago - time.Duration(rapid.IntRange(0, 3000).Draw(t, "seconds"))*time.Second)
		}
		b.At = b.At.Add(-time.Duration(rapid.IntRange(0, 300).Draw(t, "minutes")) * time.Minute)
		b.Proven = rapid.Bool().Draw(t, "proven")
		ballots[i] = b
		ties.Tracks[int64(i+1)] = moderation.Track{Voted: float64(rapid.IntRange(0, 40).Draw(t, "voted")), Before: float64(rapid.IntRange(0, 40).Draw(t, "before")), Day: today - 30}
	}
	for range rapid.IntRange(0, 2*n).Draw(t, "pairs") {
		a, b := rapid.Int64Range(1, int64(n)).Draw(t, "a"), rapid.Int64Range(1, int64(n)).Draw(t, "b")
		if a != b {
			ties.Alike[moderation.PairOf(a, b)] = moderation.Trace{Sum: float64(rapid.IntRange(0, 40).Draw(t, "alike")), Day: today - 9}
		}
	}
	return both(ballots), ties
}

// tied is the correlation of two ballots as the doc comments define it, 0 if it is too small to count.
func tied(a, b moderation.Ballot, ties moderation.Ties) (rho float64, together bool) {
	if apart := a.Joined.Sub(b.Joined).Abs(); !a.Joined.IsZero() && !b.Joined.IsZero() && apart <= moderation.JoinedTogether {
		last := a.Joined
		if b.Joined.After(last) {
			last = b.Joined
		}
		first := a.At
		if b.At.Before(first) {
			first = b.At
		}
		rho = moderation.JoinedRho * math.Pow(0.5, max(0, first.Sub(last).Hours())/moderation.JoinedFade.Hours())
		together = rho >= moderation.CrowdRho
	}
	alike := ties.Alike[moderation.PairOf(a.Voter, b.Voter)].On(ties.Day)
	of, with := ties.Tracks[a.Voter].On(ties.Day), ties.Tracks[b.Voter].On(ties.Day)
	all := max(ties.Cases.On(ties.Day)-max(of.Before, with.Before), alike)
	x, y := min(of.Voted, all), min(with.Voted, all)
	if spread := x * (all - x) * y * (all - y); spread > 0 && alike > 0 {
		rho = max(rho, min(1, (all*alike-x*y)/math.Sqrt(spread))*alike/(alike+2))
	}
	if rho < moderation.CrowdRho {
		return 0, false
	}
	return rho, together
}

// crowdsOf finds crowds the long way: each ballot that has no crowd yet gathers all whom it can reach.
func crowdsOf(ballots []moderation.Ballot, side moderation.Side, ties moderation.Ties) []moderation.Crowd {
	var all []moderation.Crowd
	seen := map[int]bool{}
	for i := range ballots {
		if ballots[i].Side != side || ballots[i].Weight <= 0 || seen[i] {
			continue
		}
		c := moderation.Crowd{Ballots: []int{i}}
		seen[i] = true
		for k := 0; k < len(c.Ballots); k++ {
			for j := range ballots {
				if rho, _ := tied(ballots[c.Ballots[k]], ballots[j], ties); ballots[j].Side == side && ballots[j].Weight > 0 && !seen[j] && rho > 0 {
					c.Ballots = append(c.Ballots, j)
					seen[j] = true
				}
			}
		}
		slices.Sort(c.Ballots)
		for k, a := range c.Ballots {
			for _, b := range c.Ballots[:k] {
				rho, together := tied(ballots[a], ballots[b], ties)
				c.Rho += rho
				c.Joined = c.Joined || together
			}
		}
		if n := float64(len(c.Ballots)); n > 1 {
			c.Rho /= n * (n - 1) / 2
			all = append(all, c)
		}
	}
	return all
}

// Crowds are who can reach each other by ties, and their correlation the mean of all pairs', those that
// are not tied counting as 0.
func TestCrowdsAreWhoHangsTogether(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ballots, ties := drawCast(t, 24)
		for _, side := range []moderation.Side{moderation.Breaks, moderation.Fine} {
			sameCrowds(t, moderation.Crowds(ballots, side, ties), crowdsOf(ballots, side, ties))
		}
	})
}

// A crowd never weighs less than its weightiest ballot, nor more than all of them.
func TestCrowdWeighsBetweenItsWeightiestAndItsSum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 60).Draw(t, "ballots")
		ballots := joined(slices.Repeat([]time.Duration{time.Second + time.Duration(rapid.Int64Range(0, int64(27*day)).Draw(t, "ago"))}, n)...)
		most, all := 0.0, 0.0
		for i := range ballots {
			w := rapid.Float64Range(0.01, moderation.MaxCredibility).Draw(t, "weight") // a weightless ballot hangs together with none
			ballots[i].Weight, ballots[i].Face = w, w
			most, all = max(most, w), all+w
		}
		if len(moderation.Crowds(ballots, moderation.Breaks, moderation.Ties{})) != 1 {
			t.Fatal("they are no crowd")
		}
		if got := judge(ballots, moderation.DefaultPolicy()).Score; got < most-1e-9 || got > all+1e-9 {
			t.Fatalf("%d ballots weigh %v together; the weightiest %v, all %v", n, got, most, all)
		}
	})
}

// Kish's design effect: n ballots of weight w that hang together by ρ weigh n·w/(1+(n-1)ρ).
func TestCrowdOfEqualsWeighsAsKishSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, w := rapid.IntRange(2, 60).Draw(t, "ballots"), rapid.Float64Range(0, moderation.MaxCredibility).Draw(t, "weight")
		age := rapid.Int64Range(1, int64(27*day/time.Second)).Draw(t, "seconds")
		ballots := joined(slices.Repeat([]time.Duration{time.Duration(age) * time.Second}, n)...)
		for i := range ballots {
			ballots[i].Weight, ballots[i].Face = w, w
		}
		rho := moderation.JoinedRho * math.Exp2(-float64(age)/moderation.JoinedFade.Seconds())
		want := float64(n) * w / (1 + float64(n-1)*rho)
		if got := judge(ballots, moderation.DefaultPolicy()).Score; !near(got, want) {
			t.Fatalf("%d of %v by %v weigh %v, want %v", n, w, rho, got, want)
		}
	})
}

// However many join together, they are little more than one.
func TestThrongIsLittleMoreThanOne(t *testing.T) {
	for _, n := range []int{2, 10, 500} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			if got := judge(joined(slices.Repeat([]time.Duration{time.Hour}, n)...), moderation.DefaultPolicy()); got.Score > 1.06 || got.Verdict.Final() {
				t.Errorf("they come to %+v", got)
			}
		})
	}
}

// Members who begin to vote in a group with a past, and then do in every case, are no crowd for that.
func TestLateVotersAreNoCrowd(t *testing.T) {
	ballots := joined(0, 0, 0)
	for before, want := range map[float64]int{0: 1, 20: 0} {
		ties := voted(3, 30, 10, 10)
		for who, track := range ties.Tracks {
			track.Before = before
			ties.Tracks[who] = track
		}
		if got := moderation.Crowds(ballots, moderation.Breaks, ties); len(got) != want {
			t.Errorf("%g cases before them: crowds %+v, want %d", before, got, want)
		}
	}
}
