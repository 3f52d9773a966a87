package app

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/ops"
)

// contact notes when Telegram answers, and whether it sends the updates elsewhere.
type contact struct {
	clock   clockwork.Clock
	metrics *ops.Metrics
	last    atomic.Int64           // when Telegram last answered, unix seconds
	taken   atomic.Pointer[string] // the other host that gets the updates, if the bot has given up
}

// observe counts a call to Telegram and notes whether Telegram answered.
func (c *contact) observe(method string, took time.Duration, kind wire.Kind) {
	word := string(kind)
	if kind == wire.KindOK {
		word = ""
	}
	if kind != wire.KindTemporary {
		c.last.Store(c.clock.Now().Unix())
	}
	if method == "getUpdates" && kind == wire.KindOK {
		c.taken.Store(nil)
	}
	c.metrics.Telegram(method, word, took)
}

// silentFor is how long Telegram may be silent before the bot is not ready. A long poll lasts 50 s.
const silentFor = 2 * time.Minute

// silence returns for how long Telegram has been silent.
func (c *contact) silence() time.Duration { return c.clock.Since(time.Unix(c.last.Load(), 0)) }

// takenAway returns an error if the updates go elsewhere.
func (c *contact) takenAway() error {
	if where := c.taken.Load(); where != nil {
		return errors.New("something else with this token has telegram send the updates elsewhere (" + *where +
			"), and did so again after it was undone: stop it, or get a new token from @BotFather")
	}
	return nil
}

// dial asks Telegram who the bot is, until it answers or ctx ends.
func dial(ctx context.Context, options bot.Options) (*bot.Client, error) {
	for {
		client, err := bot.Dial(ctx, options)
		if err == nil {
			return client, nil
		}
		if errors.Is(err, wire.ErrUnauthorized) {
			return nil, fmt.Errorf("telegram does not know this token; copy it again from @BotFather into telegram.token: %w", err)
		}
		options.Log.Warn("telegram cannot be reached yet", "error", err)
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("reach telegram: %w", err)
		case <-options.Clock.After(dialPause):
		}
	}
}

const dialPause = 2 * time.Second
