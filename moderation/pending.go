package moderation

import (
	"context"
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// Confirm brings a penalty that waits to its full measure, counted from the verdict. Seen is the penalty that the admin saw.
func (c *Reviews) Confirm(ctx context.Context, key Key, by Member, seen string) (Case, error) {
	return c.settlePending(ctx, key, by, seen, Upheld, confirm)
}

// Drop lets a penalty that waits be: what votes alone brought was all.
func (c *Reviews) Drop(ctx context.Context, key Key, by Member, seen string) (Case, error) {
	return c.settlePending(ctx, key, by, seen, Expired, func(d Docket, cs Case, by Member, now time.Time) Outcome {
		cs.dropPending()
		told := TellAdmins{Entry: CaseEntry{What: TopicDropped, Case: cs.ID, By: by.Named()}}
		out := Outcome{Case: &cs, Effects: []Effect{told}}
		easeHeld(&out, d, now)
		return out
	})
}

// settlePending ends the wait. Verdict is what the jurors are told who were asked about it.
func (c *Reviews) settlePending(
	ctx context.Context, key Key, by Member, seen string, verdict Verdict, how func(Docket, Case, Member, time.Time) Outcome,
) (Case, error) {
	out, err := c.update(ctx, key, func(d Docket, now time.Time) (Outcome, error) {
		if err := mayReview(d, by); err != nil {
			return Outcome{}, err
		}
		if !d.Case.Waits(now) || d.Case.Pending.String() != seen {
			return Outcome{}, refuse(RefuseNotPending, d.Case.ID)
		}
		out := how(d, *d.Case, by, now)
		dissolveHeavy(&out, d, NoAppeal, verdict) // another may judge an appeal
		return out, nil
	})
	if err != nil {
		return Case{}, err
	}
	return *out.Case, nil
}

// confirm does so by an admin's word or, if by is nobody, by a jury's.
func confirm(d Docket, cs Case, by Member, now time.Time) Outcome {
	was, full := cs.Penalty, cs.Pending
	cs.dropPending()
	if by.Admin {
		cs.Judges = append(cs.Judges[:len(cs.Judges):len(cs.Judges)], by.ID)
	}
	out := Outcome{Case: &cs}
	unshield(&out, d, now)
	if i := slices.IndexFunc(d.History, func(o Offence) bool { return o.Case == cs.ID }); i >= 0 {
		whole(&out, d, d.History[i], now)
	}
	told := TellAdmins{Entry: CaseEntry{What: TopicConfirmed, Case: cs.ID, By: by.Named()}}
	if !full.HarderThan(was) { // the second case in a day: what it brought was all that the ladder says
		easeHeld(&out, d, now)
		out.Effects = append(out.Effects, told)
		return out
	}
	cs.Penalty, cs.Until = full, full.Until(cs.Decided)
	if cs.Until.IsZero() || cs.Until.Sub(now) >= WorthWhile {
		notice := Notice{Harsher: true}
		if !by.Admin {
			notice.Jury = jury.Heavy
		}
		enforce(&out, d, notice, now)
		if was.Kind == ladder.Mute && cs.Penalty.Kind != ladder.Mute {
			out.Silence = hush(d, cs.Author, others(d, cs.ID), now)
		}
	} else {
		out.Case.Put = ProgressLate
	}
	sweepRest(&out, d)
	out.Effects = append(out.Effects, told)
	return out
}
