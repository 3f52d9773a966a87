package weight_test

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation/weight"
	"github.com/ostrakon-bot/ostrakon/moderation/weight/weighttest"
)

// today is the day of noon.
var today = weight.DayOf(noon)

func TestDayOf(t *testing.T) {
	midnight := time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)
	east := time.FixedZone("", 9*60*60)
	for name, test := range map[string]struct {
		at   time.Time
		want int64
	}{
		"the first":             {time.Unix(0, 0), 0},
		"its last second":       {time.Unix(24*60*60-1, 0), 0},
		"noon":                  {noon, today},
		"midnight":              {midnight, today},
		"a moment before it":    {midnight.Add(-1), today - 1},
		"the end of the day":    {midnight.Add(day - 1), today},
		"the day is that of UT": {midnight.In(east), today},
	} {
		if got := weight.DayOf(test.at); got != test.want {
			t.Errorf("%s: day %d, want %d", name, got, test.want)
		}
	}
}

func TestTrace(t *testing.T) {
	four := weight.Trace{Sum: 4, Day: today}
	for name, test := range map[string]struct {
		trace weight.Trace
		day   int64
		want  float64
	}{
		"on its day":            {four, today, 4},
		"after half a year":     {four, today + 180, 2},
		"after a year":          {four, today + 360, 1},
		"after a quarter":       {four, today + 90, 4 / math.Sqrt2},
		"on a day before":       {four, today - 9, 4}, // a clock that was set back forgets nothing, and invents nothing
		"nothing is left of 0":  {weight.Trace{}, today, 0},
		"nothing after so long": {four, today + 1<<40, 0},
	} {
		t.Run(name, func(t *testing.T) {
			if got := test.trace.On(test.day); !weighttest.Near(got, test.want) {
				t.Errorf("%v is left, want %v", got, test.want)
			}
			want := weight.Trace{Sum: test.trace.On(test.day) + 1, Day: max(test.trace.Day, test.day)}
			if got := test.trace.Add(1, test.day); got != want {
				t.Errorf("%+v with one more, want %+v", got, want)
			}
		})
	}
}

// To look at a trace in between changes nothing of what is left of it later; and less is left each day.
func TestTraceIsForgottenSteadily(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		trace := weight.Trace{Sum: rapid.Float64Range(0, 1e6).Draw(t, "sum"), Day: today}
		first := today + rapid.Int64Range(0, 2000).Draw(t, "first")
		later := first + rapid.Int64Range(0, 2000).Draw(t, "later")
		looked := trace.Add(0, first)
		if a, b := trace.On(later), looked.On(later); !weighttest.Near(a, b) || b > looked.Sum || a < 0 {
			t.Fatalf("%v is left, %v when it was looked at on day %d", a, b, first)
		}
	})
}
