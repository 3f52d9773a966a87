package weight

import (
	"cmp"
	"slices"
	"time"
)

// Side is what a ballot says.
type Side string

// The two sides of a ballot.
const (
	Breaks Side = "breaks" // the message breaks the rules; a report is such a ballot
	Fine   Side = "fine"   // the message is fine
)

// Valid reports whether s is one of the two sides.
func (s Side) Valid() bool { return s == Breaks || s == Fine }

// Ballot is what counts of one member's ballot in one case.
type Ballot struct {
	Voter  int64     // the member
	Side   Side      // what they said last
	Weight float64   // how much it counts by itself, fixed when it was cast
	New    bool      // they were a new member when it was cast, so that it decides nothing
	Joined time.Time // when the voter was seen joining; zero if nobody saw it
	At     time.Time // when they last changed it
	Order  int       // of all ballots of the case, in the order in which they were last changed
}

// counts reports whether the ballot can be a voice at all.
func (b Ballot) counts() bool { return !b.New && b.Weight > 0 }

// Of are the ballots of one side.
func Of(ballots []Ballot, side Side) []Ballot {
	var of []Ballot
	for _, b := range ballots {
		if b.Side == side {
			of = append(of, b)
		}
	}
	return of
}

// inOrder are the ballots that can be voices, in the order in which they were cast.
func inOrder(ballots []Ballot) []Ballot {
	counting := make([]Ballot, 0, len(ballots))
	for _, b := range ballots {
		if b.counts() {
			counting = append(counting, b)
		}
	}
	slices.SortStableFunc(counting, func(a, b Ballot) int { return cmp.Or(a.Order-b.Order, a.At.Compare(b.At)) })
	return counting
}

// without returns ballots less the voter's, leaving the argument as it is.
func without(ballots []Ballot, voter int64) []Ballot {
	return slices.DeleteFunc(slices.Clone(ballots), func(b Ballot) bool { return b.Voter == voter })
}

// nextOrder is the place of a ballot that is cast last.
func nextOrder(ballots []Ballot) int {
	last := 0
	for _, b := range ballots {
		last = max(last, b.Order)
	}
	return last + 1
}
