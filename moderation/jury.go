package moderation

import (
	"context"
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/standing"
)

// Juries takes what jurors answer.
type Juries struct{ *runner }

// Answer takes a juror's answer. The key names the case. When all who were asked have answered, the answers are looked at; else
// when the round ends. They may change it until then, as on a card: who makes them answer under their eyes cannot know that it
// stays so. An answer about a stalled vote is a ballot like any other, and may decide the case at once.
func (c *Juries) Answer(ctx context.Context, key Key, juror Member, r jury.Ballot) error {
	key.Actor = juror.ID
	_, err := c.update(ctx, key, func(d Docket, now time.Time) (Outcome, error) {
		if err := mayAnswer(d, juror, r, now); err != nil {
			return Outcome{}, err
		}
		return answer(d, juror, r, now)
	})
	return err
}

func answer(d Docket, juror Member, r jury.Ballot, now time.Time) (Outcome, error) {
	ballot := d.voter(juror).Ballot(Fine, d.Case.writtenAt(), now)
	if r == jury.Uphold {
		ballot.Side = Breaks
	}
	if d.Case.Jury == jury.Stalled {
		return cast(d, *d.Case, d.inPlace(ballot), now), nil
	}
	j := d.answered(ballot)
	d.Jury = j
	cs := *d.Case
	out := Outcome{Case: &cs, CaseChanges: CaseChanges{Jury: j}}
	if j.Waits() || cs.Verdict == Open && d.Chat.PausedAt(now) { // what they say is looked at when the pause is over
		return out, nil
	}
	if decided, err := decideByJury(&out, d, now); err != nil || decided {
		return out, err
	}
	cs.lookAtOnce(j, now)
	return out, nil
}

// answered is the jury with what a juror says now.
func (d Docket) answered(b Ballot) *jury.Jury {
	j := d.Jury.Copied()
	seat := &j.Seats[j.Seats.Of(b.Voter)]
	seat.Weight, seat.Ballot = b.Weight, jury.Overturn
	if b.Side == Breaks {
		seat.Ballot = jury.Uphold
	}
	return j
}

// helps reports whether somebody was drawn for the stalled vote of the case.
func (d Docket) helps(person int64) bool {
	if d.Case == nil || d.Case.Jury != jury.Stalled || d.Jury == nil {
		return false
	}
	i := d.Jury.Seats.Of(person)
	return i >= 0 && !d.Jury.Seats[i].Gone
}

// lookAtOnce has the clock ask more, if all who were asked have answered.
func (c *Case) lookAtOnce(j *jury.Jury, now time.Time) {
	if c.Jury != jury.NoJury && !j.Waits() && j.Left() > 0 {
		c.JuryDue = now
	}
}

// writtenAt is when what a jury is asked about was written. A manual penalty may be about no message.
func (c Case) writtenAt() time.Time {
	if c.SentAt.IsZero() {
		return c.Decided
	}
	return c.SentAt
}

func mayAnswer(d Docket, juror Member, r jury.Ballot, now time.Time) error {
	if d.Case == nil || d.Jury == nil || !r.Valid() {
		return refuse(RefuseUnknown, "")
	}
	i := d.Jury.Seats.Of(juror.ID)
	switch {
	case i < 0 && (!slices.Contains(d.Jury.Former, juror.ID) || !d.Wiped.IsZero()): // when those were asked is not kept
		return refuse(RefuseUnknown, "")
	case i < 0:
		return refuse(RefuseAppealOver, d.Case.ID)
	}
	seat := d.Jury.Seats[i]
	switch {
	case d.wiped(seat.Drawn): // as if they had not been asked
		return refuse(RefuseUnknown, "")
	case d.Case.Jury == jury.NoJury && seat.Ballot != "":
		return refuse(RefuseJurorVoted, d.Case.ID)
	case d.Case.Jury == jury.NoJury, d.Case.Verdict == Open && d.Case.Over(now), d.Case.Reversed != "":
		return refuse(RefuseAppealOver, d.Case.ID)
	case !juror.Present:
		return refuse(RefuseOutsider, d.Case.ID)
	case seat.Gone, juror.Admin, slices.Contains(d.Case.Judges, juror.ID), // or they were appointed since
		juror.Muted, d.Record.Silenced.After(now), d.Record.Conduct.Tier(DayOf(now)) != standing.TierGood, // or were punished
		d.Record.New(now): // or left and came back
		return refuse(RefuseSeatGone, d.Case.ID)
	}
	return nil
}

// Vacate notes that a juror left the group before they could be asked. When the round ends, others are asked.
func (c *Juries) Vacate(ctx context.Context, chat int64, id string, juror int64) error {
	_, err := c.update(ctx, Key{Chat: chat, Case: id}, func(d Docket, now time.Time) (Outcome, error) {
		if d.Case == nil || d.Case.Jury == jury.NoJury || d.Jury == nil {
			return Outcome{}, nil
		}
		i := d.Jury.Seats.Of(juror)
		if i < 0 || !d.Jury.Seats[i].Waits() {
			return Outcome{}, nil
		}
		cs, j := *d.Case, d.Jury.Copied()
		j.Seats[i].Gone = true
		cs.lookAtOnce(j, now)
		return Outcome{Case: &cs, CaseChanges: CaseChanges{Jury: j}}, nil
	})
	return err
}
