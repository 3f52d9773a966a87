package moderation

import (
	"context"
	"slices"
	"time"
)

// LeaveAfter is how long the bot stays in a group in which the operator does not want it. A group that became a supergroup may
// be heard of by its new number first.
const LeaveAfter = 10 * time.Second

// Allows reports whether the operator wants the bot in a group. One that became a supergroup may be listed by either number.
func (c *Groups) Allows(chat, former int64) bool {
	return len(c.Allowed) == 0 || slices.Contains(c.Allowed, chat) || former != 0 && slices.Contains(c.Allowed, former)
}

// Leave has the bot leave a group in which the operator does not want it, unless that waits to be done already. At the start of
// the bot (update is 0) it is always queued.
func (c *Groups) Leave(ctx context.Context, update, chat int64, kind Kind) error {
	_, err := c.update(ctx, Key{Update: update, Chat: chat, Kind: kind}, func(d Docket, now time.Time) (Outcome, error) {
		if c.Allows(d.Chat.ID, d.Chat.Former) || update != 0 && d.Chat.Rights.Member {
			return Outcome{}, nil
		}
		d.Chat.Rights.Member = true // which says that it is being left
		leave := LeaveGroup{Waiting: Waiting{Due: now.Add(LeaveAfter)}}
		if update != 0 {
			leave.Silent = now.Sub(d.Chat.Greeted) < Greeting // whoever adds it again and again would have it say so each time
		}
		if update != 0 && !leave.Silent {
			d.Chat.Greeted = now
		}
		return Outcome{Chat: &d.Chat, Effects: []Effect{leave}}, nil
	})
	return err
}
