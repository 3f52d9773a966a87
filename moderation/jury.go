package moderation

import (
	"context"
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/jury"
)

// VoteAsJuror takes a juror's vote, and ends the appeal when three agree. They may change it until then, as on a card: who makes
// them vote under their eyes cannot know that it stays so.
func (c *Appealing) VoteAsJuror(ctx context.Context, key Key, juror Member, r jury.Ballot) error {
	key.Wiper = juror.ID
	_, err := c.update(ctx, key, func(d Docket, now time.Time) (Outcome, error) {
		if err := mayVoteAsJuror(d, juror, r); err != nil {
			return Outcome{}, err
		}
		cs, a := *d.Case, d.Appeal.copied(*d.Case)
		a.Seats[a.Seats.Of(juror.ID)].Ballot = r
		out := Outcome{Case: &cs, CaseChanges: CaseChanges{Appeal: a}}
		d.Appeal = a
		if judgeAgain(&out, d, cs, now) {
			return out, nil
		}
		switch {
		case cs.Verdict == Open && d.Chat.PausedAt(now): // what they say is counted when the pause is over
		case a.Seats.Decision() == jury.Uphold:
			return stands(d, AppealStands, Member{}), nil
		case a.Seats.Decision() == jury.Overturn:
			return overrule(d, Member{}, now)
		case !a.Seats.CanAgree(): // a seat stayed empty
			// The clock leaves it to the admins, who would learn else when a juror voted.
			cs.AppealDue = nextPeriod(now)
			return out, nil
		}
		cs.AppealDue = a.due(cs)
		return out, nil
	})
	return err
}

func mayVoteAsJuror(d Docket, juror Member, r jury.Ballot) error {
	if d.Case == nil || d.Case.Appeal == NoAppeal && d.Case.Reopens == "" || !r.Valid() {
		return refuse(RefuseUnknown, "")
	}
	if d.Appeal == nil || !d.Case.Appeal.Open() || d.Case.Reversed != "" {
		return refuse(RefuseAppealOver, d.Case.ID)
	}
	i := d.Appeal.Seats.Of(juror.ID)
	if i < 0 || d.wiped(d.Appeal.Seats[i].Drawn) { // as if they had not been asked
		return refuse(RefuseUnknown, "")
	}
	over := d.Appeal.Seats[i].Gone || d.Case.Appeal != BeforeJury ||
		juror.Admin || slices.Contains(d.Case.Judges, juror.ID) // or they were appointed since
	switch {
	case over && d.Appeal.Seats[i].Ballot != "":
		return refuse(RefuseJurorVoted, d.Case.ID)
	case over:
		return refuse(RefuseSeatGone, d.Case.ID)
	case !juror.Present:
		return refuse(RefuseOutsider, d.Case.ID)
	}
	return nil
}

// Vacate gives the seat of a juror who left the group to another.
func (c *Appealing) Vacate(ctx context.Context, chat int64, id string, juror int64) error {
	_, err := c.update(ctx, Key{Chat: chat, Case: id, Want: Want{Pool: true}}, func(d Docket, now time.Time) (Outcome, error) {
		if d.Case == nil || d.Case.Appeal != BeforeJury || d.Case.Reversed != "" || d.Appeal == nil {
			return Outcome{}, nil
		}
		i := d.Appeal.Seats.Of(juror)
		if i < 0 || !d.Appeal.Seats[i].Waits() {
			return Outcome{}, nil
		}
		cs, a := *d.Case, d.Appeal.copied(*d.Case)
		a.Seats[i].Drawn = now.Add(-d.Case.times().Seat) // as if their time were over
		out := Outcome{Case: &cs, CaseChanges: CaseChanges{Appeal: a}}
		err := refill(&out, d, now)
		cs.AppealDue = a.due(cs)
		return out, err
	})
	return err
}
