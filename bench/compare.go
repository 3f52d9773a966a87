package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// How much is done of what is compared. Reports that open a case go out at the 30 messages a second that
// Telegram allows, so many more of them would take long.
const (
	comparedMessages = 300_000
	comparedReports  = 600
	comparedGroups   = 300
)

// compare tells what processor time an ordinary message and a report cost the bot and the null bot.
func compare(ctx context.Context, binary, dir string, s sizes) error {
	null := filepath.Join(filepath.Dir(binary), "nullbot")
	s.groups = min(s.groups, comparedGroups)
	var costs [2]struct{ message, report, second float64 }
	for i, program := range []string{null, binary} {
		c, err := newCosts(ctx, program, filepath.Join(dir, "compare-"+filepath.Base(program)), s)
		if err != nil {
			return err
		}
		at := &costs[i]
		if at.message, err = c.spend(ctx, comparedMessages, tgsim.Chatter(c.w.groups, c.w.members, ordinary)); err != nil {
			return err
		}
		first, second := c.reports()
		if at.report, err = c.spend(ctx, comparedReports, first); err != nil {
			return err
		}
		if at.second, err = c.spend(ctx, comparedReports, second); err != nil {
			return err
		}
		at.report -= at.message // of the message that is reported
		if err := c.end(); err != nil {
			return err
		}
	}
	ours, nulls := costs[1], costs[0]
	fmt.Println("processor time, µs                  ostrakon  null bot  ratio")
	line := func(what string, a, b float64) { fmt.Printf("%-34s %9.0f %9.0f %6.1f\n", what, a, b, a/b) }
	line("ordinary message", ours.message, nulls.message)
	line("report that opens a case", ours.report, nulls.report)
	line("report of the same message", ours.second, nulls.second)
	return nil
}

// costs measures one program.
type costs struct {
	w *world
	p *process
}

func newCosts(ctx context.Context, program, dir string, s sizes) (*costs, error) {
	w, err := newWorld(s)
	if err != nil {
		return nil, err
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make a folder: %w", err)
	}
	p, err := start(ctx, program, dir, w.server.URL, w.bot.Token())
	if err != nil {
		return nil, err
	}
	c := &costs{w, p}
	if err := w.sim.WaitConfirmed(ctx); err != nil {
		return nil, fmt.Errorf("wait for the bot to have joined its groups: %w: %s", err, p.log.String())
	}
	return c, w.quiet(ctx)
}

// spend is the processor time that each of n rounds costs, in µs, with all that follows from it.
func (c *costs) spend(ctx context.Context, n int, round func(i int)) (float64, error) {
	before := c.p.seconds()
	c.w.sim.Flood(c.w.bot, n, round)
	if err := c.w.sim.WaitConfirmed(ctx); err != nil {
		return 0, fmt.Errorf("wait for the bot: %w: %s", err, c.p.log.String())
	}
	if err := c.w.quiet(ctx); err != nil {
		return 0, err
	}
	return (c.p.seconds() - before) / float64(n) * 1e6, nil
}

// reports are two floods: a message that somebody reports at once, and somebody else's report of the same.
func (c *costs) reports() (first, second func(i int)) {
	type reported struct {
		chat *tgsim.Chat
		m    *tgsim.Message
	}
	var all []reported
	first = func(i int) {
		g := c.w.groups[i%len(c.w.groups)]
		round := i / len(c.w.groups)
		m, err := c.w.members[(2*round)%len(c.w.members)].Send(g, ordinary)
		if err != nil {
			panic(err)
		}
		if _, err := c.w.members[(2*round+1)%len(c.w.members)].Command(g, "/report spam", tgsim.ReplyTo(m)); err != nil {
			panic(err)
		}
		all = append(all, reported{g, m})
	}
	second = func(i int) {
		r := all[i]
		if _, err := c.w.members[(2*(i/len(c.w.groups))+3)%len(c.w.members)].Command(r.chat, "/report spam", tgsim.ReplyTo(r.m)); err != nil {
			panic(err)
		}
	}
	return first, second
}

func (c *costs) end() error {
	_, err := c.p.stop()
	c.w.server.Close()
	return err
}
