package moderation

import (
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/standing"
)

// limit is the most that votes alone may do to an author.
type limit struct {
	step  ladder.Step // the hardest penalty
	pends Heavy       // who decides about what is harder than a mute of an hour; empty: it is dropped at once
}

// PendingFor is for how long a penalty that votes alone may not give waits for a jury or an admin.
const PendingFor = 12 * time.Hour

// A mute that votes alone gave lasts until a jury speaks, but not longer than [HeldFor], if the same author had another upheld case
// within [HeldWithin]. That happens once in [HeldEvery]: else three friends could keep somebody muted all day.
const (
	HeldFor    = 3 * time.Hour
	HeldWithin = 24 * time.Hour
	HeldEvery  = 24 * time.Hour
)

// mildMute is the mute that votes alone may give to anybody.
var mildMute = ladder.Step{Kind: ladder.Mute, For: time.Hour}

// gentleThreshold is the threshold at which a verdict is gentle: where two decide, two who are wrong decide too.
const gentleThreshold = 2

// limit says what votes alone may do to the author of a case that they have upheld; nil if everything. No limit takes
// standing below [standing.GoodFrom]. Admins have none, whoever voted before them. Nor has a verdict that jurors confirmed.
func (c Case) limit(d Docket, confirmed bool, now time.Time) *limit {
	t := c.terms(d.Chat)
	switch {
	case c.ByAdmin:
		return nil
	case t.Threshold <= gentleThreshold && d.Author.Shielded.After(now):
		return &limit{step: ladder.Step{Kind: ladder.Remove}}
	case t.Threshold <= gentleThreshold && d.Author.New(now):
		return &limit{step: mildMute}
	case t.Threshold <= gentleThreshold:
		return &limit{step: ladder.Step{Kind: ladder.Warn}}
	case confirmed:
		return nil
	case d.Author.Shielded.After(now):
		return &limit{step: ladder.Step{Kind: ladder.Remove}, pends: d.Chat.decidesHeavy(t)}
	case t.Heavy == HeavyVotes || !d.Chat.Established(c.Author, d.Author, d.Presence, now):
		return nil
	default:
		return &limit{step: mildMute, pends: d.Chat.decidesHeavy(t)}
	}
}

// decidesHeavy is who decides about a heavy penalty: where too few write for a jury, the admins.
func (c Chat) decidesHeavy(t Terms) Heavy {
	if t.Heavy == HeavyJury && !c.Size.ForJury() {
		return HeavyAdmins
	}
	return t.Heavy
}

// points is how much standing it may take of an author who has so much.
func (l limit) points(cost, has int) int {
	if l.step.Kind == ladder.Remove {
		return 0
	}
	return min(cost, max(0, has-standing.GoodFrom))
}

// apply cuts the penalty of a case down to the limit, and has what is harder wait. A second upheld case within [HeldWithin] is looked
// at by a jury in any case, if it brought a mute: a stolen account is stopped, and an innocent who is hunted gets a hearing.
func (l limit) apply(out *Outcome, d Docket, now time.Time) {
	cs := out.Case
	full := cs.Penalty
	if full.HarderThan(l.step) {
		cs.Penalty = l.step
	}
	second := cs.Penalty.Kind == ladder.Mute && upheldWithin(d.History, HeldWithin, now)
	switch {
	case full.HarderThan(mildMute) && (l.pends == HeavyAdmins || l.pends == HeavyJury):
	case second && l.pends == HeavyJury:
	default:
		return
	}
	cs.Pending, cs.PendingEnds = full, now.Add(PendingFor)
	if l.pends == HeavyJury {
		cs.Jury, cs.JuryDue = jury.Heavy, now
		out.Jury = jury.New(jury.Heavy, d.Jury, now)
		if second {
			out.Jury.Round = jury.UrgentRound
		}
	}
}

func upheldWithin(history []Offence, within time.Duration, now time.Time) bool {
	return slices.ContainsFunc(history, func(o Offence) bool { return now.Sub(o.At) < within })
}

// hold has the mute of a second upheld case last until its jury speaks. Whether there can be a jury is known for certain only when
// it is drawn. So it is done where enough write, and undone then if need be; see [easeHeld].
func hold(out *Outcome, d Docket, now time.Time) {
	cs := out.Case
	urgent := out.Jury != nil && out.Jury.Round == jury.UrgentRound
	if !urgent || cs.Author.Channel || !d.Chat.Size.ForJury() || now.Sub(d.Author.Held) < HeldEvery {
		return
	}
	cs.Until, out.Held = now.Add(HeldFor), now
}

// easeHeld ends a mute that lasted until a jury spoke, when that brought nothing harder: it is over an hour after the verdict, as
// votes alone gave it.
func easeHeld(out *Outcome, d Docket, now time.Time) {
	cs := out.Case
	was := cs.Until
	until := cs.Penalty.Until(cs.Decided)
	if d.Case.Jury != jury.Heavy || cs.Penalty.Kind != ladder.Mute || !was.After(until) || !was.After(now) {
		return
	}
	if until.Sub(now) < WorthWhile {
		until = now
	}
	cs.Until = until
	cutMute(out, d, was, d.Author.Silenced, now)
	out.Effects = append(out.Effects, SendLaterNotice{Case: cs.ID, Step: cs.Penalty, Eased: until}.toAuthor(d, cs.Author)...)
}

// unshield ends the shield of an author of whom an admin, or members drawn by lot, found a later message to break the rules.
func unshield(out *Outcome, d Docket, now time.Time) {
	if d.Author.Shielded.After(now) {
		out.Shielded = now
	}
}

// dropPending lets a penalty that waits be.
func (c *Case) dropPending() { c.Pending, c.PendingEnds = ladder.Step{}, time.Time{} }
