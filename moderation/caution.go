package moderation

import (
	"math"
	"time"
)

// Caution is what follows for a member whose ballots are wrong often. Only they are told, and it touches
// their reports alone.
type Caution struct {
	Cast   float64 // their latest final ballots: the last ten to twenty, fewer as they are forgotten
	Missed float64 // how many of them were wrong
	Noted  bool    // they were told that many are
	Pauses int     // in a row
	Until  int64   // the day from which on they may report again; see [DayOf]
}

// What is wrong too often.
const (
	CautionFrom = 10   // ballots on record before anything follows
	NoteOver    = 0.25 // part of them that is wrong, over which the member gets a note
	PauseOver   = 0.40 // and over which their reporting is paused

	cautionMost = 20 // ballots, of which those before count half
)

// pauses are the days that reporting is paused, the first time, the second, and from then on.
var pauses = []int64{1, 3, 7}

// count adds a final ballot.
func (c Caution) count(right bool) Caution {
	if c.Cast >= cautionMost {
		c.Cast, c.Missed = c.Cast/2, c.Missed/2
	}
	c.Cast++
	if !right {
		c.Missed++
	}
	return c
}

// fade forgets a part.
func (c Caution) fade(kept float64) Caution {
	c.Cast, c.Missed = c.Cast*kept, c.Missed*kept
	return c
}

// share is which part of the ballots on record is wrong; 0 while there are too few to say.
func (c Caution) share() float64 {
	if math.Round(c.Cast) < CautionFrom {
		return 0
	}
	return c.Missed / c.Cast
}

// heed says what follows on a day on which a ballot turned out wrong, and whether the member is to be
// told. Without a new wrong ballot nothing new follows: a record heals by itself as it ages.
func (c Caution) heed(day int64) (next Caution, tell bool) {
	switch share := c.share(); {
	case share > PauseOver:
		if day < c.Until {
			return c, false
		}
		c.Until = day + pauses[min(c.Pauses, len(pauses)-1)]
		c.Pauses++
		c.Noted = true
		return c, true
	case share > NoteOver:
		tell = !c.Noted
		c.Noted = true
		return c, tell
	default:
		c.Noted, c.Pauses = false, 0
		return c, false
	}
}

// Paused is when the member may report again; zero if they may now.
func (c Caution) Paused(now time.Time) time.Time { return c.paused(DayOf(now)) }

func (c Caution) paused(day int64) time.Time {
	if day >= c.Until {
		return time.Time{}
	}
	return Midnight(c.Until)
}
