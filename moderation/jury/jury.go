// Package jury keeps the seats of a jury: who was asked, what they said, when more are asked, and what their answers decide.
//
// It promises that nobody is asked twice, that a decision depends on nothing but the answers and their weights, and that no more than
// [MostAsked] are asked. A juror who has answered may change that until the jury has decided. It does not know what the jury
// judges, and draws nobody: the caller gives it people in an order that chance made.
package jury

import (
	"cmp"
	"slices"
	"time"
)

// A jury is asked in rounds. With fewer than twenty who could be drawn there is none: too many of them would know what it is about.
const (
	PerRound       = 5
	MostAsked      = 40
	FewestEligible = 20
)

// The score that decides, and how many must have said so at least. It is Wald's sequential test, as on a card: 81 to 1 for members
// who are right three times in four. One juror with a long record is not enough, however much they weigh.
const (
	Decisive       = 4.0
	FewestAgreeing = 4

	slack = 1e-9 // sums of weights are not exact
)

// Reason is why there is a jury.
type Reason string

// The reasons, in the order in which one goes before another.
const (
	NoJury   Reason = ""
	Heavy    Reason = "heavy"   // whether a heavy penalty against an established member is right
	Appeal   Reason = "appeal"  // whether a verdict was
	Reopened Reason = "again"   // an open case about a message that was dismissed before
	Stalled  Reason = "stalled" // an open case that those who came by did not decide
)

// Alone reports whether its answers alone decide. Those of another are ballots like all others.
func (r Reason) Alone() bool { return r != Stalled && r != NoJury }

// Times say how long a jury takes.
type Times struct {
	Round time.Duration // after which more are asked
	Lasts time.Duration // so long answers count; 0: as long as the case is open
}

// UrgentRound is how long a round about a heavy penalty lasts if its author waits for it, muted.
const UrgentRound = 10 * time.Minute

// Times are those of a jury. One about a case that is opened again has less than one about an appeal: the message stands there
// meanwhile, and Telegram lets nobody remove one that is older than two days.
func (r Reason) Times() Times {
	switch r {
	case Heavy:
		return Times{30 * time.Minute, 12 * time.Hour}
	case Appeal:
		return Times{12 * time.Hour, 48 * time.Hour}
	case Reopened:
		return Times{2 * time.Hour, 12 * time.Hour}
	default:
		return Times{10 * time.Minute, 0}
	}
}

// What the admins have for what a jury did not decide.
const (
	AdminsAppeal   = 7 * 24 * time.Hour
	AdminsReopened = 24 * time.Hour
)

// Ballot is what a juror says.
type Ballot string

// The ballots.
const (
	Uphold   Ballot = "uphold"   // the message breaks the rules, or the penalty is right
	Overturn Ballot = "overturn" // it is not so
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
	Ballot Ballot  // empty until they answer
	Weight float64 // of the answer
	Gone   bool    // they left the group before they could be asked
}

// Waits reports whether the juror has yet to answer.
func (s Seat) Waits() bool { return s.Ballot == "" && !s.Gone }

// Seats are the seats of a jury, in the order in which they were drawn.
type Seats []Seat

// Of is the index of a juror's seat, or -1.
func (s Seats) Of(juror int64) int {
	return slices.IndexFunc(s, func(s Seat) bool { return s.Juror.ID == juror })
}

// Tally is what answers come to.
type Tally struct {
	Uphold, Overturn int     // how many say so
	Score            float64 // the weight of those who uphold, less that of the others
}

// Add counts an answer.
func (t *Tally) Add(b Ballot, weight float64) {
	switch b {
	case Uphold:
		t.Uphold++
		t.Score += weight
	case Overturn:
		t.Overturn++
		t.Score -= weight
	}
}

// Decision is what the answers decide; empty if they are not enough.
func (t Tally) Decision() Ballot {
	switch {
	case t.Score >= Decisive-slack && t.Uphold >= FewestAgreeing:
		return Uphold
	case t.Score <= slack-Decisive && t.Overturn >= FewestAgreeing:
		return Overturn
	default:
		return ""
	}
}

// Tally counts the answers. Their order does not matter, to the last bit.
func (s Seats) Tally() Tally {
	var t Tally
	answers := slices.Clone(s)
	slices.SortFunc(answers, func(a, b Seat) int { return cmp.Or(cmp.Compare(a.Weight, b.Weight), cmp.Compare(a.Ballot, b.Ballot)) })
	for _, one := range answers {
		t.Add(one.Ballot, one.Weight)
	}
	return t
}

// Jury is those who were drawn for a case.
type Jury struct {
	Reason    Reason
	Payer     int64   // whose report brought it; 0 if nobody's had to
	Former    []int64 // who was asked by an earlier jury about the same case, and is not asked again
	Seats     Seats
	Round     time.Duration // how long a round lasts
	RoundEnds time.Time     // of the present round; zero if nobody was asked yet
	Ends      time.Time     // so long answers count; zero: as long as the case is open
	Noted     time.Time     // the deadline of a reopened case when these times were noted; see [Jury.Follow]
}

// New is a jury that is still to be drawn, after another about the same case, if there was one. It begins at that time.
func New(reason Reason, after *Jury, begins time.Time) *Jury {
	t := reason.Times()
	j := &Jury{Reason: reason, Round: t.Round}
	if t.Lasts > 0 {
		j.Ends = begins.Add(t.Lasts)
	}
	if after != nil {
		j.Former = slices.Clone(after.Former)
		for _, s := range after.Seats {
			j.Former = append(j.Former, s.Juror.ID)
		}
	}
	return j
}

// Copied is a jury of its own, since what a decision looks at stays as it is.
func (j *Jury) Copied() *Jury {
	own := *j
	own.Seats, own.Former = slices.Clone(j.Seats), slices.Clone(j.Former)
	return &own
}

// Knows reports whether somebody was asked about the case, by this jury or an earlier one. There may be no jury.
func (j *Jury) Knows(person int64) bool {
	return j != nil && (j.Seats.Of(person) >= 0 || slices.Contains(j.Former, person))
}

// Follow moves the times of a jury about a reopened case by as much as a pause has moved the deadline of the case; nothing else moves
// that. When its jurors were drawn stays as it is.
func (j *Jury) Follow(deadline time.Time) {
	if j.Noted.IsZero() {
		return
	}
	by := deadline.Sub(j.Noted)
	j.Noted = deadline
	for _, t := range []*time.Time{&j.RoundEnds, &j.Ends} {
		if !t.IsZero() {
			*t = t.Add(by)
		}
	}
}

// Over reports whether its time is over.
func (j *Jury) Over(now time.Time) bool { return !j.Ends.IsZero() && !now.Before(j.Ends) }

// Waits reports whether somebody has yet to answer.
func (j *Jury) Waits() bool { return slices.ContainsFunc(j.Seats, Seat.Waits) }

// RoundOver reports whether a round is over, because its time is or because all have answered: then the answers are looked at.
func (j *Jury) RoundOver(now time.Time) bool { return !now.Before(j.RoundEnds) || !j.Waits() }

// Left is how many more may be asked in a round.
func (j *Jury) Left() int { return max(0, min(PerRound, MostAsked-len(j.Seats))) }

// Ask begins a round: these are asked.
func (j *Jury) Ask(jurors []Juror, now time.Time) {
	for _, who := range jurors {
		j.Seats = append(j.Seats, Seat{Juror: who, Drawn: now})
	}
	j.RoundEnds = now.Add(j.Round)
}

// Due is when the clock is to look at a jury that was asked; zero if nothing more comes of it by the clock.
func (j *Jury) Due() time.Time {
	switch {
	case j.Left() == 0 && !j.Waits(): // whoever could answer has
		return j.Ends
	case !j.Ends.IsZero() && j.Ends.Before(j.RoundEnds):
		return j.Ends
	default:
		return j.RoundEnds
	}
}
