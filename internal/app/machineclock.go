package app

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot"
)

// Telegram is told when a penalty ends, and goes by its own clock. A machine whose clock is wrong would mute for ever, or not at
// all. So the whole bot uses Telegram's clock, see [bot.Clock], and tells the operator when the machine's differs.

// wrongFrom is the difference from which on the bot is not ready.
const wrongFrom = 30 * time.Second

// ClockState says in words how wrong the machine's clock is. It returns nothing if it is right.
func ClockState(off time.Duration) string {
	switch off = aboutAs(off); {
	case off > 0:
		return "the machine's clock is " + off.String() + " fast; set it, for example by NTP. The bot goes by Telegram's"
	case off < 0:
		return "the machine's clock is " + (-off).String() + " slow; set it, for example by NTP. The bot goes by Telegram's"
	default:
		return ""
	}
}

// aboutAs rounds a difference to what is known of it, since Telegram tells whole seconds.
func aboutAs(d time.Duration) time.Duration {
	if d.Abs() < time.Minute {
		return d.Round(time.Second)
	}
	return d.Round(10 * time.Second)
}

// machineClock compares the machine's clock with Telegram's.
type machineClock struct {
	telegram *bot.Clock
	log      *slog.Logger
	told     time.Duration // how wrong it was when that was last logged
}

// wrong returns an error if the machine's clock is so wrong that somebody should correct it.
func (c *machineClock) wrong() error {
	if off := c.telegram.Off(); off.Abs() >= wrongFrom {
		return errors.New(ClockState(off))
	}
	return nil
}

// watch logs when the difference between the clocks changes. Only one goroutine may call it.
func (c *machineClock) watch(context.Context) error {
	const news = 10 * time.Second
	off := c.telegram.Off()
	switch {
	case (off-c.told).Abs() < news && (off == 0) == (c.told == 0):
		return nil
	case off == 0:
		c.log.Info("the machine's clock is right again")
	default:
		c.log.Warn("the machine's clock is wrong; the bot goes by Telegram's", "machine_is_ahead_by", aboutAs(off))
	}
	c.told = off
	return nil
}
