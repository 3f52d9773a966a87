package moderation

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// Decide is an admin's verdict on an open case, found by its id or by its message. It returns the
// case's id. Upholding punishes, so it needs what a manual penalty needs.
func (c *Reviews) Decide(ctx context.Context, key Key, admin Member, v Verdict) (string, error) {
	return c.decide(ctx, key, decision{verdict: v, by: admin})
}

// Uphold upholds an open case under the rule that the admin names.
func (c *Reviews) Uphold(ctx context.Context, key Key, admin Member, rule rulebook.RuleID) (string, error) {
	return c.decide(ctx, key, decision{verdict: Upheld, by: admin, rule: rule})
}

func (c *Reviews) decide(ctx context.Context, key Key, r decision) (string, error) {
	out, err := c.update(ctx, key, func(d Docket, now time.Time) (Outcome, error) {
		switch {
		case !r.by.Admin:
			return Outcome{}, refuse(RefuseNotAdmin, "")
		case r.verdict == Upheld && (!r.by.Restrict || !r.by.Delete):
			return Outcome{}, refuse(RefuseRights, "")
		case d.Case == nil || d.Case.Hidden():
			return Outcome{}, refuse(RefuseNoCase, "") // as if there were none, or admins could find out who was reported
		case d.Case.Verdict.Final() && key.Case == "":
			// The same as if the message had been reported again since: that is another case, which is hidden from admins.
			return Outcome{}, refuse(RefuseNoCase, "")
		case d.Case.Verdict.Final():
			return Outcome{}, refuse(RefuseDecided, d.Case.ID)
		}
		out := Outcome{}
		conclude(&out, d, *d.Case, d.Ballots, r, now)
		return out, nil
	})
	if err != nil {
		return "", err
	}
	return out.Case.ID, nil
}

// ExpireDue ends all cases whose deadline has come. It says how many. One that cannot be ended is in
// no other's way.
func (c *Clock) ExpireDue(ctx context.Context) (int, error) {
	const batch = 100
	ended := 0
	for {
		due, err := c.agenda.Due(ctx, c.now(), batch)
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

func (c *Clock) expire(ctx context.Context, ref CaseRef) error {
	_, err := c.update(ctx, Key{Chat: ref.Chat, Case: ref.ID}, func(d Docket, now time.Time) (Outcome, error) {
		// Somebody may have decided it since it was listed.
		if d.Case == nil || d.Case.Verdict.Final() || d.Case.Deadline.After(now) {
			return Outcome{}, refuse(RefuseDecided, ref.ID)
		}
		if d.Case.Appeal == BeforeJury && d.Appeal != nil && d.Jury != nil { // the bot was down when the admins should have been asked
			cs := *d.Case
			out := Outcome{Case: &cs, CaseChanges: CaseChanges{Appeal: d.Appeal.copied(cs), Jury: d.Jury.Copied()}}
			undecided(&out, d, now)
			return out, nil
		}
		out := Outcome{}
		conclude(&out, d, *d.Case, d.Ballots, decision{verdict: Expired}, now)
		return out, nil
	})
	var no *Refusal
	if err != nil && !errors.As(err, &no) {
		return fmt.Errorf("expire case %s: %w", ref.ID, err)
	}
	return nil
}
