package moderation_test

import (
	"testing"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// Whoever votes is counted, whatever their ballot weighs: else they would see that it weighs nothing.
func TestCountLeavesNobodyOut(t *testing.T) {
	got := moderation.Count(both(breaks(1, 0.25, 0), fine(0.25, 0, -1)))
	if want := (moderation.Tally{Breaks: 3, Fine: 3}); got != want || got.Votes() != 6 {
		t.Errorf("counted %+v with %d votes, want %+v with 6", got, got.Votes(), want)
	}
	if got := moderation.Count([]moderation.Ballot{{Ballot: weight.Ballot{Side: "perhaps"}}}); got.Votes() != 0 {
		t.Errorf("counted %+v of what takes no side", got)
	}
}
