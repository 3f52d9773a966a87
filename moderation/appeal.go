package moderation

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Times of an appeal.
const (
	AppealWithin = FinalAfter         // after the verdict
	JuryTime     = 48 * time.Hour     // which the jury has; then the admins decide
	SeatTime     = 12 * time.Hour     // which a juror has; then the seat goes to another
	AdminsTime   = 7 * 24 * time.Hour // which the admins have
	MaxSentence  = 300                // characters of the author's sentence
)

// Appeal is what an author has against the verdict about them.
type Appeal struct {
	Words    string // their sentence; empty if they said none
	Filed    time.Time
	Deadline time.Time // of the jury, then of the admins
	Ends     time.Time // the deadline of the open case when these times were noted; a pause moves that alone. See [Appeal.follow]
	Seats    []Seat    // in the order in which they were drawn
}

// Plea is an author's word that the verdict about them is wrong.
type Plea struct {
	Update int64
	Chat   int64
	Case   string
	Author int64
	Words  string // one sentence, or none
}

// AskWhy notes that the author is asked for their sentence, so that what they answer is known to be one. It
// returns the case.
func (c *Appealing) AskWhy(ctx context.Context, p Plea) (Case, error) {
	var cs Case
	key := p.key()
	key.Pool = false
	_, err := c.update(ctx, key, func(d Docket, now time.Time) (Outcome, error) {
		if err := mayAppeal(d, p.Author, now); err != nil {
			return Outcome{}, err
		}
		cs = *d.Case
		return Outcome{Asks: cs.ID}, nil
	})
	return cs, err
}

// Appeal files an appeal: before a jury if the group has one, else before its admins. It returns the case.
func (c *Appealing) Appeal(ctx context.Context, p Plea) (Case, error) {
	out, err := c.update(ctx, p.key(), func(d Docket, now time.Time) (Outcome, error) { return appeal(d, p, now) })
	if err != nil {
		return Case{}, err
	}
	return *out.Case, nil
}

func (p Plea) key() Key {
	return Key{Update: p.Update, Chat: p.Chat, Case: p.Case, Actor: p.Author, Pool: true}
}

func mayAppeal(d Docket, author int64, now time.Time) error {
	switch {
	case d.Case == nil || d.Case.Verdict != Upheld || !d.Case.Author.Reachable() || d.Case.Author.ID != author:
		return refuse(RefuseNotYours, "")
	case d.Case.Reversed != "":
		return refuse(RefuseReversed, d.Case.ID)
	case d.Case.Appeal != NoAppeal:
		return refuse(RefuseAppealed, d.Case.ID)
	case !now.Before(d.Case.AppealEnds()):
		return refuse(RefuseAppealLate, d.Case.ID)
	}
	return nil
}

// AppealEnds is until when the case can be appealed against.
func (c Case) AppealEnds() time.Time { return c.Decided.Add(AppealWithin) }

func appeal(d Docket, p Plea, now time.Time) (Outcome, error) {
	if err := mayAppeal(d, p.Author, now); err != nil {
		return Outcome{}, err
	}
	cs := *d.Case
	cs.Appealed = now
	out := Outcome{Case: &cs, Appeal: &Appeal{Words: p.Words, Filed: now, Seats: d.Appeal.vacated()}}
	pool := eligible(d)
	if d.Chat.Policy.Appeals == AppealsJury && len(pool) >= FewestEligible {
		out.Appeal.Deadline = now.Add(JuryTime)
		cs.Appeal = BeforeJury
		for _, m := range pool[:JurySize] {
			seat(&out, m, now)
		}
		tellAppeal(&out, TopicAppealed, Member{})
	} else {
		toAdmins(&out, now)
	}
	cs.AppealDue = out.Appeal.due(cs)
	return out, nil
}

// toAdmins leaves the appeal to the admins.
func toAdmins(out *Outcome, now time.Time) {
	out.Case.Appeal = BeforeAdmins
	if out.Case.Verdict == Open { // it is no appeal, but opened again
		out.Appeal.Deadline = now.Add(AgainAdminsTime)
		out.Case.Deadline = out.Appeal.Deadline // they have their day, though the bot was down for another
		out.Appeal.Ends = out.Case.Deadline
		tellAppeal(out, TopicAgainAsks, Member{})
		return
	}
	out.Appeal.Deadline = now.Add(AdminsTime)
	tellAppeal(out, TopicAppealAsks, Member{})
}

func tellAppeal(out *Outcome, topic Topic, by Member) {
	out.Effects = append(out.Effects, TellAdmins{News: CaseNews{What: topic, Case: out.Case.ID, By: by.Named()}})
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

// UpholdAppeal is an admin's word that the verdict stands. Whoever decided or punished in this case themselves
// cannot say so; they may still overturn it.
func (c *Appealing) UpholdAppeal(ctx context.Context, key Key, by Member) (Case, error) {
	out, err := c.update(ctx, key, func(d Docket, now time.Time) (Outcome, error) {
		if err := mayReview(d, by); err != nil {
			return Outcome{}, err
		}
		switch {
		case d.Case.Appeal != BeforeAdmins || d.Appeal == nil:
			return Outcome{}, refuse(RefuseNoAppeal, d.Case.ID)
		case d.Case.judgedBy(by):
			return Outcome{}, refuse(RefuseOwnCase, d.Case.ID)
		}
		return stands(d, AppealStands, by), nil
	})
	if err != nil {
		return Case{}, err
	}
	return *out.Case, nil
}

// judgedBy reports whether an admin decided or punished in the case. Of one who is anonymous in the group Telegram does not
// say who they are, so that no two such can be told apart.
func (c Case) judgedBy(by Member) bool {
	return slices.Contains(c.Judges, by.ID) || by.Name == "" && slices.Contains(c.Judges, 0)
}

// stands ends an appeal in favour of the verdict.
func stands(d Docket, how AppealState, by Member) Outcome {
	cs := *d.Case
	cs.Appeal, cs.AppealDue = how, d.Now
	out := Outcome{Case: &cs, Appeal: d.Appeal.copied(*d.Case)}
	out.Effects = append(out.Effects, SendNews{Case: cs.ID, Step: cs.Penalty, Appeal: how}.toAuthor(d, cs.Author)...)
	thank(&out, how)
	topic := TopicAppealStands
	if how == AppealLapsed {
		topic = TopicAppealLapsed
	}
	tellAppeal(&out, topic, by)
	return out
}

// granted closes the appeal, if one is open, of a case whose verdict was reversed.
func granted(out *Outcome, d Docket) {
	if !out.Case.Appeal.Open() {
		return
	}
	out.Case.Appeal, out.Case.AppealDue = AppealGranted, d.Now
	if d.Appeal != nil {
		out.Appeal = d.Appeal.copied(*d.Case)
		thank(out, AppealGranted)
	}
}

// AppealsDue does what is due by the clock about appeals, and about cases that are opened again: seats go to others, juries
// that do not agree leave it to the admins, and what no admin decides lapses. One that fails is in no other's way.
func (c *Clock) AppealsDue(ctx context.Context) (int, error) {
	const batch = 100
	done := 0
	for {
		due, err := c.agenda.AppealsDue(ctx, c.now(), batch)
		if err != nil {
			return done, fmt.Errorf("list appeals that are due: %w", err)
		}
		var failed error
		for _, ref := range due {
			_, err := c.update(ctx, Key{Chat: ref.Chat, Case: ref.ID, Pool: true}, func(d Docket, now time.Time) (Outcome, error) {
				return pursue(d, now), nil
			})
			if errors.Is(err, ErrUnavailable) {
				return done, err
			}
			if failed = errors.Join(failed, err); err == nil {
				done++
			}
		}
		if failed != nil || len(due) < batch {
			return done, failed
		}
	}
}

// pursue does what is due about an appeal at this time.
func pursue(d Docket, now time.Time) Outcome {
	if d.Case == nil || !d.Case.Appeal.Open() || d.Case.AppealDue.After(now) {
		return Outcome{} // another replica was faster
	}
	cs := *d.Case
	out := Outcome{Case: &cs}
	switch {
	case cs.Reversed != "": // forgiven meanwhile
		granted(&out, d)
		return out
	case cs.Verdict == Open && d.Appeal == nil:
		conclude(&out, d, cs, d.Ballots, ruling{verdict: Expired}, now)
		return out
	case cs.Verdict == Open:
		pursueAgain(&out, d, now)
		return out
	case d.Appeal == nil: // it was lost with the case's key, and nobody found that the verdict was wrong
		cs.Appeal, cs.AppealDue = AppealLapsed, d.Now
		return out
	case cs.Appeal == BeforeAdmins:
		return stands(d, AppealLapsed, Member{})
	}
	out.Appeal = d.Appeal.copied(*d.Case)
	seekJury(&out, d, now)
	return out
}

// seekJury does what is due about a jury.
func seekJury(out *Outcome, d Docket, now time.Time) {
	switch {
	case !now.Before(out.Appeal.Deadline):
		out.Appeal.clear()
		toAdmins(out, now)
	case len(out.Appeal.Seats) == 0:
		draw(out, d, now)
	default:
		refill(out, d, now)
	}
	out.Case.AppealDue = out.Appeal.due(*out.Case)
}
