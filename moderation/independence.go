package moderation

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// Ties are what is known of how the voters of a case hang together: in how many final cases each voted,
// and for each two, in how many they voted alike.
type Ties struct {
	Day    int64           // the present day; see [DayOf]
	Cases  Trace           // final cases of the group
	Tracks map[int64]Track // by member; those that are missing never voted
	Alike  map[Pair]Trace  // same case, same side; those that are missing never did
}

// Pair is two members, the smaller number first.
type Pair struct{ A, B int64 }

// PairOf is the pair of two members.
func PairOf(a, b int64) Pair { return Pair{min(a, b), max(a, b)} }

// What makes ballots look like one crowd's.
const (
	// JoinedTogether is how close to each other members of one crowd joined. Whoever is added in one go
	// joins in the same second.
	JoinedTogether = 10 * time.Minute
	// JoinedRho is the correlation that their ballots are taken to have at first. It fades, with JoinedFade
	// as its half-life, so that a group which was filled in an hour is one crowd for a month, not for ever.
	JoinedRho  = 0.95
	JoinedFade = 30 * 24 * time.Hour

	// CrowdRho is the correlation from which on two members are of one crowd.
	CrowdRho = 0.4
	// alikeShrink is how many common cases it takes for half of a correlation to be believed.
	alikeShrink = 2.0
	// alikeLeast is how many it takes for one of CrowdRho.
	alikeLeast = alikeShrink * CrowdRho / (1 - CrowdRho)
)

// rho is the correlation (the phi coefficient) of two members' voting alike, who voted in so many of all
// cases since both do and alike in so many: how much more often they did than chance explains in members
// who vote as much as they do. Shrunk for small numbers. Where both vote in every case it is 0: they could
// not do otherwise.
func rho(a, b, alike, all float64) float64 {
	all = max(all, alike)
	a, b = min(a, all), min(b, all)
	spread := a * (all - a) * b * (all - b)
	if alike <= 0 || spread <= 0 {
		return 0
	}
	phi := (all*alike - a*b) / math.Sqrt(spread)
	return max(0, min(1, phi)) * alike / (alike + alikeShrink)
}

// Crowd is ballots of one side that hang together.
type Crowd struct {
	Ballots []int   // by their index, in order
	Rho     float64 // the mean correlation of all pairs among them
	Joined  bool    // some of them joined together; else they are those who always vote together
}

// Crowds finds the crowds among the ballots of one side: who is tied to whom directly or through others.
// They are in the order of their first ballots. Two who are tied in two ways count the stronger tie, and
// two of a crowd who are not tied themselves count as 0 in its mean.
func Crowds(ballots []Ballot, side Side, ties Ties) []Crowd {
	f := newForest(len(ballots))
	came := arrivalsOf(ballots, side)
	came.tie(f)
	for _, t := range alwaysTogether(ballots, side, ties) {
		f.tie(t.i, t.j, max(0, t.rho-came.rho(t.i, t.j))) // what is more than that they joined together
	}
	return f.crowds()
}

// arrival is when the voter of a ballot joined. Of how much a correlation has faded since, the powers are
// kept that two of them make it of, since there may be very many pairs.
type arrival struct {
	ballot  int
	at      time.Duration // since some moment that is the same for all
	up      float64       // 2^(at/JoinedFade); of a group's lifetime, so that it stays finite
	castOff float64       // 2^(-cast/JoinedFade), of when the ballot was cast
}

// arrivals are those of all ballots of a side whose voters the bot saw joining.
type arrivals struct {
	inTime []arrival // in the order of time
	of     []int     // which of them is a ballot's, counted from 1; 0 if none
}

func arrivalsOf(ballots []Ballot, side Side) arrivals {
	var all []arrival
	var start time.Time
	for i, b := range ballots {
		if b.Side != side || b.Weight <= 0 || b.Joined.IsZero() { // a weightless ballot can make no crowd of others
			continue
		}
		if start.IsZero() {
			start = b.Joined
		}
		at, cast := b.Joined.Sub(start), b.At.Sub(start)
		all = append(all, arrival{i, at, math.Exp2(at.Hours() / JoinedFade.Hours()), math.Exp2(-cast.Hours() / JoinedFade.Hours())})
	}
	slices.SortFunc(all, func(a, b arrival) int { return cmp.Or(cmp.Compare(a.at, b.at), a.ballot-b.ballot) })
	of := make([]int, len(ballots))
	for k, a := range all {
		of[a.ballot] = k + 1
	}
	return arrivals{all, of}
}

// with is the correlation of two who joined together, the second not before the first; 0 if it has faded.
// It is as old as the younger of them was at the earlier of their votes.
func (a arrival) with(b arrival) float64 {
	if rho := JoinedRho * min(1, b.up*max(a.castOff, b.castOff)); rho >= CrowdRho {
		return rho
	}
	return 0
}

// tie ties all who joined within [JoinedTogether] of each other.
func (c arrivals) tie(f *forest) {
	for k, a := range c.inTime {
		for _, b := range c.inTime[k+1:] {
			if b.at-a.at > JoinedTogether {
				break
			}
			if rho := a.with(b); rho > 0 {
				f.tie(a.ballot, b.ballot, rho)
				f.joined[a.ballot] = true
			}
		}
	}
}

// rho is the correlation of two ballots' voters as far as it comes from their joining together.
func (c arrivals) rho(i, j int) float64 {
	x, y := min(c.of[i], c.of[j]), max(c.of[i], c.of[j])
	if x == 0 || c.inTime[y-1].at-c.inTime[x-1].at > JoinedTogether {
		return 0
	}
	return c.inTime[x-1].with(c.inTime[y-1])
}

// alwaysTogether are the ballots of members who nearly always vote alike, two by two, in order.
func alwaysTogether(ballots []Ballot, side Side, ties Ties) []tie {
	if len(ties.Alike) == 0 {
		return nil
	}
	at, cases := make(map[int64]int, len(ballots)), ties.Cases.On(ties.Day)
	voted, before := make([]float64, len(ballots)), make([]float64, len(ballots))
	for i, b := range ballots {
		if b.Side == side && b.Weight > 0 {
			at[b.Voter] = i
			track := ties.Tracks[b.Voter].On(ties.Day)
			voted[i], before[i] = track.Voted, track.Before
		}
	}
	var all []tie
	for p, alike := range ties.Alike {
		if alike.Sum < alikeLeast {
			continue
		}
		i, ok := at[p.A]
		if !ok {
			continue
		}
		j, ok := at[p.B]
		if !ok {
			continue
		}
		if r := rho(voted[i], voted[j], alike.On(ties.Day), cases-max(before[i], before[j])); r >= CrowdRho {
			all = append(all, tie{min(i, j), max(i, j), r})
		}
	}
	slices.SortFunc(all, func(a, b tie) int { return cmp.Or(a.i-b.i, a.j-b.j) })
	return all
}

// weigh is what a crowd's ballots weigh together: their sum divided by Kish's design effect 1+(n-1)ρ
// (Kish, "Survey Sampling", 1965), by which n answers that hang together tell as much as fewer that do
// not; but no less than the weightiest of them, so that nobody is silenced by being shadowed. That
// correlated voices count as few is also how the connection-oriented matching of quadratic funding and
// X's Community Notes ("correlated raters count as one") meet crowds.
func (c Crowd) weigh(of func(int) float64) float64 {
	sum, most := 0.0, 0.0
	for _, i := range c.Ballots {
		sum += of(i)
		most = max(most, of(i))
	}
	return max(most, sum/(1+float64(len(c.Ballots)-1)*c.Rho))
}

// forest keeps which ballots are tied (union-find), and how much.
type forest struct {
	parent []int
	size   []int
	rho    []float64 // the sum of all ties of a ballot, each noted with one of its two
	joined []bool    // a ballot has ties from joining, likewise
}

type tie struct {
	i, j int
	rho  float64
}

func newForest(n int) *forest {
	f := &forest{parent: make([]int, n), size: make([]int, n), rho: make([]float64, n), joined: make([]bool, n)}
	for i := range f.parent {
		f.parent[i], f.size[i] = i, 1
	}
	return f
}

func (f *forest) root(i int) int {
	for f.parent[i] != i {
		f.parent[i] = f.parent[f.parent[i]]
		i = f.parent[i]
	}
	return i
}

// tie notes that two ballots hang together.
func (f *forest) tie(i, j int, rho float64) {
	f.rho[i] += rho
	if f.parent[i] == f.parent[j] { // most often, in a large crowd
		return
	}
	a, b := f.root(i), f.root(j)
	if a == b {
		return
	}
	if f.size[a] < f.size[b] {
		a, b = b, a
	}
	f.parent[b] = a
	f.size[a] += f.size[b]
}

// crowds are the trees of at least two.
func (f *forest) crowds() []Crowd {
	at := map[int]int{}
	var all []Crowd
	for i := range f.parent {
		r := f.root(i)
		if f.size[r] < 2 {
			continue
		}
		k, ok := at[r]
		if !ok {
			k = len(all)
			at[r] = k
			all = append(all, Crowd{})
		}
		c := &all[k]
		c.Ballots = append(c.Ballots, i)
		c.Rho += f.rho[i]
		c.Joined = c.Joined || f.joined[i]
	}
	for k := range all {
		n := float64(len(all[k].Ballots))
		all[k].Rho /= n * (n - 1) / 2
	}
	return all
}
