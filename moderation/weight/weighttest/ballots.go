package weighttest

import (
	"math"
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// Near says that two numbers are the same but for rounding.
func Near(a, b float64) bool { return math.Abs(a-b) <= 1e-9*max(1, math.Abs(a), math.Abs(b)) }

// Say are ballots of one side with the given weights, each of another voter.
func Say(side weight.Side, weights ...float64) []weight.Ballot {
	ballots := make([]weight.Ballot, len(weights))
	for i, w := range weights {
		ballots[i] = weight.Ballot{Side: side, Weight: w}
	}
	return ballots
}

// Both are the ballots of both sides, as of different voters.
func Both(sides ...[]weight.Ballot) []weight.Ballot {
	all := slices.Concat(sides...)
	for i := range all {
		all[i].Voter = int64(i + 1)
	}
	return all
}

// Times repeats a weight.
func Times(n int, w float64) []float64 { return slices.Repeat([]float64{w}, n) }

// NewMembers turns ballots into those of new members.
func NewMembers(ballots []weight.Ballot) []weight.Ballot {
	for i := range ballots {
		ballots[i].New = true
	}
	return ballots
}

// Joined are ballots against a message, cast at noon by members who joined that long before, one after the
// other; of 0 the bot did not see it.
func Joined(ago ...time.Duration) []weight.Ballot {
	ballots := Say(weight.Breaks, Times(len(ago), 1)...)
	for i, d := range ago {
		ballots[i].At = Noon
		if d > 0 {
			ballots[i].Joined = Noon.Add(-d)
		}
	}
	return Both(ballots)
}
