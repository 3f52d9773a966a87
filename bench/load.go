package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/pgtest"
)

// How the load is measured.
const (
	loadGroups = 1000
	loadRounds = 5
	loadFlood  = 30_000 // things done as fast as they can be, each round
	loadTime   = 40 * time.Second
	loadTick   = 5 * time.Millisecond

	// What a report costs is measured where every other thing is one, and so slowly that Telegram's 30 messages a second suffice
	// for the cards. Messages are measured at the same pace, to be subtracted.
	costPace   = 500
	reportPace = 50
	costTime   = 10 * time.Second
)

var manyReports = mix{reports: 500}

// load measures realistic traffic at half of what the bot can do, and what a message and a report cost beside the null bot.
// They take turns, and the middle of five rounds counts, since a machine that is shared is not always as fast.
func load(ctx context.Context, binary, dir string, s sizes) error {
	server, err := pgtest.New(true)
	if err != nil {
		return err
	}
	defer server.Close()
	all := []*spending{{name: "SQLite"}, {name: "null bot"}, {name: "PostgreSQL"}}
	programs := []string{binary, filepath.Join(filepath.Dir(binary), "nullbot"), binary}
	for i, dsn := range []string{"", "none", server.DSN("postgres")} {
		z := all[i]
		if z.costs, err = newCosts(ctx, programs[i], filepath.Join(dir, "load-"+z.name), dsn, sizes{groups: min(s.groups, loadGroups), members: s.members}); err != nil {
			return err
		}
		z.traffic = newTraffic(z.costs.w, 1)
	}
	for _, measure := range []func(*spending, context.Context) error{(*spending).floods, (*spending).costsAtPace} {
		for range loadRounds {
			for _, z := range all {
				if err := measure(z, ctx); err != nil {
					return err
				}
			}
		}
	}
	ours, nulls, shared := all[0], all[1], all[2]
	for _, z := range all {
		half := middle(z.most) / 2
		if z == nulls {
			half = middle(ours.most) / 2
		}
		if err := z.atHalf(ctx, half); err != nil {
			return err
		}
	}
	fmt.Println("processor time, µs                 null bot    SQLite  ratio  PostgreSQL  ratio (without the server's)")
	line := func(what string, of func(*spending) []float64) {
		n, o, p := middle(of(nulls)), middle(of(ours)), middle(of(shared))
		fmt.Printf("%-34s %8.0f  %8.0f  %5.1f    %8.0f  %5.1f\n", what, n, o, o/n, p, p/n)
	}
	line("ordinary message, flood", func(z *spending) []float64 { return z.flood })
	line("ordinary message, 500/s", func(z *spending) []float64 { return z.message })
	line("report, 25/s", func(z *spending) []float64 { return z.report })
	line("any update, half the load", func(z *spending) []float64 { return z.update })
	for _, z := range all {
		if err := z.costs.end(); err != nil {
			return err
		}
	}
	return nil
}

// spending is what processor time one program spends, in µs, in each round. It spends it on an ordinary message in a flood
// and at a pace, on a report, and on anything at half of what can be done. Most is how much can be done, in updates a
// second.
type spending struct {
	name    string
	costs   *costs
	traffic *traffic

	flood, message, report, update, most []float64
}

func middle(of []float64) float64 { return slices.Sorted(slices.Values(of))[len(of)/2] }

// floods does a round of as much as can be done.
func (z *spending) floods(ctx context.Context) error {
	z.traffic.mix = mix{}
	each, _, err := z.costs.flood(ctx, z.traffic, loadFlood)
	if err != nil {
		return err
	}
	z.traffic.mix = realistic
	_, most, err := z.costs.flood(ctx, z.traffic, loadFlood)
	z.flood, z.most = append(z.flood, each), append(z.most, most)
	return err
}

// costsAtPace does a round of messages, and of reports.
func (z *spending) costsAtPace(ctx context.Context) error {
	t := z.traffic
	t.even = true // with 20 messages a minute in a group, few cards would be shown in the busiest
	defer func() { t.even = false }()
	t.mix = mix{}
	spent, done, err := z.costs.pace(ctx, t, costPace, costTime)
	if err != nil {
		return err
	}
	z.message = append(z.message, spent/float64(done.messages))
	if spent, done, err = z.costs.pace(ctx, t, reportPace, costTime); err != nil {
		return err
	}
	between := spent / float64(done.messages)
	t.mix = manyReports
	if spent, done, err = z.costs.pace(ctx, t, reportPace, costTime); err != nil {
		return err
	}
	z.report = append(z.report, (spent-float64(done.messages)*between)/float64(done.reports))
	return nil
}

// atHalf does so much a second for a while, and says how long answers took.
func (z *spending) atHalf(ctx context.Context, half float64) error {
	z.traffic.mix = realistic
	watch := z.costs.w.watch
	watch.reset()
	spent, done, err := z.costs.pace(ctx, z.traffic, half, loadTime)
	if err != nil {
		return err
	}
	z.update = append(z.update, spent/float64(done.all()))
	if took := watch.reset(); len(took) > 0 {
		fmt.Printf("%s: %.0f updates/s at most (rounds: %.0f). At %.0f/s answered within p50 %.1f ms, p90 %.1f ms, p99 %.1f ms, at most %.1f ms: %d answers to %d reports and %d taps\n",
			z.name, middle(z.most), z.most, half, at(took, 0.5), at(took, 0.9), at(took, 0.99), at(took, 1), len(took), done.reports, done.presses)
	}
	return nil
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
