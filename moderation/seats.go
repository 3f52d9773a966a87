package moderation

import (
	"slices"
	"time"
)

// A jury is five members; three agree on what becomes of an appeal. Fewer than twenty who could be drawn are no
// jury: too many of them would know what it is about.
const (
	JurySize       = 5
	JuryMajority   = 3
	FewestEligible = 20
	ActiveFor      = 7 * 24 * time.Hour // since they wrote last
)

// Ruling is what a juror says.
type Ruling string

// The rulings.
const (
	RuleUphold   Ruling = "uphold"   // the verdict is right
	RuleOverturn Ruling = "overturn" // it is not
)

// Seat is a place on a jury. Who sits there nobody is ever shown.
type Seat struct {
	Juror  Person
	Drawn  time.Time
	Ruling Ruling // empty until they vote
	Gone   bool   // it went to another, or the jury is dissolved
}

// waits reports whether the juror has yet to vote.
func (s Seat) waits() bool { return s.Ruling == "" && !s.Gone }

// Appeal is what an author has against the verdict about them.
type Appeal struct {
	Words    string // their sentence; empty if they said none
	Filed    time.Time
	Deadline time.Time // of the jury, then of the admins
	Ends     time.Time // the deadline of the open case when these times were noted; a pause moves that alone. See [Appeal.follow]
	Seats    []Seat    // in the order in which they were drawn
}

// SeatEnds is when a seat in the jury about a case goes to another, unless its juror votes; or when the jury's time is over.
func (a Appeal) SeatEnds(c Case, seat int) time.Time {
	own := a.copied(c)
	ends := own.Seats[seat].Drawn.Add(c.seatTime())
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

// vacated are the seats of an earlier jury about the same case, of which nobody is to sit on the next.
func (a *Appeal) vacated() []Seat {
	if a == nil {
		return nil
	}
	seats := slices.Clone(a.Seats)
	for i := range seats {
		seats[i].Ruling, seats[i].Gone = "", true
	}
	return seats
}

func (a *Appeal) seatOf(juror int64) int {
	return slices.IndexFunc(a.Seats, func(s Seat) bool { return s.Juror.ID == juror })
}

// clear takes the seats from all who have not voted.
func (a *Appeal) clear() {
	for i := range a.Seats {
		if a.Seats[i].waits() {
			a.Seats[i].Gone = true
		}
	}
}

func (a *Appeal) count() (uphold, overturn, waiting int) {
	for _, s := range a.Seats {
		switch {
		case s.Ruling == RuleUphold:
			uphold++
		case s.Ruling == RuleOverturn:
			overturn++
		case s.waits():
			waiting++
		}
	}
	return uphold, overturn, waiting
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
		if ends := a.SeatEnds(c, i); s.waits() && ends.Before(due) {
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
	for i := range a.Seats {
		a.Seats[i].Drawn = a.Seats[i].Drawn.Add(by)
	}
}

// Times of an appeal.
const (
	AppealWithin = FinalAfter         // after the verdict
	JuryTime     = 48 * time.Hour     // which the jury has; then the admins decide
	SeatTime     = 12 * time.Hour     // which a juror has; then the seat goes to another
	AdminsTime   = 7 * 24 * time.Hour // which the admins have
	MaxSentence  = 300                // characters of the author's sentence
)

// Times of a case that is opened again. They are shorter than those of an appeal: the message stands there meanwhile, and
// Telegram lets nobody remove one that is older than two days.
const (
	AgainJuryTime   = 12 * time.Hour // which the jury has; then the admins decide
	AgainSeatTime   = 2 * time.Hour  // which a juror has; then the seat goes to another
	AgainAdminsTime = 24 * time.Hour // which the admins have; then it expires
)
