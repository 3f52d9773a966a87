package moderation_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// feedback is what a case of independent voters teaches, under the usual terms, if it has none.
func feedback(cs moderation.Case, ballots []moderation.Ballot) []weight.Feedback {
	t := usualTerms
	if cs.Terms.Set() {
		t = cs.Terms
	}
	return moderation.Feedback(cs, ballots, weight.Ties{}, t)
}

func TestFeedback(t *testing.T) {
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
		"overturned, though by an admin":   {moderation.Case{Verdict: upheld, ByAdmin: true, CaseReview: moderation.CaseReview{Reversed: moderation.Overturned}}, both(breaks(1, 1), fine(1)), []int64{3}, []int64{1, 2}, 1},
		"overturned, though by votes":      {moderation.Case{Verdict: upheld, CaseReview: moderation.CaseReview{Reversed: moderation.Overturned}}, both(breaks(1, 1, 1, 1), fine(1)), []int64{5}, []int64{1, 2, 3, 4}, 1},
		"pardoned, which was not wrong":    {moderation.Case{Verdict: upheld, ByAdmin: true, CaseReview: moderation.CaseReview{Reversed: moderation.Pardoned}}, both(breaks(1), fine(1)), []int64{1}, []int64{2}, 1},
		"dismissed, which was wrong":       {moderation.Case{Verdict: dismissed, CaseReview: moderation.CaseReview{Reversed: moderation.Overturned}}, both(breaks(1), fine(1, 1, 1)), []int64{1}, []int64{2, 3, 4}, 1},
		"a jury upheld":                    {moderation.Case{Verdict: upheld, Reopens: "0001"}, both(breaks(1, 1)), []int64{1, 2}, nil, 1},
		"expired":                          {moderation.Case{Verdict: moderation.Expired}, both(breaks(1, 1), fine(1)), nil, nil, 0},
		"withdrawn":                        {moderation.Case{Verdict: moderation.Withdrawn}, both(fine(1)), nil, nil, 0},
		"open":                             {moderation.Case{Verdict: moderation.Open}, both(breaks(1)), nil, nil, 0},
		"without ballots":                  {moderation.Case{Verdict: upheld, ByAdmin: true, Manual: true}, nil, nil, nil, 0},
		"what now would not be enough was": {moderation.Case{Verdict: upheld, Terms: moderation.Terms{Threshold: 2, Quorum: 2}}, both(breaks(1, 1, 1)), []int64{1, 2, 3}, nil, 0.5},
		"what now would be enough was not": {moderation.Case{Verdict: upheld, Terms: moderation.Terms{Threshold: 4, Quorum: 2}}, both(breaks(1, 1, 1, 1), newcomer), []int64{5}, nil, 0.5},
	} {
		t.Run(name, func(t *testing.T) {
			var want []weight.Feedback
			for _, b := range test.ballots {
				if right := slices.Contains(test.right, b.Voter); right || slices.Contains(test.wrong, b.Voter) {
					want = append(want, weight.Feedback{Voter: b.Voter, Right: right, Evidence: test.each})
				}
			}
			if got := feedback(test.cs, test.ballots); !slices.Equal(got, want) {
				t.Errorf("feedback %+v\nwant %+v", got, want)
			}
		})
	}
}

// Whoever decided it, a verdict that was overturned teaches all its voters in full that it was wrong. One
// of an admin teaches that it was right, and what came to nothing teaches nothing.
func TestWhatAnAdminSaysTeachesAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ballots, ties := drawCast(t, 20)
		byAdmin := rapid.Bool().Draw(t, "by an admin")
		for _, test := range []struct {
			cs    moderation.Case
			truth moderation.Side
		}{
			{moderation.Case{Verdict: moderation.Upheld, ByAdmin: byAdmin, CaseReview: moderation.CaseReview{Reversed: moderation.Overturned}}, moderation.Fine},
			{moderation.Case{Verdict: moderation.Upheld, ByAdmin: true}, moderation.Breaks},
			{moderation.Case{Verdict: moderation.Dismissed, ByAdmin: true}, moderation.Fine},
			{moderation.Case{Verdict: moderation.Expired, ByAdmin: byAdmin}, ""},
			{moderation.Case{Verdict: moderation.Withdrawn, ByAdmin: byAdmin}, ""},
		} {
			var want []weight.Feedback
			for _, b := range ballots {
				if test.truth != "" {
					want = append(want, weight.Feedback{Voter: b.Voter, Right: b.Side == test.truth, Evidence: 1})
				}
			}
			if got := moderation.Feedback(test.cs, ballots, ties, drawAnyTerms(t)); !slices.Equal(got, want) {
				t.Fatalf("of %+v: feedback %+v\nwant %+v", test.cs, got, want)
			}
		}
	})
}
