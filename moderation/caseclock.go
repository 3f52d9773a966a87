package moderation

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// runs reports whether the clock of the case has started. Until then its deadline is only what it would be, and it has no terms.
func (c Case) runs() bool { return c.ClockDue.IsZero() }

// start starts the clock of a case, or starts it anew: from then on it is decided by the settings of this moment.
func (c *Case) start(d Docket, at time.Time) {
	c.ClockDue = time.Time{}
	c.Deadline, c.Terms = d.deadline(at), d.Chat.Terms()
	c.summonAt(d.clockFrom(at), d.Chat.Policy.Summon)
}

// StartDue starts the clocks of cases that got no card in time. It says how many. One that fails is in no other's way.
func (c *Clock) StartDue(ctx context.Context) (int, error) {
	const batch = 100
	due, err := c.queue.ClocksDue(ctx, c.now(), batch)
	if err != nil {
		return 0, fmt.Errorf("list cases whose clock starts: %w", err)
	}
	started := 0
	var failed error
	for _, ref := range due {
		err := c.startClock(ctx, ref)
		if errors.Is(err, ErrUnavailable) {
			return started, err
		}
		if failed = errors.Join(failed, err); err == nil {
			started++
		}
	}
	return started, failed
}

func (c *Clock) startClock(ctx context.Context, ref CaseRef) error {
	key := Key{Chat: ref.Chat, Case: ref.ID, Want: Want{Size: true, Bare: true}}
	_, err := c.update(ctx, key, func(d Docket, now time.Time) (Outcome, error) {
		if d.Case == nil || d.Case.Verdict.Final() || d.Case.runs() {
			return Outcome{}, nil // a card was faster, or another replica
		}
		cs := *d.Case
		out := Outcome{Case: &cs}
		if cs.Appeal.Open() { // a jury's time runs already
			cs.ClockDue = time.Time{}
			return out, nil
		}
		started := cs.ClockDue // though the bot may have been down then
		cs.start(d, started)
		cs.leaveTime(d, now)
		if cs.CardAfter == 0 && cs.Reopens == "" && !cs.Listed {
			list(&out, cs, started.Add(ListedAfter))
		}
		return out, nil
	})
	if err != nil {
		return fmt.Errorf("start the clock of case %s: %w", ref.ID, err)
	}
	return nil
}

// Withdraw withdraws a case in which there is no ballot any more. If there is one by now, it goes on.
func (c *Clock) Withdraw(ctx context.Context, e WithdrawCase) error {
	_, err := c.update(ctx, Key{Chat: e.Chat, Case: e.Case, Rows: Rows{Done: e.Ref}}, func(d Docket, now time.Time) (Outcome, error) {
		if d.Case == nil || d.Case.Verdict != Open || d.Case.Appeal.Open() || len(d.Ballots) > 0 || d.Case.CopyOf != "" { // whose card nobody's report brought
			return Outcome{}, nil
		}
		cs := *d.Case
		out := Outcome{Case: &cs}
		cs.Verdict, cs.Decided, cs.Votes, cs.Breaks = Withdrawn, now, 0, 0
		dissolve(&out, d, NoAppeal, Withdrawn)
		if cs.CardWanted {
			out.Effects = append(out.Effects, RemoveCard{Case: cs.ID, Message: cs.Card})
		}
		return out, nil
	})
	return err
}
