package moderation_test

import (
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// closed is a case that the group saw, decided so long after noon, an hour after it was opened.
func closed(v moderation.Verdict, after time.Duration) moderation.Closed {
	c := moderation.Closed{
		Opened: noon.Add(after - time.Hour), Decided: noon.Add(after), Verdict: v, Rule: moderation.Other, Votes: 5, Breaks: 3, Shown: true,
	}
	if v == moderation.Upheld {
		c.Rule, c.Penalty = moderation.Spam, ladder.Step{Deed: ladder.Mute, For: time.Hour}
	}
	return c
}

func with(c moderation.Closed, change func(*moderation.Closed)) moderation.Closed {
	change(&c)
	return c
}

// Counted is what happened from noon to noon of the next day.
func TestSurvey(t *testing.T) {
	type (
		cases = []moderation.Closed
		rules = map[moderation.RuleID]int
		deeds = map[ladder.Deed]int
	)
	const upheld, dismissed, expired = moderation.Upheld, moderation.Dismissed, moderation.Expired
	overturned := func(after time.Duration) func(*moderation.Closed) {
		return func(c *moderation.Closed) { c.Reversed, c.ReversedAt = moderation.Overturned, noon.Add(after) }
	}
	learned := func(after time.Duration) func(*moderation.Closed) {
		return func(c *moderation.Closed) { c.Learned = noon.Add(after) }
	}
	appealed := func(after time.Duration) func(*moderation.Closed) {
		return func(c *moderation.Closed) { c.Appealed = noon.Add(after) }
	}
	one := moderation.Numbers{
		Reports: 3, Votes: 5, Upheld: 1, Rules: rules{moderation.Spam: 1}, Penalties: deeds{ladder.Mute: 1}, Median: time.Hour,
	}
	for name, test := range map[string]struct {
		cases cases
		want  moderation.Numbers
	}{
		"nothing":                    {nil, moderation.Numbers{}},
		"a second too early":         {cases{closed(upheld, -time.Second)}, moderation.Numbers{}},
		"at its beginning":           {cases{closed(upheld, 0)}, one},
		"a second before its end":    {cases{closed(upheld, day-time.Second)}, one},
		"at its end":                 {cases{closed(upheld, day)}, moderation.Numbers{}},
		"dismissed":                  {cases{closed(dismissed, 0)}, moderation.Numbers{Reports: 3, Votes: 5, Dismissed: 1, Median: time.Hour}},
		"expired: that took a while": {cases{closed(expired, 0)}, moderation.Numbers{Reports: 3, Votes: 5, Expired: 1}},
		"what the group did not see": {cases{with(closed(expired, 0), func(c *moderation.Closed) { c.Shown = false })}, moderation.Numbers{}},
		"by hand": {cases{with(closed(upheld, 0), func(c *moderation.Closed) { c.Hand, c.Votes, c.Breaks = true, 0, 0 })},
			moderation.Numbers{ByHand: 1}},
		"by an admin, of what was reported": {cases{with(closed(upheld, 0), func(c *moderation.Closed) { c.ByAdmin = true })}, one},
		"overturned at once": {cases{with(closed(upheld, 0), overturned(time.Minute))}, moderation.Numbers{
			Reports: 3, Votes: 5, Upheld: 1, Rules: one.Rules, Penalties: one.Penalties, Median: time.Hour, Overturned: 1,
		}},
		"overturned later":              {cases{with(closed(upheld, 0), overturned(day))}, one},
		"overturned now, upheld before": {cases{with(closed(upheld, -day), overturned(time.Minute))}, moderation.Numbers{Overturned: 1}},
		"by hand, and overturned now": {cases{with(closed(upheld, -day), func(c *moderation.Closed) { c.Hand = true; overturned(0)(c) })},
			moderation.Numbers{Overturned: 1}},
		"learned":                   {cases{with(closed(upheld, -day), learned(0)), with(closed(upheld, -9*day), learned(day-time.Second))}, moderation.Numbers{Learned: 2}},
		"learned before, and after": {cases{with(closed(upheld, -day), learned(-time.Second)), with(closed(upheld, -day), learned(day))}, moderation.Numbers{}},
		"pardoned":                  {cases{with(closed(upheld, 0), func(c *moderation.Closed) { c.Reversed, c.ReversedAt = moderation.Pardoned, noon })}, one},
		"contested at once": {cases{with(closed(upheld, 0), appealed(time.Minute))}, moderation.Numbers{
			Reports: 3, Votes: 5, Upheld: 1, Rules: one.Rules, Penalties: one.Penalties, Median: time.Hour, Appeals: 1,
		}},
		"contested later":              {cases{with(closed(upheld, 0), appealed(day))}, one},
		"contested now, upheld before": {cases{with(closed(upheld, -day), appealed(day-time.Second))}, moderation.Numbers{Appeals: 1}},
		"the middle of three, and of two": {cases{
			closed(dismissed, 0), with(closed(dismissed, 0), func(c *moderation.Closed) { c.Opened = noon }),
			with(closed(dismissed, 0), func(c *moderation.Closed) { c.Opened = noon.Add(-9 * time.Hour) }),
			with(closed(upheld, 0), func(c *moderation.Closed) { c.Opened = noon.Add(-2 * time.Hour) }),
			with(closed(expired, 0), func(c *moderation.Closed) { c.Opened = noon.Add(-99 * time.Hour) }),
		}, moderation.Numbers{
			Reports: 15, Votes: 25, Upheld: 1, Dismissed: 3, Expired: 1, Rules: one.Rules, Penalties: one.Penalties, Median: 90 * time.Minute,
		}},
	} {
		t.Run(name, func(t *testing.T) {
			test.want.From, test.want.To = noon, noon.Add(day)
			if test.want.Rules == nil {
				test.want.Rules, test.want.Penalties = rules{}, deeds{}
			}
			if got := moderation.Survey(test.cases, noon, noon.Add(day)); !reflect.DeepEqual(got, test.want) {
				t.Errorf("counted %+v\nwant %+v", got, test.want)
			}
		})
	}
}

// What two periods that follow each other count is what they count as one.
func TestSurveyCountsNothingTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := func(label string) time.Duration {
			return time.Duration(rapid.IntRange(-3, 9).Draw(t, label)) * time.Hour
		}
		var all []moderation.Closed
		for range rapid.IntRange(0, 12).Draw(t, "cases") {
			v := rapid.SampledFrom([]moderation.Verdict{moderation.Upheld, moderation.Dismissed, moderation.Expired}).Draw(t, "verdict")
			c := closed(v, at("decided"))
			c.Hand = v == moderation.Upheld && rapid.Bool().Draw(t, "hand")
			if v == moderation.Upheld && rapid.Bool().Draw(t, "overturned") {
				c.Reversed, c.ReversedAt = moderation.Overturned, c.Decided.Add(time.Duration(rapid.IntRange(0, 9).Draw(t, "later"))*time.Hour)
			}
			if v == moderation.Upheld && rapid.Bool().Draw(t, "appealed") {
				c.Appealed = c.Decided.Add(time.Duration(rapid.IntRange(0, 9).Draw(t, "hours later")) * time.Hour)
			}
			all = append(all, c)
		}
		middle := noon.Add(3 * time.Hour)
		first, second := moderation.Survey(all, noon, middle), moderation.Survey(all, middle, noon.Add(6*time.Hour))
		whole := moderation.Survey(all, noon, noon.Add(6*time.Hour))
		sum := func(of func(moderation.Numbers) int) bool { return of(first)+of(second) == of(whole) }
		for name, of := range map[string]func(moderation.Numbers) int{
			"reports":    func(n moderation.Numbers) int { return n.Reports },
			"votes":      func(n moderation.Numbers) int { return n.Votes },
			"upheld":     func(n moderation.Numbers) int { return n.Upheld },
			"dismissed":  func(n moderation.Numbers) int { return n.Dismissed },
			"expired":    func(n moderation.Numbers) int { return n.Expired },
			"by hand":    func(n moderation.Numbers) int { return n.ByHand },
			"appeals":    func(n moderation.Numbers) int { return n.Appeals },
			"overturned": func(n moderation.Numbers) int { return n.Overturned },
			"rules":      func(n moderation.Numbers) int { return n.Rules[moderation.Spam] },
			"penalties":  func(n moderation.Numbers) int { return n.Penalties[ladder.Mute] },
		} {
			if !sum(of) {
				t.Fatalf("%s: %d and %d, together %d", name, of(first), of(second), of(whole))
			}
		}
		if whole.Cases() != whole.Upheld+whole.Dismissed+whole.Expired {
			t.Fatalf("%+v", whole)
		}
	})
}
