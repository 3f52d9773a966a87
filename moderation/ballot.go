package moderation

import (
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// Side is what a ballot says.
type Side = weight.Side

// The two sides of a ballot.
const (
	Breaks = weight.Breaks // the message breaks the rules; a report is such a ballot
	Fine   = weight.Fine   // the message is fine
)

// Ballot is one member's vote in one case. There is at most one per member and case. How much it counts it keeps from
// the moment when it was cast; see [Voter.Ballot].
//
// The voter is known only inside a decision: the store keeps ballots sealed under a key of their
// case, which is destroyed when the case is final.
type Ballot struct {
	weight.Ballot
	Language string          // to tell them the outcome in
	Reported bool            // they reported the message, whatever they say now, and hear how the case ends
	NoCard   bool            // this report brings no card; see [CardsBrought]
	Drawn    bool            // they were drawn by lot to say so
	Quiet    bool            // they wiped that they reported, and voted since: they hear nothing of the report
	Rule     rulebook.RuleID // the rule they named; empty if none
	Private  bool            // they have opened the private chat; filled by the store, not kept
}

// weighed are ballots as they count.
func weighed(ballots []Ballot) []weight.Ballot {
	all := make([]weight.Ballot, len(ballots))
	for i, b := range ballots {
		all[i] = b.Ballot
	}
	return all
}

// VoicesOf are the voices among ballots; see [weight.VoicesOf].
func VoicesOf(ballots []Ballot, ties weight.Ties) weight.Voices {
	return weight.VoicesOf(weighed(ballots), ties)
}

// sideOf are the ballots of one side.
func sideOf(ballots []Ballot, side Side) []Ballot {
	var of []Ballot
	for _, b := range ballots {
		if b.Side == side {
			of = append(of, b)
		}
	}
	return of
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
