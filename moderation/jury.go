package moderation

import (
	"context"
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/standing"
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

// seatTime is what a juror of the case has. Where it was opened again the message stands there meanwhile, so that the next is
// asked sooner.
func (c Case) seatTime() time.Duration {
	if c.Verdict == Open {
		return AgainSeatTime
	}
	return SeatTime
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

// eligible are those of the docket's pool who can judge the case, in its order, which chance made: members in
// good standing who are no newcomers and no admins, are not its author, did not report it or vote on it, not even for a
// while, and had no seat before.
func eligible(d Docket) []Person {
	var pool []Person
	for _, c := range d.Pool {
		switch {
		case c.Admin, c.Person.ID == d.Case.Author.ID, find(d.Ballots, c.Person.ID) >= 0, find(d.Earlier, c.Person.ID) >= 0,
			slices.Contains(d.Retracted, c.Person.ID), slices.Contains(d.Case.Judges, c.Person.ID):
		case c.Record.Conduct.Tier(DayOf(d.Now)) != standing.TierGood, c.Record.New(d.Now):
		case d.Appeal != nil && d.Appeal.seatOf(c.Person.ID) >= 0:
		case slices.ContainsFunc(pool, func(p Person) bool { return p.ID == c.Person.ID }): // two groups became one
		default:
			pool = append(pool, c.Person)
		}
	}
	return pool
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

// seat gives somebody a seat, and tells them: in the group, and in private if they opened that chat.
func seat(out *Outcome, juror Person, now time.Time) {
	out.Appeal.Seats = append(out.Appeal.Seats, Seat{Juror: juror, Drawn: now})
	summons := SendSummons{Case: out.Case.ID, To: juror}
	summons.To.Private = false
	out.Effects = append(out.Effects, summons)
	if juror.Private {
		summons.To.Private = true
		out.Effects = append(out.Effects, summons)
	}
}

// askAgain shows those who have yet to vote their card in the group once more.
func (a *Appeal) askAgain(cs Case) []Effect {
	var again []Effect
	for _, s := range a.Seats {
		if s.waits() {
			again = append(again, SendSummons{Case: cs.ID, To: Person{ID: s.Juror.ID, Language: s.Juror.Language}})
		}
	}
	return again
}

// refill gives the seats that were not used in time to others, as far as there are any. A jury that cannot agree
// any more leaves the appeal to the admins.
func refill(out *Outcome, d Docket, now time.Time) {
	a := out.Appeal
	late := 0
	for i := range a.Seats {
		if s := &a.Seats[i]; s.waits() && !now.Before(s.Drawn.Add(out.Case.seatTime())) {
			s.Gone = true
			late++
		}
	}
	pool := eligible(d)
	for _, m := range pool[:min(late, len(pool))] {
		seat(out, m, now)
	}
	if uphold, overturn, waiting := a.count(); max(uphold, overturn)+waiting < JuryMajority {
		a.clear()
		toAdmins(out, now)
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

// Rule takes a juror's vote, once, and ends the appeal when three agree.
func (c *Appealing) Rule(ctx context.Context, key Key, juror Member, r Ruling) error {
	_, err := c.update(ctx, key, func(d Docket, now time.Time) (Outcome, error) {
		if err := mayRule(d, juror, r); err != nil {
			return Outcome{}, err
		}
		cs, a := *d.Case, d.Appeal.copied(*d.Case)
		a.Seats[a.seatOf(juror.ID)].Ruling = r
		out := Outcome{Case: &cs, Appeal: a}
		d.Appeal = a
		if judgeAgain(&out, d, cs, now) {
			return out, nil
		}
		uphold, overturn, waiting := a.count()
		switch {
		case cs.Verdict == Open && d.Chat.PausedAt(now): // what they say is counted when the pause is over
		case uphold >= JuryMajority:
			return stands(d, AppealStands, Member{}), nil
		case overturn >= JuryMajority:
			return overrule(d, Member{}, now)
		case max(uphold, overturn)+waiting < JuryMajority: // a seat stayed empty
			a.clear()
			toAdmins(&out, now)
		}
		cs.AppealDue = a.due(cs)
		return out, nil
	})
	return err
}

func mayRule(d Docket, juror Member, r Ruling) error {
	if d.Case == nil || d.Case.Appeal == NoAppeal && d.Case.Reopens == "" || r != RuleUphold && r != RuleOverturn {
		return refuse(RefuseUnknown, "")
	}
	if d.Appeal == nil || !d.Case.Appeal.Open() || d.Case.Reversed != "" {
		return refuse(RefuseAppealOver, d.Case.ID)
	}
	i := d.Appeal.seatOf(juror.ID)
	switch {
	case i < 0:
		return refuse(RefuseUnknown, "")
	case d.Appeal.Seats[i].Ruling != "":
		return refuse(RefuseRuled, d.Case.ID)
	case d.Appeal.Seats[i].Gone || d.Case.Appeal != BeforeJury,
		juror.Admin || slices.Contains(d.Case.Judges, juror.ID): // or they were appointed since
		return refuse(RefuseSeatGone, d.Case.ID)
	case !juror.Present:
		return refuse(RefuseOutsider, d.Case.ID)
	}
	return nil
}

// Vacate gives the seat of a juror who left the group to another.
func (c *Appealing) Vacate(ctx context.Context, chat int64, id string, juror int64) error {
	_, err := c.update(ctx, Key{Chat: chat, Case: id, Pool: true}, func(d Docket, now time.Time) (Outcome, error) {
		if d.Case == nil || d.Case.Appeal != BeforeJury || d.Case.Reversed != "" || d.Appeal == nil {
			return Outcome{}, nil
		}
		i := d.Appeal.seatOf(juror)
		if i < 0 || !d.Appeal.Seats[i].waits() {
			return Outcome{}, nil
		}
		cs, a := *d.Case, d.Appeal.copied(*d.Case)
		a.Seats[i].Drawn = now.Add(-d.Case.seatTime()) // as if their time were over
		out := Outcome{Case: &cs, Appeal: a}
		refill(&out, d, now)
		cs.AppealDue = a.due(cs)
		return out, nil
	})
	return err
}

// thank tells those who judged how it ended.
func thank(out *Outcome, how AppealState) {
	var again Verdict // what a jury found that judged no appeal
	if out.Case.Appeal == NoAppeal {
		again = out.Case.Verdict
	}
	for i := range out.Appeal.Seats {
		s := &out.Appeal.Seats[i]
		if s.Ruling != "" {
			out.Effects = append(out.Effects, SendThanks{Case: out.Case.ID, To: s.Juror, Appeal: how, Verdict: again})
		}
		s.Gone = s.Gone || s.waits()
	}
}
