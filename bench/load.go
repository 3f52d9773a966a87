package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/pgtest"
)

// How the load is measured.
const (
	loadGroups = 1000
	loadFlood  = 100_000          // things done as fast as they can be, to see how many that is
	loadTime   = 40 * time.Second // of each kind of traffic
	loadTick   = 5 * time.Millisecond
)

// load measures realistic traffic at half of what the bot can do: what a message, a report and a tap cost beside the null
// bot, and how long answers take.
func load(ctx context.Context, binary, dir string, s sizes) error {
	null := filepath.Join(filepath.Dir(binary), "nullbot")
	pace, ours, err := loadOn(ctx, binary, filepath.Join(dir, "load-sqlite"), "", s, 0)
	if err != nil {
		return err
	}
	_, nulls, err := loadOn(ctx, null, filepath.Join(dir, "load-null"), "none", s, pace)
	if err != nil {
		return err
	}
	server, err := pgtest.New(true)
	if err != nil {
		return err
	}
	defer server.Close()
	_, shared, err := loadOn(ctx, binary, filepath.Join(dir, "load-postgres"), server.DSN("postgres"), s, 0)
	if err != nil {
		return err
	}
	fmt.Println("processor time, µs       null bot    SQLite  ratio   PostgreSQL  ratio (without the server's)")
	for i, what := range []string{"ordinary message", "report", "tap on a card"} {
		fmt.Printf("%-24s %8.0f  %8.0f  %5.1f     %8.0f  %5.1f\n", what, nulls[i], ours[i], ours[i]/nulls[i], shared[i], shared[i]/nulls[i])
	}
	return nil
}

// loadOn measures one program over one database: SQLite if dsn is empty. A pace of 0 is half of what it can do.
func loadOn(ctx context.Context, program, dir, dsn string, s sizes, pace float64) (float64, [3]float64, error) {
	var costs [3]float64
	c, err := newCosts(ctx, program, dir, dsn, sizes{groups: min(s.groups, loadGroups), members: s.members})
	if err != nil {
		return 0, costs, err
	}
	t := newTraffic(c.w, 1)
	if pace == 0 {
		began := time.Now()
		c.w.sim.Flood(c.w.bot, loadFlood, t.round)
		if err := c.w.sim.WaitConfirmed(ctx); err != nil {
			return 0, costs, fmt.Errorf("wait for the bot: %w: %s", err, c.p.log.String())
		}
		pace = loadFlood / time.Since(began).Seconds() / 2
		if err := c.w.quiet(ctx); err != nil {
			return 0, costs, err
		}
		fmt.Printf("%s: %.0f updates/s at most, measured at %.0f/s\n", filepath.Base(dir), 2*pace, pace)
	}
	// Reports and taps are told apart by adding one after the other.
	var known counts
	for i, m := range []mix{{}, {reports: realistic.reports}, realistic} {
		t.mix = m
		c.w.watch.reset()
		spent, done, err := c.pace(ctx, t, pace)
		if err != nil {
			return 0, costs, err
		}
		known = done
		spent -= float64(done.messages) * costs[0]
		switch i {
		case 0:
			costs[0] = spent / float64(done.messages)
		case 1:
			costs[1] = spent / float64(done.reports)
		case 2:
			costs[2] = (spent - float64(done.reports)*costs[1]) / float64(done.presses)
		}
	}
	if took := c.w.watch.reset(); len(took) > 0 {
		fmt.Printf("%s: answered within p50 %.1f ms, p90 %.1f ms, p99 %.1f ms, at most %.1f ms: %d answers to %d reports and %d taps\n", filepath.Base(dir),
			at(took, 0.5), at(took, 0.9), at(took, 0.99), at(took, 1), len(took), known.reports, known.presses)
	}
	return pace, costs, c.end()
}

// pace does so many things a second for a while, and says what processor time was spent on them in µs, with all that followed.
func (c *costs) pace(ctx context.Context, t *traffic, each float64) (spent float64, done counts, err error) {
	t.done = counts{}
	before, began := c.p.seconds(), time.Now()
	tick := time.NewTicker(loadTick)
	defer tick.Stop()
	for n := 0; time.Since(began) < loadTime; {
		select {
		case <-tick.C:
			for ; float64(n) < time.Since(began).Seconds()*each; n++ {
				t.round(n)
			}
		case <-ctx.Done():
			return 0, counts{}, ctx.Err()
		}
	}
	if err := c.w.sim.WaitConfirmed(ctx); err != nil {
		return 0, counts{}, fmt.Errorf("wait for the bot: %w: %s", err, c.p.log.String())
	}
	if err := c.w.quiet(ctx); err != nil {
		return 0, counts{}, err
	}
	return (c.p.seconds() - before) * 1e6, t.done, nil
}

// newCosts starts a program in a world that it has long known.
func newCosts(ctx context.Context, program, dir, dsn string, s sizes) (*costs, error) {
	w, err := newWorld(s)
	if err != nil {
		return nil, err
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make a folder: %w", err)
	}
	if dsn == "" {
		dsn = "sqlite:" + filepath.Join(dir, "ostrakon.db")
	}
	if filepath.Base(program) == "nullbot" {
		err = w.forget(ctx)
	} else {
		err = w.known(ctx, dsn, filepath.Join(dir, "ostrakon.key"))
	}
	if err != nil {
		return nil, err
	}
	p, err := start(ctx, program, dir, w.server.URL, w.bot.Token(), "OSTRAKON_STORAGE_DSN="+dsn)
	if err != nil {
		return nil, err
	}
	c := &costs{w, p}
	select {
	case <-w.polled:
		return c, nil
	case <-time.After(answerTime):
		return nil, fmt.Errorf("the bot did not ask for updates: %s", p.log.String())
	}
}

// costs measures one program.
type costs struct {
	w *world
	p *process
}

func (c *costs) end() error {
	_, err := c.p.stop()
	c.w.server.Close()
	return err
}
