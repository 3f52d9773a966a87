package moderation

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// conclude ends a case: what happens to the message, to its author, to the card, and who is told.
// The order of the effects is the order in which they are carried out within their class.
func conclude(out *Outcome, d Docket, cs Case, ballots []Ballot, v Verdict, now time.Time) {
	tally := Count(ballots)
	cs.Verdict, cs.Decided = v, now
	cs.Votes, cs.Breaks = tally.Votes(), tally.Breaks
	cs.Rule = Charge(ballots)
	out.Case = &cs
	if v == Upheld {
		punish(out, d, now)
	}
	closeCard(out, d.Chat.Policy.CardTTL)
	for _, b := range ballots {
		if b.Side == Breaks {
			to := Person{ID: b.Voter, Language: b.Language, Private: b.Private}
			out.Effects = append(out.Effects, Effect{
				Kind: EffectOutcome, Case: cs.ID, To: to, Verdict: v, Step: cs.Penalty, Rule: cs.Rule,
			})
		}
	}
}

// punish removes the message and moves its author up the ladder.
func punish(out *Outcome, d Docket, now time.Time) {
	cs, p := out.Case, d.Chat.Policy
	if cs.Message != 0 && len(d.Messages) > 0 {
		out.Removed = d.Messages
		out.Effects = append(out.Effects, Effect{Kind: EffectDelete, Case: cs.ID, Messages: d.Messages})
	}
	out.Offence = &Offence{Case: cs.ID, Steps: SeverityOf(cs.Rule), At: now}
	level := Level(append(d.History[:len(d.History):len(d.History)], *out.Offence), p.Lapse, now)
	cs.Penalty = fit(p.Ladder.At(level), cs.Author, d.Chat.Kind)
	enforce(out, d, now)
}

// fit is what a step comes to for this author in this kind of group. A channel cannot be muted or
// thrown out, only banned, and the bot lifts the ban when its time is over. A basic group knows
// no ban that outlasts the removal.
func fit(s Step, a Author, k Kind) Step {
	switch {
	case a.Channel && s.Deed == Kick:
		return Step{Ban, MinPenalty}
	case a.Channel && s.Deed == Mute:
		return Step{Ban, s.For}
	case k == Basic && s.Deed == Ban && !a.Channel:
		return Step{Deed: Kick}
	default:
		return s
	}
}

// enforce carries out the penalty and tells the author. Who is thrown out is told just before,
// because afterwards they could not see it; for the rest enforcement comes first.
func enforce(out *Outcome, d Docket, now time.Time) {
	cs := out.Case
	until := cs.Penalty.Until(now)
	leaves := cs.Penalty.Deed == Kick || cs.Penalty.Deed == Ban
	tell := notices(d, *cs, until, leaves)
	if leaves {
		out.Effects = append(out.Effects, tell...)
	}
	deed := Effect{Kind: EffectPunish, Case: cs.ID, Author: cs.Author, Step: cs.Penalty, Until: until}
	switch {
	case cs.Penalty.Deed == Warn:
	case cs.Penalty.Deed == Mute && d.Chat.Kind == Basic:
		out.Silence = &Silence{Author: cs.Author.ID, Until: until}
		out.Effects = append(out.Effects, Effect{Kind: EffectAdmins, Topic: TopicBasicMute, Case: cs.ID})
	default:
		out.Effects = append(out.Effects, deed)
	}
	if cs.Author.Channel && cs.Penalty.Deed == Ban && !until.IsZero() {
		out.Effects = append(out.Effects, Effect{Kind: EffectLift, Case: cs.ID, Author: cs.Author, Due: until})
	}
	if cs.Penalty.Deed == Kick && d.Chat.Kind == Supergroup {
		// A row of its own, so that trying it again does not throw them out again.
		out.Effects = append(out.Effects, Effect{Kind: EffectLift, Case: cs.ID, Author: cs.Author})
	}
	if !leaves {
		out.Effects = append(out.Effects, tell...)
	}
}

// notices tells the author, in the group and in private if they opened that chat.
func notices(d Docket, cs Case, until time.Time, first bool) []Effect {
	if !cs.Author.Reachable() {
		return nil
	}
	e := Effect{
		Kind: EffectNotice, Case: cs.ID, Step: cs.Penalty, Until: until, Rule: cs.Rule, First: first,
		To: Person{ID: cs.Author.ID, Language: cs.Author.Language},
	}
	if !d.Private {
		return []Effect{e}
	}
	letter := e
	letter.Kind, letter.To.Private = EffectLetter, true
	letter.First = false // it can be read afterwards too, and a busy private chat must not put off the ban
	return []Effect{e, letter}
}

// closeCard turns the card into the outcome and has it taken away after a while.
func closeCard(out *Outcome, ttl time.Duration) {
	cs := out.Case
	if !cs.CardWanted {
		return
	}
	out.Effects = append(out.Effects, Effect{Kind: EffectCard, Case: cs.ID})
	if ttl > 0 {
		out.Effects = append(out.Effects, Effect{Kind: EffectCardGone, Case: cs.ID, Due: cs.Decided.Add(ttl)})
	}
}

// Decide is an admin's verdict on an open case, found by its id or by its message. It returns the
// case's id.
func (c *Court) Decide(ctx context.Context, key Key, admin Member, v Verdict) (string, error) {
	out, err := c.update(ctx, key, func(d Docket, now time.Time) (Outcome, error) {
		switch {
		case !admin.Admin:
			return Outcome{}, refuse(RefuseNotAdmin, "")
		case d.Case == nil || d.Case.Verdict == Withdrawn:
			return Outcome{}, refuse(RefuseNoCase, "")
		case d.Case.Verdict.Final():
			return Outcome{}, refuse(RefuseDecided, d.Case.ID)
		}
		cs := *d.Case
		cs.ByAdmin = true
		out := Outcome{}
		conclude(&out, d, cs, d.Ballots, v, now)
		return out, nil
	})
	if err != nil {
		return "", err
	}
	return out.Case.ID, nil
}

// ExpireDue ends all cases whose deadline has come. It says how many. One that cannot be ended is in
// no other's way.
func (c *Court) ExpireDue(ctx context.Context) (int, error) {
	const batch = 100
	ended := 0
	for {
		due, err := c.store.Due(ctx, c.now(), batch)
		if err != nil {
			return ended, fmt.Errorf("list cases to expire: %w", err)
		}
		var failed error
		for _, ref := range due {
			err := c.expire(ctx, ref)
			if errors.Is(err, ErrUnavailable) {
				return ended, err
			}
			if failed = errors.Join(failed, err); err == nil {
				ended++
			}
		}
		if failed != nil || len(due) < batch {
			return ended, failed
		}
	}
}

func (c *Court) expire(ctx context.Context, ref CaseRef) error {
	_, err := c.update(ctx, Key{Chat: ref.Chat, Case: ref.ID}, func(d Docket, now time.Time) (Outcome, error) {
		// Somebody may have decided it since it was listed.
		if d.Case == nil || d.Case.Verdict.Final() || d.Case.Deadline.After(now) {
			return Outcome{}, refuse(RefuseDecided, ref.ID)
		}
		out := Outcome{}
		conclude(&out, d, *d.Case, d.Ballots, Expired, now)
		return out, nil
	})
	var no *Refusal
	if err != nil && !errors.As(err, &no) {
		return fmt.Errorf("expire case %s: %w", ref.ID, err)
	}
	return nil
}
