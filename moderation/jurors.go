package moderation

import (
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/standing"
)

// seat gives somebody a seat, and tells them: in the group, and in private if they opened that chat.
func seat(out *Outcome, juror Person, now time.Time) {
	out.Appeal.Seats = append(out.Appeal.Seats, jury.Seat{Juror: jury.Juror(juror), Drawn: now})
	summons := SendSummons{Case: out.Case.ID, To: juror, Cast: now}
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
		if s.Waits() {
			again = append(again, SendSummons{Case: cs.ID, To: Person{ID: s.Juror.ID, Language: s.Juror.Language}, Cast: s.Drawn})
		}
	}
	return again
}

func tellAppeal(out *Outcome, topic Topic, by Member) {
	out.Effects = append(out.Effects, TellAdmins{Entry: CaseEntry{What: topic, Case: out.Case.ID, By: by.Named()}})
}

// toAdmins leaves the appeal to the admins.
func toAdmins(out *Outcome, now time.Time) {
	out.Case.Appeal = BeforeAdmins
	if out.Case.Verdict == Open { // it is no appeal, but opened again
		out.Appeal.Deadline = now.Add(out.Case.times().Admins)
		out.Case.Deadline = out.Appeal.Deadline // they have their day, though the bot was down for another
		out.Appeal.Ends = out.Case.Deadline
		tellAppeal(out, TopicAgainAsks, Member{})
		return
	}
	out.Appeal.Deadline = now.Add(out.Case.times().Admins)
	tellAppeal(out, TopicAppealAsks, Member{})
}

// eligible are those of the docket's pool who can judge the case, in its order, which chance made. They are members in
// good standing, neither new members nor admins nor its author. They never reported the message or voted on it, not
// even for a while, and had no seat before.
func eligible(d Docket) ([]Person, error) {
	all, err := eligibleFor(d)
	return slices.DeleteFunc(all, func(p Person) bool {
		return find(d.Ballots, p.ID) >= 0 || find(d.Earlier, p.ID) >= 0 || slices.Contains(d.Retracted, p.ID)
	}), err
}

// eligibleFor are the same with those who reported the message or voted on it.
func eligibleFor(d Docket) ([]Person, error) {
	all, err := d.Pool.Read()
	var pool []Person
	for _, c := range all {
		switch {
		case c.Admin, c.Person.ID == d.Case.Author.ID, slices.Contains(d.Case.Judges, c.Person.ID):
		case c.Record.Conduct.Tier(DayOf(d.Now)) != standing.TierGood, c.Record.New(d.Now):
		case d.Appeal != nil && d.Appeal.Seats.Of(c.Person.ID) >= 0:
		case slices.ContainsFunc(pool, func(p Person) bool { return p.ID == c.Person.ID }): // two groups became one
		default:
			pool = append(pool, c.Person)
		}
	}
	return pool, err
}

// panel are those of whom a jury is drawn; nobody if too few are eligible. Those who voted are counted for that, though none of
// them is drawn: everybody can count who else is eligible, so that whether there is a jury would tell who voted.
func panel(d Docket) ([]Person, error) {
	all, err := eligibleFor(d)
	if err != nil || len(all) < jury.FewestEligible {
		return nil, err
	}
	pool, err := eligible(d)
	if len(pool) < jury.Size {
		return nil, err
	}
	return pool, err
}

// draw seats the first jurors of a case that is opened again.
func draw(out *Outcome, d Docket, now time.Time) error {
	pool, err := panel(d)
	if err != nil {
		return err
	}
	if len(pool) == 0 {
		toAdmins(out, now)
		return nil
	}
	for _, m := range pool[:jury.Size] {
		seat(out, m, now)
	}
	tellAppeal(out, TopicAgain, Member{})
	return nil
}

// refill gives the seats that were not used in time to others, as far as there are any. A jury that cannot agree
// any more leaves the appeal to the admins.
func refill(out *Outcome, d Docket, now time.Time) error {
	a := out.Appeal
	late := a.Seats.TakeLate(now, out.Case.times().Seat)
	pool, err := eligible(d)
	if err != nil {
		return err
	}
	for _, m := range pool[:min(late, len(pool))] {
		seat(out, m, now)
	}
	if !a.Seats.CanAgree() {
		a.Seats.Clear()
		toAdmins(out, now)
	}
	return nil
}

// seekJury does what is due about a jury.
func seekJury(out *Outcome, d Docket, now time.Time) (err error) {
	switch {
	case !now.Before(out.Appeal.Deadline):
		out.Appeal.Seats.Clear()
		toAdmins(out, now)
	default:
		err = refill(out, d, now)
	}
	out.Case.AppealDue = out.Appeal.due(*out.Case)
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
		if s.Ballot != "" {
			out.Effects = append(out.Effects, SendThanks{Case: out.Case.ID, To: Person(s.Juror), Appeal: how, Verdict: again, Cast: s.Drawn})
		}
		s.Gone = s.Gone || s.Waits()
	}
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

// stands ends an appeal in favour of the verdict.
func stands(d Docket, how AppealState, by Member) Outcome {
	cs := *d.Case
	cs.Appeal, cs.AppealDue = how, d.Now
	out := Outcome{Case: &cs, CaseChanges: CaseChanges{Appeal: d.Appeal.copied(*d.Case)}}
	out.Effects = append(out.Effects, SendLaterNotice{Case: cs.ID, Step: cs.Penalty, Appeal: how}.toAuthor(d, cs.Author)...)
	thank(&out, how)
	topic := TopicAppealStands
	if how == AppealLapsed {
		topic = TopicAppealLapsed
	}
	tellAppeal(&out, topic, by)
	return out
}
