package moderation

import (
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/jury"
)

// ActiveFor is how long ago a member may have written last who is drawn for a jury.
const ActiveFor = 7 * 24 * time.Hour

// Limits of an appeal.
const (
	AppealWithin = FinalAfter // after the verdict
	MaxSentence  = 300        // characters of the author's sentence
)

// Appeal is what an author has against the verdict about them.
type Appeal struct {
	Words    string // their sentence; empty if they said none
	Filed    time.Time
	Deadline time.Time  // of the jury, then of the admins
	Ends     time.Time  // the deadline of the open case when these times were noted; a pause moves that alone. See [Appeal.follow]
	Seats    jury.Seats // in the order in which they were drawn
}

// SeatEnds is when a seat in the jury about a case goes to another, unless its juror votes; or when the jury's time is over.
func (a Appeal) SeatEnds(c Case, seat int) time.Time {
	own := a.copied(c)
	ends := own.Seats[seat].Drawn.Add(c.times().Seat)
	if own.Deadline.Before(ends) {
		return own.Deadline
	}
	return ends
}

// Candidate is a member who wrote something within [ActiveFor].
type Candidate struct {
	Person Person
	Record Record
	Admin  bool
}

// copied is an appeal of its own, since what a decision looks at stays as it is. Its times are those that pauses have left.
func (a *Appeal) copied(c Case) *Appeal {
	own := *a
	own.Seats = slices.Clone(a.Seats)
	own.follow(c)
	return &own
}

// due is when something is to be done about the appeal by the clock.
func (a Appeal) due(c Case) time.Time {
	due := a.Deadline
	if c.Appeal != BeforeJury {
		return due
	}
	if len(a.Seats) == 0 { // the jury is still to be drawn
		return a.Filed
	}
	for i, s := range a.Seats {
		if ends := a.SeatEnds(c, i); s.Waits() && ends.Before(due) {
			due = ends
		}
	}
	return due
}

// follow moves the times of a case that is opened again by as much as a pause has moved the deadline of the case.
func (a *Appeal) follow(c Case) {
	if c.Verdict != Open || a.Ends.IsZero() {
		return
	}
	by := c.Deadline.Sub(a.Ends)
	a.Deadline, a.Ends = a.Deadline.Add(by), c.Deadline
	a.Seats.Postpone(by)
}
