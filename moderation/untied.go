package moderation

import "math/bits"

// exactBallots is how many ballots of one side are weighed exactly; graphs of so many fit into a machine word.
const exactBallots = 64

// mostVoices is how many voices a side has at most. A vote in which both sides have so many is undecided anyway.
const mostVoices = 2 * exactBallots

// untied finds the heaviest set of ballots of which no two are tied (a maximum weight independent set). Weights are
// positive; tied is symmetric.
//
// The first [exactBallots] are weighed exactly, whatever ties there are. Of those behind them each counts if it is tied
// to none that counts already, up to [mostVoices]. So a ballot added at the end never takes anything from those before
// it, and the time is bounded: the exact part has at most 64 ballots, and each further one is compared with 128.
func untied(weights []float64, tied func(i, j int) bool) (set []int, weight float64) {
	first := min(len(weights), exactBallots)
	g := graph{weights: weights[:first], ties: make([]uint64, first)}
	for i := range first {
		for j := range i {
			if tied(i, j) {
				g.ties[i] |= 1 << j
				g.ties[j] |= 1 << i
			}
		}
	}
	weight, chosen := g.heaviest(all(first))
	for i := range first {
		if chosen&(1<<i) != 0 {
			set = append(set, i)
		}
	}
	for i := first; i < len(weights) && len(set) < mostVoices; i++ {
		if !tiedToAny(set, i, tied) {
			set, weight = append(set, i), weight+weights[i]
		}
	}
	return set, weight
}

func tiedToAny(set []int, i int, tied func(i, j int) bool) bool {
	for _, j := range set {
		if tied(j, i) {
			return true
		}
	}
	return false
}

// graph is up to 64 ballots and who is tied to whom. A set of them is a word with a bit for each.
type graph struct {
	weights []float64
	ties    []uint64
}

func all(n int) uint64 {
	if n == 64 {
		return ^uint64(0)
	}
	return 1<<n - 1
}

// heaviest is the heaviest set within a part of the graph, and its weight. Parts that are not connected are solved
// apart; of each, what some heaviest set does without is left out, and then the ballot with the most ties is tried both
// ways. The hardest graphs of 64 ballots that chance makes take 30 ms; those of real groups take microseconds.
func (g graph) heaviest(part uint64) (weight float64, set uint64) {
	for part != 0 {
		own := g.connected(part)
		part &^= own
		w, s := g.heaviestConnected(own)
		weight, set = weight+w, set|s
	}
	return weight, set
}

// connected is all that hangs together with the lowest ballot of a part.
func (g graph) connected(part uint64) uint64 {
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

func (g graph) heaviestConnected(part uint64) (float64, uint64) {
	if twin, ok := g.dominated(part); ok {
		return g.heaviest(part &^ twin)
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

// dominated finds a ballot of the part that some heaviest set does without: one that is tied to another which is no
// lighter and has no tie that it has not as well. In a crowd in which all are tied, that is everybody but the heaviest.
func (g graph) dominated(part uint64) (uint64, bool) {
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
