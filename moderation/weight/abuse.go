package weight

import (
	"math"
	"time"
)

// ReportAbuse is what follows for a member whose ballots are wrong often. Only they are told, and it touches
// their reports alone.
type ReportAbuse struct {
	Cast   float64 // their latest final ballots: the last ten to twenty, fewer as they are forgotten
	Missed float64 // how many of them were wrong
	Noted  bool    // they were told that many are
	Pauses int     // in a row
	Until  int64   // the day from which on they may report again; see [DayOf]
}

// What is wrong too often.
const (
	AbuseFrom = 10   // ballots on record before anything follows
	NoteOver  = 0.25 // part of them that is wrong, over which the member gets a note
	PauseOver = 0.40 // and over which their reporting is paused

	abuseMost = 20 // ballots, of which those before count half
)

// pauses are the days that reporting is paused, the first time, the second, and from then on.
var pauses = []int64{1, 3, 7}

// count adds a final ballot.
func (a ReportAbuse) count(right bool) ReportAbuse {
	if a.Cast >= abuseMost {
		a.Cast, a.Missed = a.Cast/2, a.Missed/2
	}
	a.Cast++
	if !right {
		a.Missed++
	}
	return a
}

// fade forgets a part.
func (a ReportAbuse) fade(kept float64) ReportAbuse {
	a.Cast, a.Missed = a.Cast*kept, a.Missed*kept
	return a
}

// share is which part of the ballots on record is wrong; 0 while there are too few to say.
func (a ReportAbuse) share() float64 {
	if math.Round(a.Cast) < AbuseFrom {
		return 0
	}
	return a.Missed / a.Cast
}

// Respond says what follows on a day on which a ballot turned out wrong, and whether the member is to be
// told. Without a new wrong ballot nothing new follows: a record heals by itself as it ages.
func (a ReportAbuse) Respond(day int64) (next ReportAbuse, tell bool) {
	switch share := a.share(); {
	case share > PauseOver:
		if day < a.Until {
			return a, false
		}
		a.Until = day + pauses[min(a.Pauses, len(pauses)-1)]
		a.Pauses++
		a.Noted = true
		return a, true
	case share > NoteOver:
		tell = !a.Noted
		a.Noted = true
		return a, tell
	default:
		a.Noted, a.Pauses = false, 0
		return a, false
	}
}

// Paused is when the member may report again; zero if they may now.
func (a ReportAbuse) Paused(now time.Time) time.Time { return a.PausedOn(DayOf(now)) }

// PausedOn is the same, on a day.
func (a ReportAbuse) PausedOn(day int64) time.Time {
	if day >= a.Until {
		return time.Time{}
	}
	return Midnight(a.Until)
}
