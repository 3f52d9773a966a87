package moderation

import (
	"context"
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/standing"
)

// Reviews takes what admins say of cases.
type Reviews struct{ *runner }

// Overturn reverses an upheld case: the penalty ends, the steps are taken back, and everybody
// concerned is told. The message stays removed; Telegram cannot bring it back.
func (c *Reviews) Overturn(ctx context.Context, key Key, by Member) (Case, error) {
	out, err := c.update(ctx, key, func(d Docket, now time.Time) (Outcome, error) {
		if err := mayReview(d, by); err != nil {
			return Outcome{}, err
		}
		return overrule(d, by, now)
	})
	if err != nil {
		return Case{}, err
	}
	return *out.Case, nil
}

// overrule reverses the verdict, by an admin's word or, if by is nobody, by a jury's.
func overrule(d Docket, by Member, now time.Time) (Outcome, error) {
	if d.Case.Swept() {
		return overruleSwept(d, by, now)
	}
	i := slices.IndexFunc(d.History, func(o Offence) bool { return o.Case == d.Case.ID })
	if i < 0 {
		return Outcome{}, refuse(RefuseReversed, d.Case.ID)
	}
	out := Outcome{SweepChanges: SweepChanges{Unwatched: d.Case.ID, Restored: d.Case.ID}}
	cs := *d.Case
	cs.Reversed, cs.ReversedAt = Overturned, now
	cs.dropPending()
	out.Case = &cs
	reverse(&out, d, cs.Author, i, by, now)
	granted(&out, d)
	dissolve(&out, d, AppealGranted, "")
	out.Righted = cs.Reopens // whoever found the message fine was right
	if cs.Carded() {
		out.Effects = append(out.Effects, DrawCard{Case: cs.ID})
	}
	tellReporters(&out, d.Ballots, SendOutcome{Case: cs.ID, Verdict: Upheld, Reversal: Overturned})
	return out, nil
}

// Pardon takes an author's latest offence back, and ends its penalty. It returns the offence's case.
func (c *Reviews) Pardon(ctx context.Context, key Key, author Author, by Member) (string, error) {
	key.Author = author.ID
	var id string
	_, err := c.update(ctx, key, func(d Docket, now time.Time) (Outcome, error) {
		if err := mayPunish(d, by, Target{Author: author}); err != nil {
			return Outcome{}, err
		}
		if len(d.History) == 0 {
			return Outcome{}, refuse(RefuseClean, "")
		}
		i := len(d.History) - 1
		id = d.History[i].Case
		out := Outcome{OtherCases: OtherCases{Pardoned: id}}
		reverse(&out, d, author, i, by, now)
		return out, nil
	})
	return id, err
}

// Forgive takes a manual penalty back: the offence that it is, and its penalty, as [Reviews.Pardon] does with the latest. Given is
// the penalty that the admin gave; if it is another by now, nothing changes. It returns the case as it was before that. A case that
// somebody reported is not taken back so, whoever ended it: [Reviews.Overturn] tells its reporters.
func (c *Reviews) Forgive(ctx context.Context, key Key, by Member, given string) (Case, error) {
	var cs Case
	_, err := c.update(ctx, key, func(d Docket, now time.Time) (Outcome, error) {
		if err := mayReview(d, by); err != nil {
			return Outcome{}, err
		}
		cs = *d.Case
		i := slices.IndexFunc(d.History, func(o Offence) bool { return o.Case == cs.ID })
		switch {
		case !cs.Manual:
			return Outcome{}, refuse(RefuseUnknown, cs.ID) // no answer about such a case has that button
		case i < 0:
			return Outcome{}, refuse(RefuseReversed, cs.ID)
		case cs.Penalty.String() != given:
			return Outcome{}, refuse(RefuseChangedSince, cs.ID)
		}
		out := Outcome{OtherCases: OtherCases{Pardoned: cs.ID}}
		reverse(&out, d, cs.Author, i, by, now)
		return out, nil
	})
	return cs, err
}

// reverse takes an offence back, ends its penalty unless another of the same kind lasts, and tells
// the author and the admins.
func reverse(out *Outcome, d Docket, author Author, offence int, by Member, now time.Time) {
	o := d.History[offence]
	kind := Pardoned
	if out.Case != nil {
		kind = Overturned
	}
	out.Taken = o.Case
	giveBack(out, d, o, kind, now)
	others := except(d.History, offence)
	switch penalty := o.Penalty.Kind; {
	case penalty != ladder.Mute && penalty != ladder.Ban:
	case o.runs(now):
		end(out, d, author, o, others, now)
	case d.Chat.Kind == Supergroup && !author.Channel:
		out.Effects = append(out.Effects, CheckManual{Case: o.Case, Author: author})
	}
	bind(out, d, author, time.Time{}, now)
	notice := SendLaterNotice{Case: o.Case, Step: o.Penalty, Reversal: kind}
	out.Effects = append(out.Effects, notice.toAuthor(d, author)...)
	invite(out, d, author, o, others, now)
	topic := map[Reversal]Topic{Overturned: TopicOverturned, Pardoned: TopicPardoned}[kind]
	if !by.Admin {
		topic = TopicJury
	}
	out.Effects = append(out.Effects, TellAdmins{Entry: CaseEntry{What: topic, Case: o.Case, By: by.Named()}})
}

// end ends the mute or ban of an offence that is taken back, unless another of the same kind lasts.
func end(out *Outcome, d Docket, author Author, o Offence, others []Offence, now time.Time) {
	penalty := o.Penalty.Kind
	switch other, still := running(others, penalty, now); {
	case penalty == ladder.Mute && d.Chat.Kind == Basic:
		out.Silence = hush(d, author, others, now)
	case still:
		shorten(out, author, o, other)
	default:
		lift(out, d, EndPenalty{Case: o.Case, Author: author, Step: ladder.Step{Kind: penalty}}, others, now)
	}
}

// invite sends whoever was put out of the group a way back into it, also when their ban is over. It does so if they
// can be written to in private and nothing else keeps them out.
func invite(out *Outcome, d Docket, author Author, o Offence, others []Offence, now time.Time) {
	left := o.Penalty.Kind == ladder.Kick || o.Penalty.Kind == ladder.Ban
	if left && d.Private && author.Reachable() && !Banned(others, now) {
		to := Person{ID: author.ID, Language: author.Language, Private: true}
		out.Effects = append(out.Effects, SendInvite{Case: o.Case, To: to})
	}
}

// giveBack gives the standing back that an offence took.
func giveBack(out *Outcome, d Docket, o Offence, kind Reversal, now time.Time) {
	if o.Cost == 0 {
		return
	}
	day := DayOf(now)
	before := d.Conduct
	before.Fell = lastFall(d.History, o.Case) // its day may count again
	conduct := before.Rise(o.Cost, day)
	out.Conduct, out.Turns = &conduct, before.Earned(day)
	if points := conduct.Score(day) - before.Score(day); points > 0 {
		cause := map[Reversal]standing.Cause{Overturned: standing.CauseOverturned, Pardoned: standing.CausePardoned}[kind]
		out.Turns = append(out.Turns, standing.Change{Day: day, Points: points, Cause: cause, Case: o.Case})
	}
}

// shorten ends a penalty in favour of another of its kind that ends sooner.
func shorten(out *Outcome, author Author, o, other Offence) {
	if other.Until.IsZero() || !o.Until.IsZero() && !other.Until.Before(o.Until) {
		return // the other lasts longer, so that it is the one in force
	}
	if o.Penalty.Kind == ladder.Mute {
		out.Silence = &Silence{Author: author.ID, Shorten: true} // from when it was a basic group
	}
	out.Effects = append(out.Effects, ShortenPenalty{Case: other.Case, Author: author, Step: other.Penalty, Until: other.Until, From: o.Until})
}

// Harsher replaces an upheld case's penalty by the next harder one of the ladder. Seen is the penalty
// that the admin saw; if it is another by now, nothing changes, so that two who press at once do not
// go up two steps.
func (c *Reviews) Harsher(ctx context.Context, key Key, by Member, seen string) (Case, error) {
	out, err := c.update(ctx, key, func(d Docket, now time.Time) (Outcome, error) { return harsher(d, by, seen, now) })
	if err != nil {
		return Case{}, err
	}
	return *out.Case, nil
}

func harsher(d Docket, by Member, seen string, now time.Time) (Outcome, error) {
	if err := mayReview(d, by); err != nil {
		return Outcome{}, err
	}
	cs := *d.Case
	i := slices.IndexFunc(d.History, func(o Offence) bool { return o.Case == cs.ID })
	switch {
	case i < 0:
		return Outcome{}, refuse(RefuseReversed, cs.ID)
	case cs.Penalty.String() != seen:
		return Outcome{}, refuse(RefuseChanged, cs.ID)
	}
	next, ok := Harder(d.Chat.Policy.Ladder, cs, d.Chat.Kind)
	if !ok {
		return Outcome{}, refuse(RefuseTop, cs.ID)
	}
	o := d.History[i]
	out := Outcome{}
	if cs.Waits(now) {
		whole(&out, d, o, now) // the admin has looked at it, as if they had confirmed it
		o = *out.Offence
	}
	o.Steps++
	cs.Penalty, cs.Until = next, next.Until(now)
	cs.dropPending() // the admin has said what it shall be
	cs.Judges = append(cs.Judges[:len(cs.Judges):len(cs.Judges)], by.ID)
	out.Case, out.Offence = &cs, &o
	dissolveHeavy(&out, d, AppealStands, "")
	if bans := next.Kind == ladder.Ban && d.Case.Penalty.Kind != ladder.Ban; bans && cs.Manual && by.Delete && len(d.Messages) > 0 {
		removeMessage(&out, d) // as /ban does
	}
	enforce(&out, d, Notice{Harsher: true}, now)
	if d.Case.Penalty.Kind == ladder.Mute && next.Kind != ladder.Mute {
		out.Silence = hush(d, cs.Author, except(d.History, i), now) // or an overturned kick would leave it
	}
	if next.Kind == ladder.Ban && d.Case.Penalty.Kind != ladder.Ban && by.Delete && !cs.Manual {
		sweepRest(&out, d)
	}
	out.Effects = append(out.Effects, TellAdmins{Entry: CaseEntry{What: TopicHarsher, Case: cs.ID, By: by.Named()}})
	return out, nil
}

// Harder is the first step of the ladder, in its order, that is harder than the case's penalty. It says
// false if there is none.
func Harder(l ladder.Ladder, cs Case, k Kind) (ladder.Step, bool) {
	for _, s := range l {
		if s = fit(s, cs.Author, k); s.HarderThan(cs.Penalty) {
			return s, true
		}
	}
	return ladder.Step{}, false
}
