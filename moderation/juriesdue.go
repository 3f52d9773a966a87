package moderation

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/jury"
)

// JuryQueue lists what waits for a jury.
type JuryQueue interface {
	// JuriesDue lists cases about whose jury something is to be done by the clock, or that may get one, the oldest first, at most limit.
	JuriesDue(ctx context.Context, now time.Time, limit int) ([]CaseRef, error)
}

// JuriesDue does what is due by the clock about juries: it draws them, looks at their answers when a round ends, and asks more. In
// each group it does so in the order of their turns. It says how many cases there were. One that fails is in no other's way.
func (c *Clock) JuriesDue(ctx context.Context) (int, error) {
	const batch = 100
	done := 0
	for {
		due, err := c.juries.JuriesDue(ctx, c.now(), batch)
		if err != nil {
			return done, fmt.Errorf("list juries that are due: %w", err)
		}
		if due, err = c.inTurn(ctx, due); err != nil {
			return done, err
		}
		var failed error
		for _, ref := range due {
			err := c.pursueJury(ctx, ref)
			if errors.Is(err, ErrUnavailable) {
				return done, err
			}
			if failed = errors.Join(failed, err); err == nil {
				done++
			}
		}
		if failed != nil || len(due) < batch {
			return done, failed
		}
	}
}

func (c *Clock) pursueJury(ctx context.Context, ref CaseRef) error {
	key := Key{Chat: ref.Chat, Case: ref.ID, Want: Want{Pool: true, Size: true}}
	_, err := c.update(ctx, key, pursueJury)
	if err != nil {
		return fmt.Errorf("see to the jury of case %s: %w", ref.ID, err)
	}
	return nil
}

// inTurn puts the cases of a group in order that wait for a jury, if there are several: what was decided already comes first, then what
// was dismissed before, then stalled votes, most voices first.
func (c *Clock) inTurn(ctx context.Context, due []CaseRef) ([]CaseRef, error) {
	several := map[int64]int{}
	for _, ref := range due {
		several[ref.Chat]++
	}
	turns := map[CaseRef]turn{}
	for _, ref := range due {
		if several[ref.Chat] < 2 {
			continue
		}
		_, err := c.update(ctx, Key{Chat: ref.Chat, Case: ref.ID}, func(d Docket, _ time.Time) (Outcome, error) {
			turns[ref] = d.turn()
			return Outcome{}, nil
		})
		if errors.Is(err, ErrUnavailable) {
			return nil, err
		}
	}
	slices.SortStableFunc(due, func(a, b CaseRef) int {
		x, y := turns[a], turns[b]
		return cmp.Or(cmp.Compare(a.Chat, b.Chat), cmp.Compare(x.class, y.class), cmp.Compare(y.voices, x.voices))
	})
	return due, nil
}

// turn says when a case has its turn among those of its group that wait for a jury: by its class, then by its voices.
type turn struct {
	class  int // 0 before 1 before 2
	voices int // for it
}

func (d Docket) turn() turn {
	switch {
	case d.Case == nil || d.Case.Verdict != Open:
		return turn{}
	case d.Case.Jury == jury.Reopened:
		return turn{class: 1}
	default:
		return turn{class: 2, voices: VoicesOf(sideOf(d.Ballots, Breaks), d.Ties).Count}
	}
}

// pursueJury does what is due about the jury of a case at this time.
func pursueJury(d Docket, now time.Time) (Outcome, error) {
	if d.Case == nil || d.Case.JuryDue.IsZero() || d.Case.JuryDue.After(now) {
		return Outcome{}, nil // another replica was faster
	}
	cs := *d.Case
	out := Outcome{Case: &cs}
	switch {
	case cs.Verdict == Open && cs.Over(now) && cs.Jury != jury.Reopened: // it is about to expire
		cs.JuryDue = time.Time{}
		return out, nil
	case cs.Verdict == Open && cs.Jury == jury.NoJury:
		return out, seekHelp(&out, d, now)
	case cs.Jury == jury.NoJury: // a vote for which members were drawn has ended
		cs.JuryDue = time.Time{}
		return out, restPayer(&out, d, now)
	case d.Jury == nil: // it was lost with the case's key
		cs.Jury, cs.JuryDue = jury.NoJury, time.Time{}
		if cs.Appeal == BeforeJury {
			cs.Appeal, cs.AppealDue = AppealLapsed, now
		}
		return out, nil
	}
	out.Jury = d.Jury.Copied()
	if d.Appeal != nil {
		out.Appeal = d.Appeal.copied(cs)
	}
	if cs.Verdict == Open {
		out.Jury.Follow(cs.Deadline)
	}
	return proceed(out, d, now)
}

// proceed looks at the answers of a jury if its round is over, and asks more.
func proceed(out Outcome, d Docket, now time.Time) (Outcome, error) {
	cs, j := out.Case, out.Jury
	switch {
	case cs.Reversed != "": // forgiven meanwhile
		granted(&out, d)
		dissolve(&out, d, AppealGranted, "")
	case cs.Verdict == Open && d.Chat.PausedAt(now) && (j.Reason == jury.Stalled || len(j.Seats) > 0):
		cs.JuryDue = d.Chat.Paused
	case !j.RoundOver(now) && !j.Over(now):
		cs.JuryDue = j.Due()
	default:
		if decided, err := decideByJury(&out, d, now); err != nil || decided {
			return out, err
		}
		if j.Over(now) {
			undecided(&out, d, now)
			return out, nil
		}
		return out, askMore(&out, d, now)
	}
	return out, nil
}

// askMore asks the next round, or the first.
func askMore(out *Outcome, d Docket, now time.Time) error {
	cs, j := out.Case, out.Jury
	first := len(j.Seats) == 0
	if first && j.Reason == jury.Reopened {
		cs.Listed = true
		if d.Chat.Policy.Appeals != AppealsJury || d.Chat.PausedAt(now) {
			undecided(out, d, now)
			return nil
		}
	}
	got, err := d.drawRound(j.Reason, j.Left())
	if err != nil {
		return err
	}
	if first && got.few {
		undecided(out, d, now)
		return nil
	}
	if j.Reason == jury.Stalled && got.drained {
		got.jurors = nil // it waits
	}
	if first && j.Reason == jury.Heavy && len(got.jurors) > 0 {
		if payer, err := charge(out, d, now); err != nil || payer == 0 {
			easeHeld(out, d, now)
			cs.JuryDue = earlier(nextPeriod(now), j.Ends)
			return err
		}
	}
	if first && j.Reason == jury.Reopened {
		payer := int64(0)
		if len(got.jurors) > 0 {
			if payer, err = charge(out, d, now); err != nil {
				return err
			}
		}
		if payer == 0 { // the message stands there meanwhile
			undecided(out, d, now)
			return nil
		}
		tellAppeal(out, TopicAgain, Member{})
	}
	out.summon(j, got.jurors, now)
	cs.JuryDue = j.Due()
	return nil
}

// earlier is the earlier of two times.
func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
