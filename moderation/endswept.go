package moderation

import (
	"context"
	"time"
)

// EndSwept ends a case whose message was removed along with that of another. Nobody's ballot decided it, so it brings no penalty,
// and teaches nothing about its voters.
func (c *Sweeps) EndSwept(ctx context.Context, e EndSwept) error {
	_, err := c.update(ctx, Key{Chat: e.Chat, Case: e.Case, Rows: Rows{Done: e.Ref}}, func(d Docket, now time.Time) (Outcome, error) {
		if d.Case == nil || d.Case.Verdict != Open || d.Case.Reopens != "" {
			return Outcome{}, nil
		}
		cs := *d.Case
		out, tally := Outcome{Case: &cs}, Count(d.Ballots)
		cs.Terms, cs.Verdict, cs.Decided, cs.Rule, cs.CopyOf = cs.terms(d.Chat), Upheld, now, e.Rule, e.With
		cs.Votes, cs.Breaks = tally.Votes(), tally.Breaks
		dissolve(&out, d, NoAppeal, Upheld)
		closeCard(&out, d.Chat.Policy.CardTTL)
		tellReporters(&out, d.Ballots, SendOutcome{Case: cs.ID, Verdict: Upheld, Rule: cs.Rule})
		if e.Tells {
			out.Effects = append(out.Effects, Notice{Case: cs.ID, Rule: cs.Rule}.toAuthor(d, cs.Author)...)
		}
		if d.Case.Shown() {
			out.Effects = append(out.Effects, TellAdmins{Entry: CaseEntry{What: TopicDecided, Case: cs.ID}})
		}
		return out, nil
	})
	return err
}

// overruleSwept finds that a message was fine that was removed along with another. Nothing else is to be taken back, and copies of
// it go no longer.
func overruleSwept(d Docket, by Member, now time.Time) (Outcome, error) {
	if d.Case.Reversed != "" {
		return Outcome{}, refuse(RefuseReversed, d.Case.ID)
	}
	cs := *d.Case
	cs.Reversed, cs.ReversedAt = Overturned, now
	out := Outcome{Case: &cs, SweepChanges: SweepChanges{Unwatched: cs.CopyOf}}
	granted(&out, d)
	dissolve(&out, d, AppealGranted, "")
	out.Effects = append(out.Effects, SendLaterNotice{Case: cs.ID, Reversal: Overturned}.toAuthor(d, cs.Author)...)
	if cs.Carded() {
		out.Effects = append(out.Effects, DrawCard{Case: cs.ID})
	}
	tellReporters(&out, d.Ballots, SendOutcome{Case: cs.ID, Verdict: Upheld, Reversal: Overturned})
	topic := TopicOverturned
	if !by.Admin {
		topic = TopicJury
	}
	out.Effects = append(out.Effects, TellAdmins{Entry: CaseEntry{What: topic, Case: cs.ID, By: by.Named()}})
	return out, nil
}
