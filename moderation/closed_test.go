package moderation_test

import (
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// What of a case is counted: its rule, and what its author felt of the penalty; see [stats.Count] for the rest.
func TestSurvey(t *testing.T) {
	upheld := moderation.Closed{
		Opened: noon.Add(-time.Hour), Decided: noon, Verdict: moderation.Upheld, Rule: rulebook.Spam,
		Penalty: ladder.Step{Kind: ladder.Mute, For: time.Hour}, Votes: 5, Breaks: 3, Shown: true, Card: true,
	}
	for name, test := range map[string]struct {
		change     func(*moderation.Closed)
		felt       string
		overturned int
	}{
		"upheld":               {func(*moderation.Closed) {}, "mute", 0},
		"by an admin":          {func(c *moderation.Closed) { c.ByAdmin = true }, "mute", 0},
		"pardoned":             {func(c *moderation.Closed) { c.Reversed, c.ReversedAt = moderation.Pardoned, noon }, "mute", 0},
		"overturned":           {func(c *moderation.Closed) { c.Reversed, c.ReversedAt = moderation.Overturned, noon }, "mute", 1},
		"a penalty that waits": {func(c *moderation.Closed) { c.Put = moderation.ProgressWaits }, "not_put", 0},
		"one that never came":  {func(c *moderation.Closed) { c.Put = moderation.ProgressFailed }, "not_put", 0},
	} {
		t.Run(name, func(t *testing.T) {
			c := upheld
			test.change(&c)
			n := moderation.Survey([]moderation.Closed{c}, noon, noon.Add(day))
			reports := 3
			if !c.Sided() {
				reports = 1 // how many there were was told nobody
			}
			if n.Upheld != 1 || n.Reports != reports || n.Votes != 5 || n.Rules["spam"] != 1 || n.Penalties[test.felt] != 1 || n.Overturned != test.overturned {
				t.Errorf("counted %+v", n)
			}
		})
	}
}
