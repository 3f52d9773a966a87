package bot

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// compareTimes asks Telegram for the time until one answer more or less makes no difference, if the last one told another than
// the clock does: before anything is done by a wrong time. A machine that slept wakes up with such a clock.
func (c *Client) compareTimes(ctx context.Context) {
	if c.time == nil || !c.time.disputed() || !c.time.mayDoubt() {
		return
	}
	for n := 1; n < enough && c.time.disputed(); n++ {
		if _, err := c.invoke(ctx, wire.Call{Method: "getMe"}); err != nil {
			return
		}
	}
}

// confirmTime asks Telegram for the time again if it was the first to say that the machine's is wrong.
func (c *Client) confirmTime(ctx context.Context) {
	for n := 0; c.time != nil && n < enough && c.time.Off() != 0; n++ {
		if _, err := c.invoke(ctx, wire.Call{Method: "getMe"}); err != nil {
			return
		}
	}
}

// date lets the clock learn from an update. It may be older than it looks, never younger.
func (c *Client) date(u *wire.Update) {
	if c.time != nil && u.Message != nil && u.Message.Date != 0 {
		c.time.notBefore(u.Message.Time())
	}
}
