package moderation

import "github.com/ostrakon-bot/ostrakon/moderation/weight"

// weights are how many voices decide by these terms, and by how much.
func (t Terms) weights() weight.Terms { return weight.Terms{Threshold: t.Threshold, Quorum: t.Quorum} }

// Judge says what ballots decide: [Upheld], [Dismissed], or [Open] if they are not enough. See [weight.Judge].
func Judge(ballots []Ballot, ties weight.Ties, t Terms) Verdict {
	switch weight.Judge(weighed(ballots), ties, t.weights()).Won {
	case Breaks:
		return Upheld
	case Fine:
		return Dismissed
	default:
		return Open
	}
}

// Feedback is what a final case teaches of its voters; see [weight.FeedbackOf]. A verdict by an admin or a jury, or one that
// was overturned, can be trusted. A case that expired teaches nothing.
func Feedback(cs Case, ballots []Ballot, ties weight.Ties, t Terms) []weight.Feedback {
	e := weight.Ending{Truth: Breaks, Terms: t.weights(), Trusted: cs.ByAdmin || cs.ByJury() || cs.Reversed == Overturned}
	switch {
	case cs.Verdict != Upheld && cs.Verdict != Dismissed:
		return nil
	case (cs.Verdict == Upheld) == (cs.Reversed == Overturned):
		e.Truth = Fine
	}
	return weight.FeedbackOf(weighed(ballots), ties, e)
}
