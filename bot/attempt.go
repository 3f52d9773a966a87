package bot

import (
	"context"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// once performs the call, measures it and notes a hold.
func (c *Client) once(ctx context.Context, call wire.Call) (wire.Result, error) {
	started := c.clock.Now()
	raw, err := c.invoke(ctx, call)
	c.compareTimes(ctx)
	kind := wire.KindOf(err)
	c.observe(call.Method, c.clock.Since(started), kind)
	if kind == wire.KindTooMany && call.Chat != 0 {
		until := c.clock.Now().Add(max(wire.RetryAfter(err), time.Second))
		if call.Reading() {
			c.limits.HoldReading(call.Chat, until)
		} else {
			c.hold(ctx, call.Chat, until)
		}
	}
	return wire.Result{Raw: raw}, err
}

// hold notes that Telegram refuses calls for a chat until then. If it is a group, it tells the other replicas.
func (c *Client) hold(ctx context.Context, chat int64, until time.Time) {
	if err := c.limits.HoldEverywhere(ctx, chat, until); err != nil {
		c.log.Warn("other replicas do not know of a limit", "error", err)
	}
}
