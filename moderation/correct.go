package moderation

import (
	"context"
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
	"github.com/ostrakon-bot/ostrakon/moderation/standing"
)

// Correct puts an upheld case under another rule. The steps on the ladder and the points of standing
// become those of that rule; the penalty stays as it is, for an admin has other means to change it. The
// author and the other admins are told. A case that is under the rule already stays as it is, and nobody
// is told.
func (c *Reviews) Correct(ctx context.Context, key Key, by Member, rule rulebook.RuleID) (Case, error) {
	var cs Case
	_, err := c.update(ctx, key, func(d Docket, now time.Time) (Outcome, error) {
		out, err := correct(d, by, rule, now)
		if err != nil {
			return Outcome{}, err
		}
		if cs = *d.Case; out.Case != nil {
			cs = *out.Case
		}
		return out, nil
	})
	return cs, err
}

func correct(d Docket, by Member, rule rulebook.RuleID, now time.Time) (Outcome, error) {
	if err := mayReview(d, by); err != nil {
		return Outcome{}, err
	}
	cs := *d.Case
	i := slices.IndexFunc(d.History, func(o Offence) bool { return o.Case == cs.ID })
	switch {
	case i < 0:
		return Outcome{}, refuse(RefuseReversed, cs.ID)
	case !d.Chat.Book.Has(rule):
		return Outcome{}, refuse(RefuseNoRule, cs.ID)
	case rule == cs.Rule && d.Chat.Book.Rule(rule).Severity == d.History[i].Severity:
		return Outcome{}, nil
	}
	cs.Rule = rule
	cs.Judges = append(cs.Judges[:len(cs.Judges):len(cs.Judges)], by.ID)
	if d.Chat.Book.Rule(rule).Severity != d.History[i].Severity {
		cs.dropPending() // which followed from the severity that it had
	}
	out := Outcome{Case: &cs}
	if cs.Pending.Kind == "" {
		easeHeld(&out, d, now)
		dissolveHeavy(&out, d, AppealStands, "")
	}
	regrade(&out, d, d.History[i], d.Chat.Book.Rule(rule).Severity, now)
	bind(&out, d, cs.Author, time.Time{}, now)
	if cs.Carded() {
		out.Effects = append(out.Effects, DrawCard{Case: cs.ID})
	}
	notice := SendLaterNotice{Case: cs.ID, Rule: rule, Standing: standingAfter(d, out, now)}
	out.Effects = append(out.Effects, notice.toAuthor(d, cs.Author)...)
	out.Effects = append(out.Effects, TellAdmins{Entry: CaseEntry{What: TopicCorrected, Case: cs.ID, By: by.Named()}})
	return out, nil
}

// regrade makes an offence cost what one of another severity does: the difference is taken, or given back. Of one that
// votes alone brought, a milder rule gives back only what was taken, and a harder one takes all of it, for an admin says so.
func regrade(out *Outcome, d Docket, o Offence, severity int, now time.Time) {
	if severity == o.Severity {
		return
	}
	day := DayOf(now)
	conduct := d.Conduct.Counted(day)
	points, steps := standing.CostOf(severity)-o.Cost, o.Steps+severity-o.Severity // to take
	switch {
	case o.Limited && severity < o.Severity:
		points, steps = min(points, 0), min(o.Steps, severity)
	case o.Limited:
		steps, o.Limited = severity, false
	case points > 0 && o.Cost < standing.CostOf(o.Severity): // there was no more to take
		points = 0
	}
	switch {
	case points < 0:
		conduct = conduct.Rise(-points, day)
	case points > 0:
		fell := conduct.Fell // this day is no worse for it
		conduct, points = conduct.Fall(points, day)
		conduct.Fell = fell
	}
	o.Steps, o.Severity, o.Cost = steps, severity, o.Cost+points
	out.Offence, out.Conduct, out.Turns = &o, &conduct, d.Conduct.Earned(day)
	if changed := conduct.Score(day) - d.Conduct.Score(day); changed != 0 {
		out.Turns = append(out.Turns, standing.Change{Day: day, Points: changed, Cause: standing.CauseCorrected, Case: o.Case})
	}
}

// standingAfter is the author's standing after an outcome.
func standingAfter(d Docket, out Outcome, now time.Time) *Score {
	conduct, day := d.Conduct, DayOf(now)
	if out.Conduct != nil {
		conduct = *out.Conduct
	}
	return &Score{Now: conduct.Score(day), Tier: conduct.Tier(day)}
}
