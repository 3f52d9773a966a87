package app

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot"
)

// A machine whose clock is wrong would mute for ever, or for no time at all: Telegram is told when a penalty ends, and goes by
// its own clock. So the whole bot goes by Telegram's, see [bot.Clock], and the operator is told what is wrong with the machine's.

// wrongFrom is from how much on a wrong clock keeps the bot from calling itself ready.
const wrongFrom = 30 * time.Second

// ClockState says how wrong the machine's clock is, in words, or nothing.
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

// aboutAs is a span as exactly as it is known: Telegram tells whole seconds.
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

// wrong is an error if the machine's clock is so wrong that somebody should see to it.
func (c *machineClock) wrong() error {
	if off := c.telegram.Off(); off.Abs() >= wrongFrom {
		return errors.New(ClockState(off))
	}
	return nil
}

// watch logs when the machine's clock becomes wrong, otherwise wrong, or right. It is called by one at a time.
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
