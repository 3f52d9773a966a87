package bot

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// compareTimes asks Telegram for the time if the last answer disagrees with the clock, until enough answers are there
// to tell who is right. So nothing is done by a wrong time. A machine that slept wakes up with such a clock.
func (c *Client) compareTimes(ctx context.Context) {
	if c.time == nil || !c.time.disputed() || !c.time.mayAsk() {
		return
	}
	for n := 1; n < minSamples && c.time.disputed(); n++ {
		if _, err := c.invoke(ctx, wire.Call{Method: "getMe"}); err != nil {
			return
		}
	}
}

// confirmTime asks Telegram for the time again if its first answer says that the machine's clock is wrong.
func (c *Client) confirmTime(ctx context.Context) {
	for n := 0; c.time != nil && n < minSamples && c.time.Off() != 0; n++ {
		if _, err := c.invoke(ctx, wire.Call{Method: "getMe"}); err != nil {
			return
		}
	}
}

// date lets the clock learn from an update. An update may have been under way for long, but cannot come from the future.
func (c *Client) date(u *wire.Update) {
	if c.time != nil && u.Message != nil && u.Message.Date != 0 {
		c.time.notBefore(u.Message.Time())
	}
}
