package weight

import (
	"math/bits"
	"slices"
)

const (
	// exactBallots is how many ballots connected by ties are weighed exactly; graphs of so many fit into a machine word.
	exactBallots = 64
	// foldedBallots is of how many ballots those are left out first that are not needed, so that a group of hundreds is
	// as good as one.
	foldedBallots = 256
	// mostVoices is how many voices a side has at most.
	mostVoices = 512
)

// untied finds the heaviest set of ballots of which no two are tied (a maximum weight independent set), in the order
// of casting. Weights are positive; tied is symmetric.
//
// The set is exact as long as no more than [exactBallots] are connected that cannot be folded; see [graph.fold]. So it is
// for any 64 ballots, and for groups of up to [foldedBallots]. Of more it is exact for as many of the first as it can be.
// Each of those behind them counts if it is tied to none that counts already, up to [mostVoices]. So the time is bounded,
// and a ballot at the end takes nothing from those before it: more of the first may be exact by it, never fewer.
func (g graph) untied(weights []float64, tied func(i, j int) bool) (set []int, weight float64) {
	first := len(g.ties)
	g.weights = weights[:first]
	parts := g.fold(first)
	for !solvable(parts) {
		first--
		parts = g.fold(first)
	}
	for _, part := range parts {
		w, s := g.small(part).solve(part)
		set, weight = append(set, s...), weight+w
	}
	slices.Sort(set)
	for i := first; i < len(weights) && len(set) < mostVoices; i++ {
		if !slices.ContainsFunc(set, func(j int) bool { return tied(j, i) }) {
			set, weight = append(set, i), weight+weights[i]
		}
	}
	return set, weight
}

// graph is up to 256 ballots, the first of some, and who is tied to whom.
type graph struct {
	weights []float64
	ties    []wide
}

// wide is a set of up to 256 ballots.
type wide [foldedBallots / 64]uint64

func (w *wide) add(i int)     { w[i/64] |= 1 << (i % 64) }
func (w *wide) remove(i int)  { w[i/64] &^= 1 << (i % 64) }
func (w wide) has(i int) bool { return w[i/64]&(1<<(i%64)) != 0 }

func (w wide) and(o wide) wide {
	for k := range w {
		w[k] &= o[k]
	}
	return w
}

// within reports whether all of w are in o.
func (w wide) within(o wide) bool {
	for k := range w {
		if w[k]&^o[k] != 0 {
			return false
		}
	}
	return true
}

// each are the ballots in it, in order.
func (w wide) each() []int {
	var all []int
	for k, word := range w {
		for ; word != 0; word &= word - 1 {
			all = append(all, 64*k+bits.TrailingZeros64(word))
		}
	}
	return all
}

func newGraph(ballots int, tied func(i, j int) bool) graph {
	g := graph{ties: make([]wide, min(ballots, foldedBallots))}
	for i := range g.ties {
		for j := range i {
			if tied(i, j) {
				g.ties[i].add(j)
				g.ties[j].add(i)
			}
		}
	}
	return g
}

// fold leaves out of the first n ballots what some heaviest set does without. That is a ballot tied to another which is no
// lighter and has no further ties. In a group in which all are tied, that is everybody but the heaviest. It returns the
// rest, part by part.
func (g graph) fold(n int) []wide {
	var left wide
	for i := range n {
		left.add(i)
	}
	for folded := true; folded; {
		folded = false
		for _, i := range left.each() {
			around := g.ties[i].and(left)
			around.add(i)
			for _, j := range around.each() {
				other := g.ties[j]
				other.add(j)
				if j != i && left.has(i) && left.has(j) && g.weights[i] >= g.weights[j] && around.and(left).within(other) {
					left.remove(j)
					folded = true
				}
			}
		}
	}
	return g.parts(left)
}

// parts are the sets that are connected by ties.
func (g graph) parts(left wide) []wide {
	var parts []wide
	for _, i := range left.each() {
		if !left.has(i) {
			continue
		}
		var part wide
		part.add(i)
		left.remove(i)
		for grown := []int{i}; len(grown) > 0; grown = grown[1:] {
			for _, j := range g.ties[grown[0]].and(left).each() {
				part.add(j)
				left.remove(j)
				grown = append(grown, j)
			}
		}
		parts = append(parts, part)
	}
	return parts
}

func solvable(parts []wide) bool {
	return !slices.ContainsFunc(parts, func(p wide) bool { return len(p.each()) > exactBallots })
}

// small is a part of the graph with numbers of its own.
func (g graph) small(part wide) small {
	members := part.each()
	s := small{weights: make([]float64, len(members)), ties: make([]uint64, len(members))}
	for a, i := range members {
		s.weights[a] = g.weights[i]
		for b, j := range members {
			if g.ties[i].has(j) {
				s.ties[a] |= 1 << b
			}
		}
	}
	return s
}

// small is a graph of up to 64 ballots. A set of them is a word with a bit for each.
type small struct {
	weights []float64
	ties    []uint64
}

// solve is the heaviest set, in the numbers of the part that the graph was made of.
func (g small) solve(part wide) (weight float64, set []int) {
	members := part.each()
	weight, chosen := g.heaviest(^uint64(0) >> (64 - len(members)))
	for a, i := range members {
		if chosen&(1<<a) != 0 {
			set = append(set, i)
		}
	}
	return weight, set
}

// heaviest is the heaviest set within a part of the graph, and its weight. Parts that are not connected are solved
// apart. Of each, what some heaviest set does without is left out. Then the ballot with the most ties is tried both
// ways. The hardest graphs of 64 ballots that chance makes take 30 ms; those of real groups take microseconds.
func (g small) heaviest(part uint64) (weight float64, set uint64) {
	for part != 0 {
		own := g.connected(part)
		part &^= own
		w, s := g.heaviestConnected(own)
		weight, set = weight+w, set|s
	}
	return weight, set
}

// connected is all that hangs together with the lowest ballot of a part.
func (g small) connected(part uint64) uint64 {
	seen := part & -part
	for grown := seen; grown != 0; {
		next := uint64(0)
		for rest := grown; rest != 0; rest &= rest - 1 {
			next |= g.ties[bits.TrailingZeros64(rest)]
		}
		grown = next & part &^ seen
		seen |= grown
	}
	return seen
}

func (g small) heaviestConnected(part uint64) (float64, uint64) {
	if needless, ok := g.dominated(part); ok {
		return g.heaviest(part &^ needless)
	}
	most, at := -1, 0
	for rest := part; rest != 0; rest &= rest - 1 {
		i := bits.TrailingZeros64(rest)
		if n := bits.OnesCount64(g.ties[i] & part); n > most {
			most, at = n, i
		}
	}
	if most == 0 {
		return g.weights[at], part
	}
	one := uint64(1) << at
	with, withSet := g.heaviest(part &^ g.ties[at] &^ one)
	with += g.weights[at]
	without, withoutSet := g.heaviest(part &^ one)
	if without > with {
		return without, withoutSet
	}
	return with, withSet | one
}

// dominated finds a ballot of the part that some heaviest set does without, as [graph.fold] does.
func (g small) dominated(part uint64) (uint64, bool) {
	for rest := part; rest != 0; rest &= rest - 1 {
		i := bits.TrailingZeros64(rest)
		around := g.ties[i]&part | 1<<i
		for near := g.ties[i] & part; near != 0; near &= near - 1 {
			j := bits.TrailingZeros64(near)
			if g.weights[i] >= g.weights[j] && around&^(g.ties[j]|1<<j) == 0 {
				return 1 << j, true
			}
		}
	}
	return 0, false
}
