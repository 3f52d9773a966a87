package weight_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation/weight"
	"github.com/ostrakon-bot/ostrakon/moderation/weight/weighttest"
)

// without are the ballots less one.
func without(ballots []weight.Ballot, i int) []weight.Ballot {
	return slices.Delete(slices.Clone(ballots), i, i+1)
}

// Nobody proves themselves right, nor is anybody proved wrong by as little. Exactly, in a case that votes
// alone decided: A voter who won learns if and only if the ballots of all others come to the same verdict.
// One who lost learns if and only if all ballots still do with another like theirs, by somebody tied to
// nobody. They learn by half, and that they were right if they won.
func TestNobodyLearnsFromWhatTheyDecided(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ballots, ties := weighttest.DrawCast(t, 30)
		if rapid.Bool().Draw(t, "simple") {
			ballots, ties = drawBallots(t), weight.Ties{}
		}
		terms := drawTerms(t)
		j := weight.Judge(ballots, ties, terms)
		if j.Won == "" {
			return
		}
		var want []weight.Feedback
		for i, b := range ballots {
			won := b.Side == j.Won
			others := without(ballots, i)
			if !won {
				b.Voter, b.Joined = -1, time.Time{}
				others = append(slices.Clone(ballots), b)
			}
			if weight.Judge(others, ties, terms).Won == j.Won {
				want = append(want, weight.Feedback{Voter: ballots[i].Voter, Right: won, Evidence: weight.VotesEvidence})
			}
		}
		if got := weight.FeedbackOf(ballots, ties, weight.Ending{Truth: j.Won, Terms: terms}); !slices.Equal(got, want) {
			t.Fatalf("feedback %+v\nwant %+v", got, want)
		}
	})
}
