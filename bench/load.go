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
	loadFlood  = 200_000 // things done as fast as they can be, to see how many that is
	loadTime   = 40 * time.Second
	loadTick   = 5 * time.Millisecond

	// What a report costs is measured where every other thing is one, and so slowly that Telegram's 30 messages a second suffice
	// for their cards; and messages at the same pace, to be subtracted.
	costPace   = 500
	reportPace = 50
	costTime   = 30 * time.Second
)

var manyReports = mix{reports: 500}

// load measures realistic traffic at half of what the bot can do, and what a message and a report cost beside the null bot,
// which gets the same at the same pace.
func load(ctx context.Context, binary, dir string, s sizes) error {
	server, err := pgtest.New(true)
	if err != nil {
		return err
	}
	defer server.Close()
	null := filepath.Join(filepath.Dir(binary), "nullbot")
	var spent []spending
	half := 0.0
	for _, of := range []struct{ name, program, dsn string }{
		{"SQLite", binary, ""}, {"null bot", null, "none"}, {"PostgreSQL", binary, server.DSN("postgres")},
	} {
		z := spending{name: of.name, half: half}
		if of.program == binary {
			z.half = 0 // of what it can do itself
		}
		if err := z.measure(ctx, of.program, filepath.Join(dir, "load-"+of.name), of.dsn, s); err != nil {
			return err
		}
		if half == 0 {
			half = z.half
		}
		spent = append(spent, z)
	}
	ours, nulls, shared := spent[0], spent[1], spent[2]
	fmt.Println("processor time, µs                 null bot    SQLite  ratio  PostgreSQL  ratio (without the server's)")
	line := func(what string, of func(spending) float64) {
		fmt.Printf("%-34s %8.0f  %8.0f  %5.1f    %8.0f  %5.1f\n", what, of(nulls), of(ours), of(ours)/of(nulls), of(shared), of(shared)/of(nulls))
	}
	line("ordinary message, flood", func(z spending) float64 { return z.flood })
	line("ordinary message, 500/s", func(z spending) float64 { return z.message })
	line("report, 25/s", func(z spending) float64 { return z.report })
	line("any update, half the load", func(z spending) float64 { return z.update })
	return nil
}

// spending is what processor time one program spends, in µs: on an ordinary message in a flood and at a pace, on a report,
// and on anything at half (updates a second) of what can be done.
type spending struct {
	name                                 string
	flood, message, report, update, half float64
}

// measure fills in what is measured, over SQLite if dsn is empty. If half is 0 it is found out.
func (z *spending) measure(ctx context.Context, program, dir, dsn string, s sizes) error {
	c, err := newCosts(ctx, program, dir, dsn, sizes{groups: min(s.groups, loadGroups), members: s.members})
	if err != nil {
		return err
	}
	t := newTraffic(c.w, 1)
	t.mix = mix{}
	if z.flood, _, err = c.flood(ctx, t, loadFlood); err != nil {
		return err
	}
	t.mix = realistic
	_, most, err := c.flood(ctx, t, loadFlood)
	if err != nil {
		return err
	}
	if z.half == 0 {
		z.half = most / 2
	}
	c.w.watch.reset()
	spent, done, err := c.pace(ctx, t, z.half, loadTime)
	if err != nil {
		return err
	}
	z.update = spent / float64(done.all())
	if took := c.w.watch.reset(); len(took) > 0 {
		fmt.Printf("%s: %.0f updates/s at most. At %.0f/s answered within p50 %.1f ms, p90 %.1f ms, p99 %.1f ms, at most %.1f ms: %d answers to %d reports and %d taps\n",
			z.name, most, z.half, at(took, 0.5), at(took, 0.9), at(took, 0.99), at(took, 1), len(took), done.reports, done.presses)
	}
	t.mix, t.even = mix{}, true // with 20 messages a minute in a group, few cards would be shown in the busiest
	if spent, done, err = c.pace(ctx, t, costPace, costTime); err != nil {
		return err
	}
	z.message = spent / float64(done.messages)
	if spent, done, err = c.pace(ctx, t, reportPace, costTime); err != nil {
		return err
	}
	between := spent / float64(done.messages)
	t.mix = manyReports
	if spent, done, err = c.pace(ctx, t, reportPace, costTime); err != nil {
		return err
	}
	z.report = (spent - float64(done.messages)*between) / float64(done.reports)
	return c.end()
}

// flood does many things as fast as can be, and says what each cost in µs and how many were done in a second.
func (c *costs) flood(ctx context.Context, t *traffic, n int) (each, rate float64, err error) {
	before, began := c.p.seconds(), time.Now()
	c.w.sim.Flood(c.w.bot, n, t.round)
	if err := c.w.sim.WaitConfirmed(ctx); err != nil {
		return 0, 0, fmt.Errorf("wait for the bot: %w: %s", err, c.p.log.String())
	}
	rate = float64(n) / time.Since(began).Seconds()
	if err := c.w.quiet(ctx); err != nil {
		return 0, 0, err
	}
	return (c.p.seconds() - before) / float64(n) * 1e6, rate, nil
}

// pace does so many things a second for a while, and says what processor time was spent on them in µs, with all that followed.
func (c *costs) pace(ctx context.Context, t *traffic, each float64, lasts time.Duration) (spent float64, done counts, err error) {
	t.done = counts{}
	before, began := c.p.seconds(), time.Now()
	tick := time.NewTicker(loadTick)
	defer tick.Stop()
	for n := 0; time.Since(began) < lasts; {
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
