package bot

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// Me is the bot itself, as Telegram described it last: see [Client.Refresh].
func (c *Client) Me() wire.Self {
	me := *c.me.Load()
	me.NoEphemeral = !c.ephemeral.Load()
	return me
}

// Refresh asks Telegram anew who the bot is. Its names, and what it may do, can change while it runs.
func (c *Client) Refresh(ctx context.Context) error {
	res, err := c.Do(ctx, wire.Call{Method: "getMe"})
	if err != nil {
		return err
	}
	return c.learnSelf(res)
}

func (c *Client) learnSelf(res wire.Result) error {
	me, err := res.Self()
	if err == nil {
		c.me.Store(&me)
	}
	return err
}
