package weight_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation/weight"
	"github.com/ostrakon-bot/ostrakon/moderation/weight/weighttest"
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
			record := weight.VoteRecord{Right: test.right, Wrong: test.wrong}
			if got := record.Accuracy(); !weighttest.Near(got, test.accuracy) {
				t.Errorf("right %v of the time, want %v", got, test.accuracy)
			}
			if got := record.Credibility(); !weighttest.Near(got, test.weight) {
				t.Errorf("weighs %v, want %v", got, test.weight)
			}
		})
	}
	if got := (weight.VoteRecord{}).Credibility(); got != 1 {
		t.Errorf("who is new weighs %v, want exactly 1", got)
	}
}

func TestLearn(t *testing.T) {
	start := weight.VoteRecord{Right: 4, Wrong: 2, Voted: 8, Day: today}
	for name, test := range map[string]struct {
		feedback weight.Feedback
		later    int64
		want     weight.VoteRecord
	}{
		"right":                   {weight.Feedback{Right: true, Evidence: 1}, 0, weight.VoteRecord{Right: 5, Wrong: 2, Voted: 8, Day: today}},
		"wrong":                   {weight.Feedback{Evidence: 1}, 0, weight.VoteRecord{Right: 4, Wrong: 3, Voted: 8, Day: today}},
		"right, by votes":         {weight.Feedback{Right: true, Evidence: 0.5}, 0, weight.VoteRecord{Right: 4.5, Wrong: 2, Voted: 8, Day: today}},
		"wrong, half a year on":   {weight.Feedback{Evidence: 1}, 180, weight.VoteRecord{Right: 2, Wrong: 2, Voted: 4, Day: today + 180}},
		"on a day that was there": {weight.Feedback{Right: true, Evidence: 1}, -9, weight.VoteRecord{Right: 5, Wrong: 2, Voted: 8, Day: today}},
	} {
		t.Run(name, func(t *testing.T) {
			got := start.Learn(test.feedback, today+test.later)
			if c := got.Abuse; c.Cast != 1 || (c.Missed == 1) == test.feedback.Right {
				t.Errorf("of the latest ballots is noted %+v", c)
			}
			got.Abuse = weight.ReportAbuse{}
			if got != test.want {
				t.Errorf("record %+v, want %+v", got, test.want)
			}
		})
	}
}

func drawRecord(t *rapid.T) weight.VoteRecord {
	amount := rapid.OneOf(rapid.Float64Range(0, 20), rapid.Float64Range(0, 1e18), rapid.Just(0.0))
	return weight.VoteRecord{Right: amount.Draw(t, "right"), Wrong: amount.Draw(t, "wrong"), Day: today}
}

// Whatever the record, a weight is a number from 0 to 2.5, and 1 without a record. One more ballot that was
// right never lowers it, and one that was wrong never raises it.
func TestCredibilityIsMonotone(t *testing.T) {
	const rounding = 1e-9
	rapid.Check(t, func(t *rapid.T) {
		record := drawRecord(t)
		more := rapid.Float64Range(0, 1e18).Draw(t, "more")
		weighs := record.Credibility()
		if math.IsNaN(weighs) || weighs < 0 || weighs > weight.MaxCredibility {
			t.Fatalf("weighs %v", weighs)
		}
		better, worse := record, record
		better.Right += more
		worse.Wrong += more
		if better.Credibility() < weighs-rounding || worse.Credibility() > weighs+rounding {
			t.Fatalf("weighs %v, %v if right more often, %v if wrong", weighs, better.Credibility(), worse.Credibility())
		}
	})
}

// With time a weight moves towards 1 and never past it, and what is remembered becomes less.
func TestForgettingLeadsBackToOne(t *testing.T) {
	const rounding = 1e-9
	rapid.Check(t, func(t *rapid.T) {
		record := drawRecord(t)
		later := record.On(today + rapid.Int64Range(0, 4000).Draw(t, "days"))
		from, to := record.Credibility()-1, later.Credibility()-1
		if math.Abs(to) > math.Abs(from)+rounding || from*to < -rounding {
			t.Fatalf("weighed %v, weighs %v", 1+from, 1+to)
		}
		if later.Right > record.Right || later.Wrong > record.Wrong || later.Right < 0 || later.Wrong < 0 {
			t.Fatalf("remembered was %+v, is %+v", record, later)
		}
		if long := record.On(today + 1e6).Credibility(); !weighttest.Near(long, 1) {
			t.Fatalf("weighs %v when all is forgotten", long)
		}
	})
}
