package weight

import (
	"math"
	"time"
)

// HalfLife is after what time something that was learned of members counts half.
const HalfLife = 180 * 24 * time.Hour

// Trace is an amount that is forgotten exponentially, as much as was left of it on Day.
type Trace struct {
	Sum float64
	Day int64 // see [DayOf]; the finest time that is kept of what members did
}

// DayOf is the day of a moment, in days since 1970, UTC.
func DayOf(t time.Time) int64 { return t.Unix() / (24 * 60 * 60) }

// Midnight is when a day begins; the counterpart of [DayOf].
func Midnight(day int64) time.Time { return time.Unix(day*24*60*60, 0).UTC() }

// On is what is left of the trace on a day. One before the trace's own counts as that.
func (t Trace) On(day int64) float64 { return t.Sum * kept(t.Day, day) }

// Add adds to what is left of the trace on a day.
func (t Trace) Add(amount float64, day int64) Trace {
	return Trace{Sum: t.On(day) + amount, Day: max(t.Day, day)}
}

// kept is the part that is left after the days between.
func kept(from, to int64) float64 {
	if to <= from {
		return 1
	}
	return math.Exp2(-float64(to-from) * 24 / HalfLife.Hours())
}
