package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/pgtest"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// flags declares them.
func (o *slowOptions) flags() {
	flag.StringVar(&o.row, "row", "", "slow: one row, of mute, ban, sweep, report, raid, taps, groups, flood, mydata")
	flag.StringVar(&o.callTimes, "calltime", "", `slow: how long each call takes, such as "50ms", "0,20ms,50ms" for one after the other, or "20ms-400ms" for any time between (50ms; with -plots 0, 20, 50, 100 and 150 ms)`)
	flag.StringVar(&o.database, "database", "sqlite", "slow: sqlite, or postgres on the same machine")
	flag.IntVar(&o.times, "times", 40, "slow: cases and reports that a row times")
	flag.IntVar(&o.repeats, "repeats", 1, "slow: how often each row is measured, each time by a new bot in a new world; the middle counts")
}

// slow measures the bot where each call takes its time, as Telegram's do. It prints the time of each row beside what is
// wanted, and beside the null bot where that does anything:
//
//	go run ./bench -only slow                             all rows, 50 ms for each call
//	go run ./bench -only slow -row flood -calltime 0,50ms
//	go run ./bench -only slow -plots docs/performance     all rows, by call time
//
// Times are taken at Telegram. They begin when the update is first handed out, or, where it waits because of others, when
// people acted. They end when the call is done: a call that takes 50 ms is done 50 ms after the bot made it. Telegram's
// limits hold: 30 messages a second, and 20 a minute in a group.
func slow(ctx context.Context, binary, dir string, s sizes) error {
	calls, err := s.slow.calls(s.plots != "")
	if err != nil {
		return err
	}
	var server *pgtest.Cluster
	switch s.slow.database {
	case "postgres":
		if server, err = pgtest.New(true); err != nil {
			return err
		}
		defer server.Close()
	case "sqlite":
	default:
		return errors.New("-database is sqlite or postgres")
	}
	var all []measured
	for _, c := range calls {
		fmt.Printf("\neach call takes %s, %s, %d times, repeated %d times, load %s; ms\n", callText(c), s.slow.database, s.slow.times, s.slow.repeats, load1())
		fmt.Printf("%-62s %9s %9s %9s %20s\n", "", "measured", "wanted", "null bot", "least to most")
		ran := false
		for _, row := range slowRows {
			if s.slow.row != "" && s.slow.row != row.name {
				continue
			}
			ran = true
			if row.name == "mydata" && s.slow.groupsGiven {
				row.groups = max(s.groups, row.active)
			}
			m, err := measureRow(ctx, slowSetting{binary: binary, dir: dir, calls: c, server: server, times: s.slow.times}, row, s.slow.repeats)
			if err != nil {
				return fmt.Errorf("%s: %w", row.name, err)
			}
			all = append(all, m...)
		}
		if !ran {
			return errors.New("there is no such row")
		}
	}
	return drawSlow(s.plots, all)
}

// calls reads how long calls take.
func (o *slowOptions) calls(plots bool) ([]tgsim.CallTime, error) {
	text := o.callTimes
	switch {
	case text == "" && plots:
		text = "0,20ms,50ms,100ms,150ms"
	case text == "":
		text = "50ms"
	}
	var all []tgsim.CallTime
	for part := range strings.SplitSeq(text, ",") {
		least, most, between := strings.Cut(part, "-")
		if !between {
			most = least
		}
		from, err := time.ParseDuration(least)
		if err != nil {
			return nil, err
		}
		to, err := time.ParseDuration(most)
		if err != nil {
			return nil, err
		}
		all = append(all, tgsim.CallTime{Least: from, Most: to, Seed: 1})
	}
	return all, nil
}

func callText(c tgsim.CallTime) string {
	if c.Least == c.Most {
		return c.Least.String()
	}
	return c.Least.String() + " to " + c.Most.String()
}

// measured is a figure over all repeats, in ms.
type measured struct {
	figure

	call               time.Duration
	value, least, most float64
	null               string // empty if it does nothing there
}

// measureRow measures a row by the bot and, if that says something, by the null bot, in turn, and prints the figures.
func measureRow(ctx context.Context, in slowSetting, row slowRow, repeats int) ([]measured, error) {
	var figures []figure
	took, nulls := map[string][]float64{}, map[string][]float64{}
	note := func(into map[string][]float64, all []figure) {
		for _, f := range all {
			into[f.name] = append(into[f.name], inMS(f.took))
		}
	}
	for range repeats {
		ours, err := in.run(ctx, row, false)
		if err != nil {
			return nil, err
		}
		figures = ours
		note(took, ours)
		if row.null {
			theirs, err := in.run(ctx, row, true)
			if err != nil {
				return nil, fmt.Errorf("the null bot: %w", err)
			}
			note(nulls, theirs)
		}
	}
	var all []measured
	for _, f := range figures {
		values := took[f.name]
		m := measured{figure: f, call: (in.calls.Least + in.calls.Most) / 2, value: middle(values), least: slices.Min(values), most: slices.Max(values)}
		if values := nulls[f.name]; len(values) > 0 {
			m.null = fmt.Sprintf("%.1f", middle(values))
		}
		m.print()
		all = append(all, m)
	}
	return all, nil
}

func (m measured) print() {
	wanted := ""
	if m.wanted > 0 {
		wanted = fmt.Sprintf("%.0f", inMS(m.wanted))
	}
	fmt.Printf("%-62s %9.1f %9s %9s %20s\n", m.name, m.value, wanted, m.null, fmt.Sprintf("%.1f to %.1f", m.least, m.most))
}

func inMS(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// drawSlow draws what was measured by call time.
func drawSlow(folder string, all []measured) error {
	if folder == "" {
		return nil
	}
	for _, picture := range []struct{ name, title string }{
		{pictureOne, "One case, by how long each call takes"}, {pictureMany, "Many at once, by how long each call takes"},
	} {
		var lines []line
		for _, m := range all {
			if m.picture != picture.name {
				continue
			}
			i := slices.IndexFunc(lines, func(l line) bool { return l.name == m.name })
			if i < 0 {
				i, lines = len(lines), append(lines, line{name: m.name})
			}
			lines[i].points = append(lines[i].points, [2]float64{float64(m.call.Milliseconds()), m.value})
		}
		if len(lines) == 0 {
			continue
		}
		if err := drawLines(filepath.Join(folder, picture.name+".png"), picture.title, "ms that each call takes", "ms", lines); err != nil {
			return err
		}
	}
	return nil
}
