package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// scaleRounds is how many things people do, in whatever is measured.
const scaleRounds = 300_000

// What is measured: ever more groups without a past, and ever more past ballots in pastGroups.
var (
	scaleGroups  = []int{10, 100, 1000, 10_000, 100_000}
	scaleBallots = []int{0, 10_000, 100_000, 1_000_000, 10_000_000}
)

const pastGroups = 1000

// size is what a bot was measured with, and what was measured: how long it took to its first getUpdates, its memory before
// and after in MB, what an update cost in µs of its processor time, and how many it did in a second.
type size struct {
	groups, ballots           int
	started                   time.Duration
	idle, after, cost, update float64
}

// scale tells what an update costs, how much memory is in use and how long a start takes, in ever more groups.
func scale(ctx context.Context, binary, dir string, s sizes) error {
	var all []size
	for _, n := range scaleGroups {
		all = append(all, size{groups: n})
	}
	if err := measureAll(ctx, binary, filepath.Join(dir, "scale"), all, s.members); err != nil {
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
	if err := measureAll(ctx, binary, filepath.Join(dir, "past"), all, s.members); err != nil {
		return err
	}
	return draw(s.plots, "ballots.png", "An update with an ever longer past", "past ballots (none: 1)", all,
		func(z size) float64 { return float64(max(1, z.ballots)) })
}

func measureAll(ctx context.Context, binary, dir string, all []size, members int) error {
	fmt.Println("groups    ballots     start    idle   after   per update   updates/s")
	for i := range all {
		if err := all[i].measure(ctx, binary, fmt.Sprintf("%s-%d", dir, i), members); err != nil {
			return err
		}
	}
	return nil
}

// measure fills in what is measured, and prints it.
func (z *size) measure(ctx context.Context, binary, dir string, members int) error {
	w, err := newWorld(sizes{groups: z.groups, members: min(members, max(4, 100_000/z.groups))})
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
	t := newTraffic(w, 1)
	w.sim.Flood(w.bot, 2*z.groups, t.round) // what is known of groups is known then
	if err := w.sim.WaitConfirmed(ctx); err != nil {
		return fmt.Errorf("wait for the bot: %w: %s", err, p.log.String())
	}
	spent, began := p.seconds(), time.Now()
	z.idle = p.resident()
	w.sim.Flood(w.bot, scaleRounds, t.round)
	if err := w.sim.WaitConfirmed(ctx); err != nil {
		return fmt.Errorf("wait for the bot: %w: %s", err, p.log.String())
	}
	z.update = scaleRounds / time.Since(began).Seconds()
	z.after, z.cost = p.resident(), (p.seconds()-spent)/scaleRounds*1e6
	fmt.Printf("%6d %10d %6d ms %4.0f MB %4.0f MB %9.1f µs %11.0f\n", z.groups, z.ballots, z.started.Milliseconds(), z.idle, z.after, z.cost, z.update)
	_, err = p.stop()
	return err
}
