package moderation

import (
	"context"
	"time"
)

// Updater runs decisions.
type Updater interface {
	// Update loads the docket for key, runs decide on it, and commits the outcome, its effects and the mark that the update was
	// handled, all or nothing. The effect that key says is done goes with the outcome. A [Refusal] from decide commits the mark
	// alone; any other error commits nothing. An update that was handled before is [ErrSeen], and decide is not run. Decide may be
	// run more than once and must have no effects of its own.
	Update(ctx context.Context, key Key, decide func(Docket) (Outcome, error)) (Outcome, error)
}

// Calendar says when a group's digests are due, by its Digest and Timezone.
type Calendar interface {
	// Next is the first moment after then; zero if there are no digests.
	Next(p Policy, after time.Time) time.Time
	// Last is the latest moment not after now, of those from since on, which is one itself.
	Last(p Policy, now, since time.Time) time.Time
}

// runner runs decisions at the present time.
type runner struct {
	store Updater
	now   func() time.Time

	// OnDecision, if set, is told after each commit that ended a case.
	OnDecision func(v Verdict, took time.Duration)

	// OnGroup, if set, is told after each commit by which the bot came into a group, or is in it no more.
	OnGroup func(ctx context.Context, in bool)

	// Calendar says when digests are due. Without it there are none.
	Calendar Calendar

	// Allowed are the numbers of the only groups that the bot stays in; none is any group. See [Groups.Allows].
	Allowed []int64
}

// update runs decide at the present time (whole seconds, as everything in Telegram) and reports
// cases that end by it, and groups that come and go.
func (c *runner) update(ctx context.Context, key Key, decide func(Docket, time.Time) (Outcome, error)) (Outcome, error) {
	now := c.now().UTC().Truncate(time.Second)
	ended, was := false, false // before this update: whether the case had, and whether the bot was in the group
	out, err := c.store.Update(ctx, key, func(d Docket) (Outcome, error) {
		ended = d.Case != nil && d.Case.Verdict.Final()
		was = d.Chat.Rights.Member
		d.Now = now
		out, err := decide(d, now)
		if err == nil {
			out.Events = eventsOf(d, out)
		}
		return out, err
	})
	if err != nil {
		return out, err
	}
	if cs := out.Case; cs != nil && cs.Verdict.Final() && !cs.Manual && !ended && c.OnDecision != nil {
		c.OnDecision(cs.Verdict, now.Sub(cs.Opened))
	}
	if out.Chat != nil && out.Chat.Rights.Member != was && c.OnGroup != nil {
		c.OnGroup(ctx, !was)
	}
	return out, nil
}

// plan sets when the next digest comes.
func (c *runner) plan(chat *Chat, now time.Time) {
	off := chat.DigestDue.Equal(Never)
	chat.DigestDue = Never
	if c.Calendar != nil {
		if next := c.Calendar.Next(chat.Policy, now); !next.IsZero() {
			chat.DigestDue = next
		}
	}
	if off || chat.DigestFrom.IsZero() {
		chat.DigestFrom = now
	}
}
