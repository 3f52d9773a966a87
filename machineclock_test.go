package main

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/ostrakon-bot/ostrakon/internal/config"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// wrongClock is a machine's clock that differs from Telegram's.
type wrongClock struct {
	clockwork.Clock
	fast time.Duration
}

func (c wrongClock) Now() time.Time                  { return c.Clock.Now().Add(c.fast) }
func (c wrongClock) Since(t time.Time) time.Duration { return c.Now().Sub(t) }
func (c wrongClock) Until(t time.Time) time.Duration { return t.Sub(c.Now()) }

// clocks are the lines about the machine's clock.
var clocks = []verb{
	{form: `the machine's clock is {time} slow`, run: setMachine(-1)},
	{form: `the machine's clock is {time} fast`, run: setMachine(1)},
	{form: `the machine's clock is right`, run: func(w *world, _ []string) error { return w.setMachine(0) }},
}

func setMachine(sign time.Duration) func(*world, []string) error {
	return func(w *world, a []string) error {
		d, err := moderation.ParseDuration(a[0])
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

// What `ostrakon check` says of the machine's clock.
func TestCheckComparesTheClocks(t *testing.T) {
	t.Parallel()
	telegram := clockwork.NewFakeClockAt(begin)
	sim := tgsim.New(tgsim.Options{Now: telegram.Now})
	server := sim.Serve()
	t.Cleanup(server.Close)
	cfg := config.Default()
	cfg.Telegram.Token, cfg.Telegram.APIURL = config.Secret(sim.AddBot("OstrakonBot", "Ostrakon").Token()), server.URL
	cfg.Storage.DSN = "sqlite:" + t.TempDir() + "/none.db"
	for fast, want := range map[time.Duration]string{
		0:                  "clock: fine\n",
		time.Second:        "clock: fine\n",
		-5 * time.Minute:   "clock: the machine's clock is 5m0s slow; set it, for example by NTP. The bot goes by Telegram's\n",
		3 * 24 * time.Hour: "clock: the machine's clock is 72h0m0s fast; set it",
	} {
		// Telegram tells whole seconds, so that one may be missing.
		got := checkedBy(t, cfg, wrongClock{telegram, fast})
		if !strings.Contains(got, want) {
			t.Errorf("%v: check says\n%s", fast, got)
		}
	}
}
