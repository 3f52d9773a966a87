// Package jury keeps the seats of a jury: who was drawn, what they said, and when a seat goes to another.
//
// It promises that a jury decides by a majority of all its seats, and that nobody is asked for longer than the times say.
// A juror who has voted keeps their seat, and may change their vote. It does not know what the jury judges, and draws nobody: the caller gives it
// people in an order that chance made.
package jury

import (
	"slices"
	"time"
)

// A jury is five members; three agree on what becomes of an appeal. Fewer than twenty who could be drawn are no
// jury: too many of them would know what it is about.
const (
	Size           = 5
	Majority       = 3
	FewestEligible = 20
)

// Times say how long a jury takes at most.
type Times struct {
	Jury   time.Duration // which the jury has; then the admins decide
	Seat   time.Duration // which a juror has; then the seat goes to another
	Admins time.Duration // which the admins have
}

var (
	// AppealTimes are those of an appeal.
	AppealTimes = Times{Jury: 48 * time.Hour, Seat: 12 * time.Hour, Admins: 7 * 24 * time.Hour}

	// AgainTimes are those of a case that is opened again. They are shorter than those of an appeal: the message stands there
	// meanwhile, and Telegram lets nobody remove one that is older than two days.
	AgainTimes = Times{Jury: 12 * time.Hour, Seat: 2 * time.Hour, Admins: 24 * time.Hour}
)

// Ballot is what a juror says.
type Ballot string

// The ballots.
const (
	Uphold   Ballot = "uphold"   // the verdict is right
	Overturn Ballot = "overturn" // it is not
)

// Valid reports whether it is one of the two.
func (r Ballot) Valid() bool { return r == Uphold || r == Overturn }

// Juror is somebody who was drawn.
type Juror struct {
	ID       int64
	Language string
	Private  bool // they can be written to in private
}

// Seat is a place on a jury. Who sits there nobody is ever shown.
type Seat struct {
	Juror  Juror
	Drawn  time.Time
	Ballot Ballot // empty until they vote
	Gone   bool   // it went to another, or the jury is dissolved
}

// Waits reports whether the juror has yet to vote.
func (s Seat) Waits() bool { return s.Ballot == "" && !s.Gone }

// Seats are the seats of a jury, in the order in which they were drawn.
type Seats []Seat

// Of is the index of a juror's seat, or -1.
func (s Seats) Of(juror int64) int {
	return slices.IndexFunc(s, func(s Seat) bool { return s.Juror.ID == juror })
}

// Vacated are the same seats without what was said, and of nobody any more.
func (s Seats) Vacated() Seats {
	seats := slices.Clone(s)
	for i := range seats {
		seats[i].Ballot, seats[i].Gone = "", true
	}
	return seats
}

// Clear takes the seats from all who have not voted.
func (s Seats) Clear() {
	for i := range s {
		if s[i].Waits() {
			s[i].Gone = true
		}
	}
}

// TakeLate takes the seats from all who have not voted in time, and says how many they were.
func (s Seats) TakeLate(now time.Time, seat time.Duration) int {
	late := 0
	for i := range s {
		if s[i].Waits() && !now.Before(s[i].Drawn.Add(seat)) {
			s[i].Gone = true
			late++
		}
	}
	return late
}

// Postpone moves the times of all seats.
func (s Seats) Postpone(by time.Duration) {
	for i := range s {
		s[i].Drawn = s[i].Drawn.Add(by)
	}
}

// Count is how many said what, and how many have yet to say something.
func (s Seats) Count() (uphold, overturn, waiting int) {
	for _, one := range s {
		switch {
		case one.Ballot == Uphold:
			uphold++
		case one.Ballot == Overturn:
			overturn++
		case one.Waits():
			waiting++
		}
	}
	return uphold, overturn, waiting
}

// Decision is what the majority says; empty if there is none.
func (s Seats) Decision() Ballot {
	switch uphold, overturn, _ := s.Count(); {
	case uphold >= Majority:
		return Uphold
	case overturn >= Majority:
		return Overturn
	default:
		return ""
	}
}

// CanAgree reports whether those who have yet to vote can still make a majority.
func (s Seats) CanAgree() bool {
	uphold, overturn, waiting := s.Count()
	return max(uphold, overturn)+waiting >= Majority
}
