package weight

import "time"

// Feedback is what one final ballot teaches of its voter.
type Feedback struct {
	Voter    int64
	Right    bool
	Evidence float64 // 1, or [VotesEvidence]
}

// VotesEvidence is what agreeing with the votes of others is worth beside an admin's or a jury's verdict.
const VotesEvidence = 0.5

// Ending is how a case ended, as far as it says which ballots were right.
type Ending struct {
	Truth   Side // the side that was right
	Trusted bool // an admin or a jury says so, and not votes alone
	Terms   Terms
}

// FeedbackOf is what a final case teaches. A verdict that can be trusted teaches of all its voters. One by votes
// alone is only as good as they were, so it counts half, and only for members without whose ballot it would have
// stood: nobody proves themselves right. Nor is anybody proved wrong by a verdict that would not have stood with
// such a ballot less. Else losing ballots would always teach and winning ones hardly ever, since a vote ends as
// soon as it is enough. Everybody's record would sink.
func FeedbackOf(ballots []Ballot, ties Ties, e Ending) []Feedback {
	var all []Feedback
	for _, b := range ballots {
		f := Feedback{Voter: b.Voter, Right: b.Side == e.Truth, Evidence: 1}
		if !e.Trusted {
			f.Evidence = VotesEvidence
			if Judge(spare(ballots, b, f.Right), ties, e.Terms).Won != e.Truth {
				continue
			}
		}
		all = append(all, f)
	}
	return all
}

// spare is the ballots with one like b less on the winning side: without b if it won, and with another
// against the verdict if it lost.
func spare(ballots []Ballot, b Ballot, won bool) []Ballot {
	if won {
		return without(ballots, b.Voter)
	}
	b.Voter, b.Joined = nobody, time.Time{}
	b.Order = nextOrder(ballots)
	return append(without(ballots, nobody), b)
}

// nobody is no member's number.
const nobody = 0
