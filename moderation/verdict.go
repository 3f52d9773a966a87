package moderation

// Verdict is how a case stands.
type Verdict string

// The verdicts. A case begins Open and leaves that state once.
const (
	Open      Verdict = "open"
	Upheld    Verdict = "upheld"    // the message breaks the rules
	Dismissed Verdict = "dismissed" // it does not
	Expired   Verdict = "expired"   // neither side was convincing in time; nothing happens to anyone
	Withdrawn Verdict = "withdrawn" // the only report was taken back; as if it had never been
)

// Final reports whether v is an end.
func (v Verdict) Final() bool { return v != Open }

// Tally is what the ballots of a case add up to.
type Tally struct {
	Score  float64 // weights of Breaks less weights of Fine
	Breaks int     // distinct voters who say it breaks the rules, with any weight
	Fine   int     // distinct voters who say it is fine, with any weight
}

// Count adds up ballots, one per voter.
func Count(ballots []Ballot) Tally {
	var t Tally
	for _, b := range ballots {
		if b.Weight <= 0 {
			continue
		}
		switch b.Side {
		case Breaks:
			t.Score += b.Weight
			t.Breaks++
		case Fine:
			t.Score -= b.Weight
			t.Fine++
		}
	}
	return t
}

// Votes is how many voted, on either side. It is all that the vote card shows.
func (t Tally) Votes() int { return t.Breaks + t.Fine }

// smallestCrowd is how many it takes to be one. Of fewer it would tell the admins who they are: the only
// newcomer there is.
const smallestCrowd = 3

// Crowded reports whether ballots look like one crowd's: at face value one side would have reached
// its verdict, but less than half of its weight is left after the discounts. Such a case is not
// decided by votes, one way or the other: a dozen fresh accounts can neither convict nor acquit.
func Crowded(ballots []Ballot, p Policy) bool {
	face, left, many, voters := map[Side]float64{}, map[Side]float64{}, map[Side]int{}, 0
	for _, b := range ballots {
		face[b.Side] += max(b.Face, b.Weight)
		left[b.Side] += b.Weight
		many[b.Side]++
		if b.Side == Breaks && b.Weight > 0 {
			voters++
		}
	}
	crowd := func(s Side) bool { return many[s] >= smallestCrowd && left[s] < face[s]/2 }
	lead := face[Breaks] - face[Fine]
	return lead >= p.Threshold && voters >= p.Quorum && crowd(Breaks) || -lead >= p.Threshold && crowd(Fine)
}

// Judge says what ballots decide under a policy: [Upheld] when the score reaches the threshold
// and at least a quorum of distinct voters stands for it, [Dismissed] when it reaches the
// threshold the other way, else [Open]. A tie convicts nobody, since a threshold is at least 1.
func Judge(ballots []Ballot, p Policy) Verdict {
	t := Count(ballots)
	switch {
	case t.Score >= p.Threshold && t.Breaks >= p.Quorum:
		return Upheld
	case t.Score <= -p.Threshold:
		return Dismissed
	default:
		return Open
	}
}
