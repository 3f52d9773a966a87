package moderation

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

// Ballot is one member's vote in one case. There is at most one per member and case.
//
// The voter is known only inside a decision: the store keeps ballots sealed under a key of their
// case, which is destroyed when the case is final.
type Ballot struct {
	Voter    int64     // the member
	Language string    // to tell them the outcome in
	Side     Side      // what they said last
	Weight   float64   // how much it counts by itself, fixed when it was cast; see [Voter.Ballot]
	New      bool      // they were a new member when it was cast, so that it decides nothing
	Joined   time.Time // when the bot saw the voter join; zero if it did not
	Reported bool      // they reported the message, whatever they say now, and hear how the case ends
	NoCard   bool      // this report brings no card; see [CardsBrought]
	Rule     RuleID    // the rule they named; empty if none
	At       time.Time // when they last changed it
	Order    int       // of all ballots of the case, in the order in which they were last changed
	Private  bool      // they have opened the private chat; filled by the store, not kept
}

// counts reports whether the ballot can be a voice at all.
func (b Ballot) counts() bool { return !b.New && b.Weight > 0 }

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

// find returns the index of the voter's ballot, or -1.
func find(ballots []Ballot, voter int64) int {
	for i := range ballots {
		if ballots[i].Voter == voter {
			return i
		}
	}
	return -1
}

// with returns ballots with b, which is cast last, in place of its voter's earlier one, leaving the argument as it is.
func with(ballots []Ballot, b Ballot) []Ballot {
	b.Order = nextOrder(ballots)
	return append(without(ballots, b.Voter), b)
}

func nextOrder(ballots []Ballot) int {
	last := 0
	for _, b := range ballots {
		last = max(last, b.Order)
	}
	return last + 1
}

// without returns ballots less the voter's, leaving the argument as it is.
func without(ballots []Ballot, voter int64) []Ballot {
	kept := make([]Ballot, 0, len(ballots)+1)
	for _, b := range ballots {
		if b.Voter != voter {
			kept = append(kept, b)
		}
	}
	return kept
}
