package standing_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation/standing"
)

// today is the day of most tests.
const today int64 = 20635

func TestTiers(t *testing.T) {
	const good, watched, restricted, last = standing.TierGood, standing.TierWatched, standing.TierRestricted, standing.TierLastChance
	for score := range standing.FullStanding + 1 {
		want := good
		switch {
		case score < 20:
			want = last
		case score < 50:
			want = restricted
		case score < 80:
			want = watched
		}
		if got := standing.TierOf(score); got != want {
			t.Errorf("%d is %s, want %s", score, got, want)
		}
	}
	for tier, want := range map[standing.Tier]struct {
		weight float64
		bound  bool
	}{good: {1, false}, watched: {0.5, false}, restricted: {0, true}, last: {0, true}} {
		if tier.Weight() != want.weight || tier.Bound() != want.bound {
			t.Errorf("%s weighs %v, bound: %v; want %+v", tier, tier.Weight(), tier.Bound(), want)
		}
	}
}

func TestCostOf(t *testing.T) {
	for severity, want := range map[int]int{1: 10, 2: 20, 3: 40} {
		if got := standing.CostOf(severity); got != want {
			t.Errorf("severity %d costs %d, want %d", severity, got, want)
		}
	}
}

// What befell somebody, by days: they wrote (w), a case cost them 10 (f), which was given back (r), or a day
// passed (+).
func TestConduct(t *testing.T) {
	for name, test := range map[string]struct {
		befell string
		want   int
	}{
		"nothing":                            {"", 100},
		"who wrote has no more than all":     {"w+w+w+", 100},
		"a case":                             {"f", 90},
		"of nothing there is nothing taken":  {"ffffffffffff", 0},
		"time alone brings nothing back":     {"f+++++", 90},
		"a day on which they wrote does":     {"f+w+", 91},
		"when it is over":                    {"f+w", 90},
		"though nothing came after it":       {"f+w+++++", 91},
		"however much they wrote":            {"f+wwwwww+", 91},
		"each such day":                      {"f+w+w++w+", 93},
		"but not the day of the case":        {"fw+", 90},
		"nor what they wrote before it":      {"f+wf+", 80},
		"nor after":                          {"f+wfw+", 80},
		"the day before it does":             {"f+w+f", 81},
		"until all is back":                  {"f+w+w+w+w+w+w+w+w+w+w+w+w+", 100},
		"what was given back":                {"fr", 100},
		"of two cases":                       {"ffr", 90},
		"not more than was missing":          {"f+w+r", 100},
		"and what is given back is not more": {"f+w+r+f", 90},
		"a day before it was given back":     {"ff+w+r", 91},
		"and one after":                      {"ff+r+w+", 91},
	} {
		t.Run(name, func(t *testing.T) {
			c, on := standing.Conduct{}, today
			for _, what := range test.befell {
				switch what {
				case 'w':
					c = c.Write(on)
				case 'f':
					c, _ = c.Fall(10, on)
				case 'r':
					c = c.Rise(10, on)
				case '+':
					on++
				}
			}
			if got := c.Score(on); got != test.want || c.Tier(on) != standing.TierOf(test.want) {
				t.Errorf("the score is %d, %s; want %d", got, c.Tier(on), test.want)
			}
		})
	}
}

// life is what befell somebody, kept as it happened.
type life struct {
	missing     int
	wrote, fell map[int64]bool
	counted     int64 // days before this are
}

// until counts the days before one, each by itself.
func (l *life) until(day int64) {
	for ; l.counted < day; l.counted++ {
		if l.wrote[l.counted] && !l.fell[l.counted] && l.missing > 0 {
			l.missing--
		}
	}
}

// A conduct says what counting each day by itself would. As long as any point is missing, that is one for
// each day that is over, on which they wrote and no case was upheld. A score is from 0 to 100.
func TestConductCountsDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		on := today
		c, l := standing.Conduct{}, life{wrote: map[int64]bool{}, fell: map[int64]bool{}, counted: today}
		for range rapid.IntRange(0, 60).Draw(t, "events") {
			points := rapid.SampledFrom([]int{10, 20, 40}).Draw(t, "points")
			switch rapid.SampledFrom([]string{"write", "write", "fall", "rise", "wait", "wait"}).Draw(t, "what") {
			case "write":
				c = c.Write(on)
				l.wrote[on] = l.wrote[on] || l.missing > 0
			case "fall":
				next, taken := c.Fall(points, on)
				if want := min(points, standing.FullStanding-l.missing); taken != want {
					t.Fatalf("%d taken, want %d", taken, want)
				}
				c, l.missing, l.fell[on] = next, l.missing+taken, true
			case "rise":
				c, l.missing = c.Rise(points, on), max(0, l.missing-points)
				if l.missing == 0 { // a new life
					l.wrote[on], l.fell[on] = false, false
				}
			case "wait":
				on += rapid.Int64Range(1, 3).Draw(t, "days")
				l.until(on)
			}
			if got := c.Score(on); got != standing.FullStanding-l.missing {
				t.Fatalf("the score is %d, %d are missing; %+v", got, l.missing, c)
			}
			if c != (standing.Conduct{}) && c.Lost == 0 {
				t.Fatalf("full standing is kept as %+v", c)
			}
			if back := c.Score(on - 5); back < 0 || back > standing.FullStanding { // by a clock that was set back
				t.Fatalf("the score was %d", back)
			}
		}
	})
}

// Whatever cases cost, in whatever order they are taken back, the standing is what it was as long as no
// day is counted.
func TestFallsAndRisesMatch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := standing.Conduct{Lost: rapid.IntRange(0, standing.FullStanding).Draw(t, "missing")}
		c, taken := start, []int{}
		for range rapid.IntRange(0, 30).Draw(t, "steps") {
			if n := len(taken); n > 0 && rapid.Bool().Draw(t, "back") {
				i := rapid.IntRange(0, n-1).Draw(t, "which")
				c, taken = c.Rise(taken[i], today), slices.Delete(taken, i, i+1)
				continue
			}
			next, points := c.Fall(rapid.SampledFrom([]int{10, 20, 40}).Draw(t, "points"), today)
			c, taken = next, append(taken, points)
		}
		for _, points := range taken {
			c = c.Rise(points, today)
		}
		if c.Lost != start.Lost || c.Score(today) != start.Score(today) {
			t.Fatalf("began with %d points missing, ended with %d", start.Lost, c.Lost)
		}
	})
}
