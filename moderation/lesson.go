package moderation

import "time"

// Lesson is what one final ballot teaches of its voter.
type Lesson struct {
	Voter    int64
	Right    bool
	Evidence float64 // 1, or [VotesEvidence]
}

// VotesEvidence is what agreeing with the votes of others is worth beside an admin's or a jury's verdict.
const VotesEvidence = 0.5

// Lessons are what a final case teaches. A verdict by an admin or a jury, or one that was overturned,
// teaches of all its voters. One by votes alone is only as good as they were, so it counts half, and
// only for members without whose ballot it would have stood: nobody proves themselves right. Nor is
// anybody proved wrong by a verdict that would not have stood with such a ballot less: else losing ballots
// would always teach and winning ones hardly ever, since a vote ends as soon as it is enough, and
// everybody's record would sink. A case that expired teaches nothing.
func Lessons(cs Case, ballots []Ballot, ties Ties, t Terms) []Lesson {
	truth := Breaks
	switch {
	case cs.Verdict != Upheld && cs.Verdict != Dismissed:
		return nil
	case (cs.Verdict == Upheld) == (cs.Reversed == Overturned):
		truth = Fine
	}
	trusted := cs.ByAdmin || cs.ByJury() || cs.Reversed == Overturned
	var lessons []Lesson
	for _, b := range ballots {
		l := Lesson{Voter: b.Voter, Right: b.Side == truth, Evidence: 1}
		if !trusted {
			l.Evidence = VotesEvidence
			if Judge(spare(ballots, b, l.Right), ties, t).Verdict != cs.Verdict {
				continue
			}
		}
		lessons = append(lessons, l)
	}
	return lessons
}

// spare is the ballots with one like b less on the winning side: without b if it won, and with another
// against the verdict if it lost.
func spare(ballots []Ballot, b Ballot, won bool) []Ballot {
	if won {
		return without(ballots, b.Voter)
	}
	b.Voter, b.Joined = nobody, time.Time{}
	return with(ballots, b)
}

// nobody is no member's number.
const nobody = 0
