package stats_test

import (
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation/stats"
)

// closed is a case that the group saw, decided so long after noon, an hour after it was opened.
func closed(v stats.Verdict, after time.Duration) stats.Case {
	c := stats.Case{
		Opened: noon.Add(after - time.Hour), Decided: noon.Add(after), Verdict: v, Rule: "other", Votes: 5, Breaks: 3,
		Shown: true, Counted: true, Sided: v != stats.Expired,
	}
	if v == stats.Upheld {
		c.Rule, c.Penalty = "spam", "mute"
	}
	return c
}

func with(c stats.Case, change func(*stats.Case)) stats.Case {
	change(&c)
	return c
}

// Counted is what happened from noon to noon of the next day.
func TestCount(t *testing.T) {
	type (
		cases = []stats.Case
		rules = map[string]int
		deeds = map[string]int
	)
	const upheld, dismissed, expired = stats.Upheld, stats.Dismissed, stats.Expired
	overturned := func(after time.Duration) func(*stats.Case) {
		return func(c *stats.Case) { c.Overturned = noon.Add(after) }
	}
	learned := func(after time.Duration) func(*stats.Case) {
		return func(c *stats.Case) { c.Learned = noon.Add(after) }
	}
	appealed := func(after time.Duration) func(*stats.Case) {
		return func(c *stats.Case) { c.Appealed = noon.Add(after) }
	}
	one := stats.Numbers{
		Reports: 3, Votes: 5, Upheld: 1, Rules: rules{"spam": 1}, Penalties: deeds{"mute": 1}, Median: time.Hour,
	}
	for name, test := range map[string]struct {
		cases cases
		want  stats.Numbers
	}{
		"nothing":                    {nil, stats.Numbers{}},
		"a second too early":         {cases{closed(upheld, -time.Second)}, stats.Numbers{}},
		"at its beginning":           {cases{closed(upheld, 0)}, one},
		"a second before its end":    {cases{closed(upheld, day-time.Second)}, one},
		"at its end":                 {cases{closed(upheld, day)}, stats.Numbers{}},
		"dismissed":                  {cases{closed(dismissed, 0)}, stats.Numbers{Reports: 3, Votes: 5, Dismissed: 1, Median: time.Hour}},
		"expired: that took a while": {cases{closed(expired, 0)}, stats.Numbers{Reports: 1, Votes: 5, Expired: 1}},
		"by an admin: the card told how many voted, and not what": {
			cases{with(closed(upheld, 0), func(c *stats.Case) { c.Sided = false })},
			stats.Numbers{Reports: 1, Votes: 5, Upheld: 1, Rules: one.Rules, Penalties: one.Penalties, Median: time.Hour},
		},
		"without a card": {
			cases{with(closed(upheld, 0), func(c *stats.Case) { c.Counted, c.Sided = false, false })},
			stats.Numbers{Reports: 1, Votes: 1, Upheld: 1, Rules: one.Rules, Penalties: one.Penalties, Median: time.Hour},
		},
		"what the group did not see": {cases{with(closed(expired, 0), func(c *stats.Case) { c.Shown = false })}, stats.Numbers{}},
		"by hand": {cases{with(closed(upheld, 0), func(c *stats.Case) { c.Manual, c.Votes, c.Breaks = true, 0, 0 })},
			stats.Numbers{Manual: 1}},
		"overturned at once": {cases{with(closed(upheld, 0), overturned(time.Minute))}, stats.Numbers{
			Reports: 3, Votes: 5, Upheld: 1, Rules: one.Rules, Penalties: one.Penalties, Median: time.Hour, Overturned: 1,
		}},
		"overturned later":              {cases{with(closed(upheld, 0), overturned(day))}, one},
		"overturned now, upheld before": {cases{with(closed(upheld, -day), overturned(time.Minute))}, stats.Numbers{Overturned: 1}},
		"by hand, and overturned now": {cases{with(closed(upheld, -day), func(c *stats.Case) { c.Manual = true; overturned(0)(c) })},
			stats.Numbers{Overturned: 1}},
		"learned":                   {cases{with(closed(upheld, -day), learned(0)), with(closed(upheld, -9*day), learned(day-time.Second))}, stats.Numbers{Learned: 2}},
		"learned before, and after": {cases{with(closed(upheld, -day), learned(-time.Second)), with(closed(upheld, -day), learned(day))}, stats.Numbers{}},
		"contested at once": {cases{with(closed(upheld, 0), appealed(time.Minute))}, stats.Numbers{
			Reports: 3, Votes: 5, Upheld: 1, Rules: one.Rules, Penalties: one.Penalties, Median: time.Hour, Appeals: 1,
		}},
		"contested later":              {cases{with(closed(upheld, 0), appealed(day))}, one},
		"contested now, upheld before": {cases{with(closed(upheld, -day), appealed(day-time.Second))}, stats.Numbers{Appeals: 1}},
		"the middle of three, and of two": {cases{
			closed(dismissed, 0), with(closed(dismissed, 0), func(c *stats.Case) { c.Opened = noon }),
			with(closed(dismissed, 0), func(c *stats.Case) { c.Opened = noon.Add(-9 * time.Hour) }),
			with(closed(upheld, 0), func(c *stats.Case) { c.Opened = noon.Add(-2 * time.Hour) }),
			with(closed(expired, 0), func(c *stats.Case) { c.Opened = noon.Add(-99 * time.Hour) }),
		}, stats.Numbers{
			Reports: 13, Votes: 25, Upheld: 1, Dismissed: 3, Expired: 1, Rules: one.Rules, Penalties: one.Penalties, Median: 90 * time.Minute,
		}},
	} {
		t.Run(name, func(t *testing.T) {
			test.want.From, test.want.To = noon, noon.Add(day)
			if test.want.Rules == nil {
				test.want.Rules, test.want.Penalties = rules{}, deeds{}
			}
			if got := stats.Count(test.cases, noon, noon.Add(day)); !reflect.DeepEqual(got, test.want) {
				t.Errorf("counted %+v\nwant %+v", got, test.want)
			}
		})
	}
}

// What two periods that follow each other count is what they count as one.
func TestCountCountsNothingTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := func(label string) time.Duration {
			return time.Duration(rapid.IntRange(-3, 9).Draw(t, label)) * time.Hour
		}
		var all []stats.Case
		for range rapid.IntRange(0, 12).Draw(t, "cases") {
			v := rapid.SampledFrom([]stats.Verdict{stats.Upheld, stats.Dismissed, stats.Expired}).Draw(t, "verdict")
			c := closed(v, at("decided"))
			c.Manual = v == stats.Upheld && rapid.Bool().Draw(t, "hand")
			if v == stats.Upheld && rapid.Bool().Draw(t, "overturned") {
				c.Overturned = c.Decided.Add(time.Duration(rapid.IntRange(0, 9).Draw(t, "later")) * time.Hour)
			}
			if v == stats.Upheld && rapid.Bool().Draw(t, "appealed") {
				c.Appealed = c.Decided.Add(time.Duration(rapid.IntRange(0, 9).Draw(t, "hours later")) * time.Hour)
			}
			all = append(all, c)
		}
		middle := noon.Add(3 * time.Hour)
		first, second := stats.Count(all, noon, middle), stats.Count(all, middle, noon.Add(6*time.Hour))
		whole := stats.Count(all, noon, noon.Add(6*time.Hour))
		sum := func(of func(stats.Numbers) int) bool { return of(first)+of(second) == of(whole) }
		for name, of := range map[string]func(stats.Numbers) int{
			"reports":    func(n stats.Numbers) int { return n.Reports },
			"votes":      func(n stats.Numbers) int { return n.Votes },
			"upheld":     func(n stats.Numbers) int { return n.Upheld },
			"dismissed":  func(n stats.Numbers) int { return n.Dismissed },
			"expired":    func(n stats.Numbers) int { return n.Expired },
			"by hand":    func(n stats.Numbers) int { return n.Manual },
			"appeals":    func(n stats.Numbers) int { return n.Appeals },
			"overturned": func(n stats.Numbers) int { return n.Overturned },
			"rules":      func(n stats.Numbers) int { return n.Rules["spam"] },
			"penalties":  func(n stats.Numbers) int { return n.Penalties["mute"] },
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
