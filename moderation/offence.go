package moderation

import (
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// Offence is one upheld case against an author.
type Offence struct {
	Case     string
	Steps    int  // up the ladder: the severity, and one for each time the penalty was made harder
	Severity int  // of the rule at that time, or of the one that the case was put under since
	Cost     int  // the points of standing it took
	Limited  bool // votes alone brought it, which may not have counted it in full; see [Case.limit]
	At       time.Time
	Penalty  ladder.Step // what it brought; filled by the store from the case, not kept twice
	Until    time.Time   // when that is over, zero = never; likewise
	Put      Progress    // how far it is; likewise
}

// runs reports whether the penalty lasts at this time.
func (o Offence) runs(now time.Time) bool { return o.Until.IsZero() || o.Until.After(now) }

// running is the one of the offences whose penalty of this kind lasts longest, if any lasts.
func running(history []Offence, penalty ladder.Penalty, now time.Time) (Offence, bool) {
	var longest Offence
	found := false
	for _, o := range history {
		switch {
		case o.Penalty.Kind != penalty || !o.runs(now):
		case !found, !longest.Until.IsZero() && (o.Until.IsZero() || o.Until.After(longest.Until)):
			longest, found = o, true
		}
	}
	return longest, found
}

// Banned reports whether any of the offences keeps their author out at this time.
func Banned(history []Offence, now time.Time) bool {
	for _, o := range history {
		if o.Penalty.Kind == ladder.Ban && o.runs(now) {
			return true
		}
	}
	return false
}

// Level is where an author stands on the ladder, counted from 1; 0 is off it. Each offence moves
// them up by its steps; for each full lapse that passes without one they come down a step.
// History is in the order of time.
func Level(history []Offence, lapse time.Duration, now time.Time) int {
	level := 0
	var last time.Time
	for _, o := range history {
		level = lapsed(level, lapse, o.At.Sub(last)) + o.Steps
		last = o.At
	}
	return lapsed(level, lapse, now.Sub(last))
}

func lapsed(level int, lapse, quiet time.Duration) int {
	if level == 0 || lapse <= 0 || quiet < 0 {
		return level
	}
	return max(0, level-int(quiet/lapse))
}

// NextLapse is when the next step lapses, zero for someone off the ladder.
func NextLapse(history []Offence, lapse time.Duration, now time.Time) time.Time {
	if len(history) == 0 || lapse <= 0 || Level(history, lapse, now) == 0 {
		return time.Time{}
	}
	last := history[len(history)-1].At
	return last.Add((now.Sub(last)/lapse + 1) * lapse)
}

// except is the history without one offence.
func except(history []Offence, offence int) []Offence {
	return slices.Delete(slices.Clone(history), offence, offence+1)
}

// lastFall is the last day with an upheld case other than that one.
func lastFall(history []Offence, but string) int64 {
	var last int64
	for _, o := range history {
		if o.Case != but {
			last = max(last, DayOf(o.At))
		}
	}
	return last
}
