package moderation

import "time"

// Offence is one upheld case against an author.
type Offence struct {
	Case    string
	Steps   int // the severity of the rule at that time
	At      time.Time
	Penalty Step // what it brought; filled by the store from the case, not kept twice
}

// Banned reports whether any of the offences keeps their author out at this time.
func Banned(history []Offence, now time.Time) bool {
	for _, o := range history {
		if o.Penalty.Deed == Ban && (o.Penalty.For == 0 || o.Penalty.Until(o.At).After(now)) {
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
