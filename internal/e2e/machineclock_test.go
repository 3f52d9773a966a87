package e2e

import (
	"errors"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// wrongClock is a machine's clock that differs from Telegram's.
type wrongClock struct {
	clockwork.Clock
	fast time.Duration
}

func (c wrongClock) Now() time.Time                  { return c.Clock.Now().Add(c.fast) }
func (c wrongClock) Since(t time.Time) time.Duration { return c.Now().Sub(t) }
func (c wrongClock) Until(t time.Time) time.Duration { return t.Sub(c.Now()) }

// clockLines are the lines about the machine's clock.
var clockLines = []verb{
	{form: `the machine's clock is {time} slow`, run: setMachine(-1)},
	{form: `the machine's clock is {time} fast`, run: setMachine(1)},
	{form: `the machine's clock is right`, run: func(w *world, _ []string) error { return w.setMachine(0) }},
}

func setMachine(sign time.Duration) func(*world, []string) error {
	return func(w *world, a []string) error {
		d, err := ladder.ParseDuration(a[0])
		return errors.Join(err, w.setMachine(sign*d))
	}
}

// setMachine moves the bot to a machine with another clock.
func (w *world) setMachine(fast time.Duration) error {
	w.down()
	w.machine = wrongClock{w.clock, fast}
	w.up()
	return nil
}
