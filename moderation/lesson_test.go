package moderation_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// lessons are what a case of independent voters teaches, under the usual terms, if it has none.
func lessons(cs moderation.Case, ballots []moderation.Ballot) []moderation.Lesson {
	t := usualTerms
	if cs.Terms.Set() {
		t = cs.Terms
	}
	return moderation.Lessons(cs, ballots, moderation.Ties{}, t)
}

func TestLessons(t *testing.T) {
	const upheld, dismissed = moderation.Upheld, moderation.Dismissed
	newcomer := newMembers(breaks(1))
	for name, test := range map[string]struct {
		cs      moderation.Case
		ballots []moderation.Ballot
		right   []int64
		wrong   []int64
		each    float64
	}{
		"an admin upheld":                  {moderation.Case{Verdict: upheld, ByAdmin: true}, both(breaks(1, 0), fine(1)), []int64{1, 2}, []int64{3}, 1},
		"an admin dismissed":               {moderation.Case{Verdict: dismissed, ByAdmin: true}, both(breaks(1, 0), fine(1)), []int64{3}, []int64{1, 2}, 1},
		"votes upheld":                     {moderation.Case{Verdict: upheld}, both(breaks(1, 1, 1, 1, 1), fine(1)), []int64{1, 2, 3, 4, 5}, []int64{6}, 0.5},
		"votes dismissed":                  {moderation.Case{Verdict: dismissed}, both(breaks(1), fine(1, 1, 1, 1, 1)), []int64{2, 3, 4, 5, 6}, []int64{1}, 0.5},
		"votes that were just enough":      {moderation.Case{Verdict: upheld}, both(breaks(1, 1, 1, 1), fine(1)), nil, nil, 0},
		"or only a little more":            {moderation.Case{Verdict: upheld}, both(breaks(1, 1, 1, 1, 1), fine(0.25, 1)), nil, []int64{6}, 0.5},
		"who weighs much is not needed":    {moderation.Case{Verdict: upheld}, both(breaks(2.5, 1, 1, 0.25)), []int64{2, 3, 4}, nil, 0.5},
		"nor who weighs nothing":           {moderation.Case{Verdict: upheld}, both(breaks(1, 1, 1, 0)), []int64{4}, nil, 0.5},
		"overturned, though by an admin":   {moderation.Case{Verdict: upheld, ByAdmin: true, Reversed: moderation.Overturned}, both(breaks(1, 1), fine(1)), []int64{3}, []int64{1, 2}, 1},
		"overturned, though by votes":      {moderation.Case{Verdict: upheld, Reversed: moderation.Overturned}, both(breaks(1, 1, 1, 1), fine(1)), []int64{5}, []int64{1, 2, 3, 4}, 1},
		"pardoned, which was not wrong":    {moderation.Case{Verdict: upheld, ByAdmin: true, Reversed: moderation.Pardoned}, both(breaks(1), fine(1)), []int64{1}, []int64{2}, 1},
		"dismissed, which was wrong":       {moderation.Case{Verdict: dismissed, Reversed: moderation.Overturned}, both(breaks(1), fine(1, 1, 1)), []int64{1}, []int64{2, 3, 4}, 1},
		"a jury upheld":                    {moderation.Case{Verdict: upheld, Reopens: "0001"}, both(breaks(1, 1)), []int64{1, 2}, nil, 1},
		"expired":                          {moderation.Case{Verdict: moderation.Expired}, both(breaks(1, 1), fine(1)), nil, nil, 0},
		"withdrawn":                        {moderation.Case{Verdict: moderation.Withdrawn}, both(fine(1)), nil, nil, 0},
		"open":                             {moderation.Case{Verdict: moderation.Open}, both(breaks(1)), nil, nil, 0},
		"without ballots":                  {moderation.Case{Verdict: upheld, ByAdmin: true, Hand: true}, nil, nil, nil, 0},
		"what now would not be enough was": {moderation.Case{Verdict: upheld, Terms: moderation.Terms{Threshold: 2, Quorum: 2}}, both(breaks(1, 1, 1)), []int64{1, 2, 3}, nil, 0.5},
		"what now would be enough was not": {moderation.Case{Verdict: upheld, Terms: moderation.Terms{Threshold: 4, Quorum: 2}}, both(breaks(1, 1, 1, 1), newcomer), []int64{5}, nil, 0.5},
	} {
		t.Run(name, func(t *testing.T) {
			var want []moderation.Lesson
			for _, b := range test.ballots {
				if right := slices.Contains(test.right, b.Voter); right || slices.Contains(test.wrong, b.Voter) {
					want = append(want, moderation.Lesson{Voter: b.Voter, Right: right, Evidence: test.each})
				}
			}
			if got := lessons(test.cs, test.ballots); !slices.Equal(got, want) {
				t.Errorf("lessons %+v\nwant %+v", got, want)
			}
		})
	}
}

// without are the ballots less one.
func without(ballots []moderation.Ballot, i int) []moderation.Ballot {
	return slices.Delete(slices.Clone(ballots), i, i+1)
}

// Nobody proves themselves right, nor is anybody proved wrong by as little. Exactly: of a case that votes
// alone decided, a voter who won learns if and only if the ballots of all others come to the same verdict,
// and one who lost if and only if all ballots still do with another like theirs, by somebody tied to nobody;
// then half, and that they were right if they won.
func TestNobodyLearnsFromWhatTheyDecided(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ballots, ties := drawCast(t, 30)
		if rapid.Bool().Draw(t, "simple") {
			ballots, ties = drawBallots(t), moderation.Ties{}
		}
		p := drawTerms(t)
		j := moderation.Judge(ballots, ties, p)
		if !j.Verdict.Final() {
			return
		}
		var want []moderation.Lesson
		for i, b := range ballots {
			won := wins[b.Side] == j.Verdict
			others := without(ballots, i)
			if !won {
				b.Voter, b.Joined = -1, time.Time{}
				others = append(slices.Clone(ballots), b)
			}
			if moderation.Judge(others, ties, p).Verdict == j.Verdict {
				want = append(want, moderation.Lesson{Voter: ballots[i].Voter, Right: won, Evidence: moderation.VotesEvidence})
			}
		}
		if got := moderation.Lessons(moderation.Case{Verdict: j.Verdict}, ballots, ties, p); !slices.Equal(got, want) {
			t.Fatalf("lessons %+v\nwant %+v", got, want)
		}
	})
}

// Whoever decided it, a verdict that was overturned teaches all its voters in full that it was wrong; one
// of an admin, that it was right; and what came to nothing teaches nothing.
func TestWhatAnAdminSaysTeachesAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ballots, ties := drawCast(t, 20)
		byAdmin := rapid.Bool().Draw(t, "by an admin")
		for _, test := range []struct {
			cs    moderation.Case
			truth moderation.Side
		}{
			{moderation.Case{Verdict: moderation.Upheld, ByAdmin: byAdmin, Reversed: moderation.Overturned}, moderation.Fine},
			{moderation.Case{Verdict: moderation.Upheld, ByAdmin: true}, moderation.Breaks},
			{moderation.Case{Verdict: moderation.Dismissed, ByAdmin: true}, moderation.Fine},
			{moderation.Case{Verdict: moderation.Expired, ByAdmin: byAdmin}, ""},
			{moderation.Case{Verdict: moderation.Withdrawn, ByAdmin: byAdmin}, ""},
		} {
			var want []moderation.Lesson
			for _, b := range ballots {
				if test.truth != "" {
					want = append(want, moderation.Lesson{Voter: b.Voter, Right: b.Side == test.truth, Evidence: 1})
				}
			}
			if got := moderation.Lessons(test.cs, ballots, ties, drawAnyTerms(t)); !slices.Equal(got, want) {
				t.Fatalf("of %+v: lessons %+v\nwant %+v", test.cs, got, want)
			}
		}
	})
}
