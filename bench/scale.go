package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// How a size is measured: first so many ordinary messages as fast as can be, then what people do. The latter comes so slowly
// that Telegram's 20 messages a minute in a group suffice for the cards even of ten groups. So as much has to be done in all
// sizes.
const (
	scaleFlood = 400_000
	scalePace  = 500
	scaleTime  = 30 * time.Second
)

// scaleMembers is how many members all groups have together: how many groups there are is to make the difference, not
// how many people.
const scaleMembers = 400_000

// What is measured: ever more groups without a past, and ever more past ballots in pastGroups.
var (
	scaleGroups  = []int{10, 100, 1000, 10_000, 100_000}
	scaleBallots = []int{0, 10_000, 100_000, 1_000_000, 10_000_000}
)

const pastGroups = 1000

// size is what a bot was measured with, and what was measured: how long it took to its first getUpdates, and its memory
// before and after in MB. An ordinary message cost so many µs of its processor time, and it took in so many in a second.
// The last is what anything costs at a pace.
type size struct {
	groups, ballots                      int
	started                              time.Duration
	idle, after, message, rate, anything float64
}

// scale tells what an update costs, how much memory is in use and how long a start takes, in ever more groups.
func scale(ctx context.Context, binary, dir string, s sizes) error {
	var all []size
	for _, n := range scaleGroups {
		all = append(all, size{groups: n})
	}
	if err := measureAll(ctx, binary, filepath.Join(dir, "scale"), all); err != nil {
		return err
	}
	return draw(s.plots, "groups.png", "An update in ever more groups", "groups", all, func(z size) float64 { return float64(z.groups) })
}

// past tells the same of an ever longer past.
func past(ctx context.Context, binary, dir string, s sizes) error {
	var all []size
	for _, n := range scaleBallots {
		all = append(all, size{groups: pastGroups, ballots: n})
	}
	if err := measureAll(ctx, binary, filepath.Join(dir, "past"), all); err != nil {
		return err
	}
	return draw(s.plots, "ballots.png", "An update with an ever longer past", "past ballots (none: 1)", all,
		func(z size) float64 { return float64(max(1, z.ballots)) })
}

func measureAll(ctx context.Context, binary, dir string, all []size) error {
	fmt.Println("groups    ballots     start    idle   after  a message  messages/s   anything, 500/s")
	for i := range all {
		if err := all[i].measure(ctx, binary, fmt.Sprintf("%s-%d", dir, i)); err != nil {
			return err
		}
	}
	return nil
}

// measure fills in what is measured, and prints it.
func (z *size) measure(ctx context.Context, binary, dir string) error {
	w, err := newWorld(sizes{groups: z.groups, members: scaleMembers / z.groups})
	if err != nil {
		return err
	}
	defer w.server.Close()
	if err := os.Mkdir(dir, 0o700); err != nil {
		return fmt.Errorf("make a folder: %w", err)
	}
	defer os.RemoveAll(dir) // ten million ballots leave gigabytes
	if err := w.known(ctx, "sqlite:"+filepath.Join(dir, "ostrakon.db"), filepath.Join(dir, "ostrakon.key")); err != nil {
		return err
	}
	if err := fillPast(ctx, dir, z.ballots); err != nil {
		return err
	}
	began := time.Now()
	p, err := start(ctx, binary, dir, w.server.URL, w.bot.Token())
	if err != nil {
		return err
	}
	select {
	case <-w.polled:
	case <-time.After(answerTime):
		return fmt.Errorf("the bot did not ask for updates: %s", p.log.String())
	}
	z.started = time.Since(began)
	c, t := &costs{w, p}, newTraffic(w, 1)
	t.mix = mix{}
	w.sim.Flood(w.bot, 2*z.groups, t.round) // what is known of groups is known then
	if err := w.sim.WaitConfirmed(ctx); err != nil {
		return fmt.Errorf("wait for the bot: %w: %s", err, p.log.String())
	}
	z.idle = p.resident()
	if z.message, z.rate, err = c.flood(ctx, t, scaleFlood); err != nil {
		return err
	}
	z.after = p.resident()
	t.mix = realistic
	spent, done, err := c.pace(ctx, t, scalePace, scaleTime)
	if err != nil {
		return err
	}
	z.anything = spent / float64(done.all())
	fmt.Printf("%6d %10d %6d ms %4.0f MB %4.0f MB %7.1f µs %11.0f %14.0f µs\n", z.groups, z.ballots, z.started.Milliseconds(), z.idle, z.after, z.message, z.rate, z.anything)
	_, err = p.stop()
	return err
}
