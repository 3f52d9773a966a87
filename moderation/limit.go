package moderation

import (
	"context"
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/standing"
)

// limit is the most that votes alone may do to an author.
type limit struct {
	step  ladder.Step // the hardest penalty
	pends bool        // what is harder waits for an admin; else it is dropped at once
}

// PendingFor is for how long a penalty that votes alone may not give waits for an admin.
const PendingFor = 12 * time.Hour

// mildMute is the mute that votes alone may give to anybody.
var mildMute = ladder.Step{Deed: ladder.Mute, For: time.Hour}

// gentleThreshold is the threshold at which a verdict is gentle: where two decide, two who are wrong decide too.
const gentleThreshold = 2

// limit says what votes alone may do to the author of a case that they have upheld; nil if everything. No limit takes
// standing below [GoodFrom]. Admins have none, whoever voted before them.
func (c Case) limit(d Docket, now time.Time) *limit {
	t := c.terms(d.Chat)
	switch {
	case c.ByAdmin:
		return nil
	case t.Threshold <= gentleThreshold && d.Author.New(now):
		return &limit{step: mildMute}
	case t.Threshold <= gentleThreshold:
		return &limit{step: ladder.Step{Deed: ladder.Warn}}
	case t.Heavy == HeavyVotes || !d.Chat.Established(c.Author, d.Author, d.Presence, now):
		return nil
	default:
		return &limit{step: mildMute, pends: true}
	}
}

// Confirm brings a penalty that waits to its full measure, counted from the verdict. Seen is the penalty that the admin saw.
func (c *Reviews) Confirm(ctx context.Context, key Key, by Member, seen string) (Case, error) {
	return c.settlePending(ctx, key, by, seen, confirm)
}

// Drop lets a penalty that waits be: what votes alone brought was all.
func (c *Reviews) Drop(ctx context.Context, key Key, by Member, seen string) (Case, error) {
	return c.settlePending(ctx, key, by, seen, func(_ Docket, cs Case, by Member, _ time.Time) Outcome {
		cs.Pending, cs.PendingEnds = ladder.Step{}, time.Time{}
		told := TellAdmins{News: CaseNews{What: TopicDropped, Case: cs.ID, By: by.Named()}}
		return Outcome{Case: &cs, Effects: []Effect{told}}
	})
}

func (c *Reviews) settlePending(ctx context.Context, key Key, by Member, seen string, how func(Docket, Case, Member, time.Time) Outcome) (Case, error) {
	out, err := c.update(ctx, key, func(d Docket, now time.Time) (Outcome, error) {
		if err := mayReview(d, by); err != nil {
			return Outcome{}, err
		}
		if !d.Case.Waits(now) || d.Case.Pending.String() != seen {
			return Outcome{}, refuse(RefuseNotPending, d.Case.ID)
		}
		return how(d, *d.Case, by, now), nil
	})
	if err != nil {
		return Case{}, err
	}
	return *out.Case, nil
}

func confirm(d Docket, cs Case, by Member, now time.Time) Outcome {
	was := cs.Penalty
	cs.Penalty, cs.Until = cs.Pending, cs.Pending.Until(cs.Decided)
	cs.Pending, cs.PendingEnds = ladder.Step{}, time.Time{}
	cs.Judges = append(cs.Judges[:len(cs.Judges):len(cs.Judges)], by.ID)
	out := Outcome{Case: &cs}
	if i := slices.IndexFunc(d.History, func(o Offence) bool { return o.Case == cs.ID }); i >= 0 {
		whole(&out, d, d.History[i], now)
	}
	if cs.Until.IsZero() || cs.Until.Sub(now) >= WorthWhile {
		enforce(&out, d, true, now)
		if was.Deed == ladder.Mute && cs.Penalty.Deed != ladder.Mute {
			out.Silence = hush(d, cs.Author, others(d, cs.ID), now)
		}
	} else {
		out.Case.Put = ProgressLate
	}
	out.Effects = append(out.Effects, TellAdmins{News: CaseNews{What: TopicConfirmed, Case: cs.ID, By: by.Named()}})
	return out
}

// whole makes an offence count for as much as its severity says.
func whole(out *Outcome, d Docket, o Offence, now time.Time) {
	day := DayOf(now)
	conduct, more := d.Conduct.Fall(standing.CostOf(o.Severity)-o.Cost, day)
	o.Steps, o.Cost, o.Limited = o.Severity, o.Cost+more, false
	out.Offence, out.Conduct, out.Turns = &o, &conduct, d.Conduct.Earned(day)
	if more > 0 {
		out.Turns = append(out.Turns, standing.Change{Day: day, Points: -more, Cause: standing.CauseUpheld, Case: o.Case})
	}
}

// others is the author's history but for one case.
func others(d Docket, id string) []Offence {
	return slices.DeleteFunc(slices.Clone(d.History), func(o Offence) bool { return o.Case == id })
}
