package app

import (
	"context"
	"errors"
	"time"
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

// wrongClock is an error if the machine's clock is so wrong that somebody should see to it.
func (a *App) wrongClock() error {
	if off := a.time.Off(); off.Abs() >= wrongFrom {
		return errors.New(ClockState(off))
	}
	return nil
}

// watchClock logs when the machine's clock becomes wrong, otherwise wrong, or right. It is called by one at a time.
func (a *App) watchClock(context.Context) error {
	const news = 10 * time.Second
	off := a.time.Off()
	switch {
	case (off-a.toldOff).Abs() < news && (off == 0) == (a.toldOff == 0):
		return nil
	case off == 0:
		a.log.Info("the machine's clock is right again")
	default:
		a.log.Warn("the machine's clock is wrong; the bot goes by Telegram's", "machine_is_ahead_by", aboutAs(off))
	}
	a.toldOff = off
	return nil
}
