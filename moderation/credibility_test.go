package moderation_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

func TestCredibility(t *testing.T) {
	unit := math.Log(3) // the logarithm of three to one
	for name, test := range map[string]struct {
		right, wrong     float64
		accuracy, weight float64
	}{
		"nobody knows them":       {0, 0, 0.75, 1},
		"right once":              {1, 0, 0.8, math.Log(4) / unit},
		"wrong once":              {0, 1, 0.6, math.Log(1.5) / unit},
		"right as often as taken": {3, 1, 0.75, 1},
		"right three times":       {3, 0, 6.0 / 7, math.Log(6) / unit},
		"not quite a record":      {2.5, 0, 5.5 / 6.5, math.Log(5.5) / unit},
		"wrong twice":             {0, 2, 0.5, 0},
		"a coin":                  {50, 52, 0.5, 0},
		"always wrong":            {0, 40, 3.0 / 44, 0},
		"nine times in ten":       {24, 2, 0.9, 2},
		"right too often":         {12, 0, 15.0 / 16, math.Log(15) / unit},
		"more cannot be had":      {13, 0, 16.0 / 17, 2.5},
		"always right":            {1e300, 0, 1, 2.5},
		"always wrong, for ever":  {0, 1e300, 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			track := moderation.Track{Right: test.right, Wrong: test.wrong}
			if got := track.Accuracy(); !near(got, test.accuracy) {
				t.Errorf("right %v of the time, want %v", got, test.accuracy)
			}
			if got := track.Credibility(); !near(got, test.weight) {
				t.Errorf("weighs %v, want %v", got, test.weight)
			}
		})
	}
	if got := (moderation.Track{}).Credibility(); got != 1 {
		t.Errorf("who is new weighs %v, want exactly 1", got)
	}
}

func TestLearn(t *testing.T) {
	start := moderation.Track{Right: 4, Wrong: 2, Voted: 8, Day: today}
	for name, test := range map[string]struct {
		lesson moderation.Lesson
		later  int64
		want   moderation.Track
	}{
		"right":                   {moderation.Lesson{Right: true, Evidence: 1}, 0, moderation.Track{Right: 5, Wrong: 2, Voted: 8, Day: today}},
		"wrong":                   {moderation.Lesson{Evidence: 1}, 0, moderation.Track{Right: 4, Wrong: 3, Voted: 8, Day: today}},
		"right, by votes":         {moderation.Lesson{Right: true, Evidence: 0.5}, 0, moderation.Track{Right: 4.5, Wrong: 2, Voted: 8, Day: today}},
		"wrong, half a year on":   {moderation.Lesson{Evidence: 1}, 180, moderation.Track{Right: 2, Wrong: 2, Voted: 4, Day: today + 180}},
		"on a day that was there": {moderation.Lesson{Right: true, Evidence: 1}, -9, moderation.Track{Right: 5, Wrong: 2, Voted: 8, Day: today}},
	} {
		t.Run(name, func(t *testing.T) {
			got := start.Learn(test.lesson, today+test.later)
			if c := got.Caution; c.Cast != 1 || (c.Missed == 1) == test.lesson.Right {
				t.Errorf("of the latest ballots is noted %+v", c)
			}
			got.Caution = moderation.Caution{}
			if got != test.want {
				t.Errorf("track %+v, want %+v", got, test.want)
			}
		})
	}
}

func drawTrack(t *rapid.T) moderation.Track {
	amount := rapid.OneOf(rapid.Float64Range(0, 20), rapid.Float64Range(0, 1e18), rapid.Just(0.0))
	return moderation.Track{Right: amount.Draw(t, "right"), Wrong: amount.Draw(t, "wrong"), Day: today}
}

// Whatever the record: a weight is a number from 0 to 2.5, and 1 without a record; one more ballot that was
// right never lowers it, and one that was wrong never raises it.
func TestCredibilityIsMonotone(t *testing.T) {
	const rounding = 1e-9
	rapid.Check(t, func(t *rapid.T) {
		track := drawTrack(t)
		more := rapid.Float64Range(0, 1e18).Draw(t, "more")
		weight := track.Credibility()
		if math.IsNaN(weight) || weight < 0 || weight > moderation.MaxCredibility {
			t.Fatalf("weighs %v", weight)
		}
		better, worse := track, track
		better.Right += more
		worse.Wrong += more
		if better.Credibility() < weight-rounding || worse.Credibility() > weight+rounding {
			t.Fatalf("weighs %v, %v if right more often, %v if wrong", weight, better.Credibility(), worse.Credibility())
		}
		if v := (moderation.Voter{Track: track}).Ballot(moderation.Fine, noon, noon); v.Weight != weight {
			t.Fatalf("the ballot weighs %v, want %v", v.Weight, weight)
		}
	})
}

// With time a weight moves towards 1 and never past it, and what is remembered becomes less.
func TestForgettingLeadsBackToOne(t *testing.T) {
	const rounding = 1e-9
	rapid.Check(t, func(t *rapid.T) {
		track := drawTrack(t)
		later := track.On(today + rapid.Int64Range(0, 4000).Draw(t, "days"))
		from, to := track.Credibility()-1, later.Credibility()-1
		if math.Abs(to) > math.Abs(from)+rounding || from*to < -rounding {
			t.Fatalf("weighed %v, weighs %v", 1+from, 1+to)
		}
		if later.Right > track.Right || later.Wrong > track.Wrong || later.Right < 0 || later.Wrong < 0 {
			t.Fatalf("remembered was %+v, is %+v", track, later)
		}
		if long := track.On(today + 1e6).Credibility(); !near(long, 1) {
			t.Fatalf("weighs %v when all is forgotten", long)
		}
	})
}
