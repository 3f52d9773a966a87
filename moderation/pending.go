package moderation

import (
	"context"
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// Confirm brings a penalty that waits to its full measure, counted from the verdict. Seen is the penalty that the admin saw.
func (c *Reviews) Confirm(ctx context.Context, key Key, by Member, seen string) (Case, error) {
	return c.settlePending(ctx, key, by, seen, confirm)
}

// Drop lets a penalty that waits be: what votes alone brought was all.
func (c *Reviews) Drop(ctx context.Context, key Key, by Member, seen string) (Case, error) {
	return c.settlePending(ctx, key, by, seen, func(_ Docket, cs Case, by Member, _ time.Time) Outcome {
		cs.Pending, cs.PendingEnds = ladder.Step{}, time.Time{}
		told := TellAdmins{Entry: CaseEntry{What: TopicDropped, Case: cs.ID, By: by.Named()}}
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
		if was.Kind == ladder.Mute && cs.Penalty.Kind != ladder.Mute {
			out.Silence = hush(d, cs.Author, others(d, cs.ID), now)
		}
	} else {
		out.Case.Put = ProgressLate
	}
	sweepRest(&out, d)
	out.Effects = append(out.Effects, TellAdmins{Entry: CaseEntry{What: TopicConfirmed, Case: cs.ID, By: by.Named()}})
	return out
}
