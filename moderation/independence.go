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
	CrowdRho = 0.5
	// alikeShrink is how many common cases it takes for half of a correlation to be believed.
	alikeShrink = 2.0
)

// rho is the correlation (the phi coefficient) of two members' voting alike: how much more often they
// did than chance explains in members who vote as much as they do. Shrunk for small numbers. Where
// everybody votes in every case it is 0: they could not do otherwise.
func (t Ties) rho(p Pair) float64 {
	both := t.Alike[p].On(t.Day)
	a, b := t.Tracks[p.A].On(t.Day).Voted, t.Tracks[p.B].On(t.Day).Voted
	all := max(t.Cases.On(t.Day), a, b)
	spread := a * (all - a) * b * (all - b)
	if both <= 0 || spread <= 0 {
		return 0
	}
	phi := (all*both - a*b) / math.Sqrt(spread)
	return max(0, min(1, phi)) * both / (both + alikeShrink)
}

// Crowd is ballots of one side that hang together.
type Crowd struct {
	Ballots []int   // by their index, in order
	Rho     float64 // the mean correlation of all pairs among them
	Joined  bool    // some of them joined together; else they are those who always vote together
}

// Crowds finds the crowds among the ballots of one side: who is tied to whom directly or through others.
// They are in the order of their first ballots.
func Crowds(ballots []Ballot, side Side, ties Ties) []Crowd {
	f := newForest(len(ballots))
	joinedTogether(ballots, side, f)
	alwaysTogether(ballots, side, ties, f)
	return f.crowds()
}

// joinedTogether ties the ballots of members who joined within [JoinedTogether] of each other.
func joinedTogether(ballots []Ballot, side Side, f *forest) {
	var seen []int
	for i, b := range ballots {
		if b.Side == side && !b.Joined.IsZero() {
			seen = append(seen, i)
		}
	}
	slices.SortFunc(seen, func(i, j int) int { return ballots[i].Joined.Compare(ballots[j].Joined) })
	for k, i := range seen {
		for _, j := range seen[k+1:] {
			a, b := ballots[i], ballots[j]
			if b.Joined.Sub(a.Joined) > JoinedTogether {
				break
			}
			age := max(0, min(a.At.Sub(b.Joined), b.At.Sub(b.Joined)))
			f.tie(i, j, JoinedRho*math.Exp2(-age.Hours()/JoinedFade.Hours()), true)
		}
	}
}

// alwaysTogether ties the ballots of members who nearly always vote alike.
func alwaysTogether(ballots []Ballot, side Side, ties Ties, f *forest) {
	if len(ties.Alike) == 0 {
		return
	}
	at := map[int64]int{}
	for i, b := range ballots {
		if b.Side == side {
			at[b.Voter] = i
		}
	}
	for p := range ties.Alike {
		i, a := at[p.A]
		j, b := at[p.B]
		if a && b {
			f.tie(i, j, ties.rho(p), false)
		}
	}
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
	ties   []tie
}

type tie struct {
	i, j   int
	rho    float64
	joined bool
}

func newForest(n int) *forest {
	f := &forest{parent: make([]int, n), size: make([]int, n)}
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

// tie notes that two ballots hang together, if they do enough.
func (f *forest) tie(i, j int, rho float64, joined bool) {
	if rho < CrowdRho {
		return
	}
	f.ties = append(f.ties, tie{min(i, j), max(i, j), rho, joined})
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

// crowds are the trees of at least two. Two ballots that are tied in two ways count the stronger tie, and
// two of a crowd that are not tied themselves count as 0 in its mean.
func (f *forest) crowds() []Crowd {
	if len(f.ties) == 0 {
		return nil
	}
	slices.SortFunc(f.ties, func(a, b tie) int {
		return cmp.Or(cmp.Compare(a.i, b.i), cmp.Compare(a.j, b.j), cmp.Compare(b.rho, a.rho))
	})
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
		all[k].Ballots = append(all[k].Ballots, i)
	}
	for k, t := range f.ties {
		c := &all[at[f.root(t.i)]]
		c.Joined = c.Joined || t.joined
		if k == 0 || f.ties[k-1].i != t.i || f.ties[k-1].j != t.j {
			c.Rho += t.rho
		}
	}
	for k := range all {
		n := float64(len(all[k].Ballots))
		all[k].Rho /= n * (n - 1) / 2
	}
	return all
}
