package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

const (
	background = 1000 // ordinary messages per second meanwhile
	reportGap  = 125 * time.Millisecond
	answerTime = 15 * time.Second

	// In a thousand groups at once the bot would still be introducing itself. That takes a while at
	// the 30 messages a second that Telegram allows, and is not what is to be measured.
	quietGroups = 100
)

// latency times the answer to ephemeral reports, from the update's being handed out to the arrival of
// the answer at Telegram, while ordinary messages come in.
func latency(ctx context.Context, binary, dir string, s sizes) error {
	s.groups = min(s.groups, quietGroups)
	w, p, err := begin(ctx, binary, dir, "latency", s)
	if err != nil {
		return err
	}
	defer w.server.Close()
	if err := w.sim.Wait(ctx, func() bool { return len(w.members[0].Menu(w.groups[0], w.bot)) > 0 }); err != nil {
		return fmt.Errorf("wait for the bot to have declared its commands: %w", err)
	}
	if err := w.sim.Wait(ctx, w.introduced); err != nil {
		return fmt.Errorf("wait for the bot to have introduced itself: %w", err)
	}
	chat, stop := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() { w.chatter(chat); close(done) }()
	times, err := w.report(ctx, s)
	stop()
	<-done
	if err != nil {
		return err
	}
	if _, err := p.stop(); err != nil {
		return err
	}
	slices.Sort(times)
	fmt.Printf("ephemeral /report under %d messages/s: p50 %.1f ms, p90 %.1f ms, p99 %.1f ms, of %d\n",
		background, at(times, 0.5), at(times, 0.9), at(times, 0.99), len(times))
	return nil
}

// introduced reports whether the bot has said hello in every group.
func (w *world) introduced() bool {
	for _, g := range w.groups {
		if w.members[0].Find(g, "/report") == nil {
			return false
		}
	}
	return true
}

// chatter writes ordinary messages at a steady pace.
func (w *world) chatter(ctx context.Context) {
	write := tgsim.Chatter(w.groups, w.members, ordinary)
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for i := 0; ; {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			for range background / 100 {
				write(i)
				i++
			}
		}
	}
}

// report has a different member of a different group report a message each time.
func (w *world) report(ctx context.Context, s sizes) ([]time.Duration, error) {
	var times []time.Duration
	for i := range s.reports {
		g := w.groups[i%len(w.groups)]
		m, err := w.members[i%len(w.members)].Send(g, "Buy now!")
		if err != nil {
			return nil, fmt.Errorf("write what is reported: %w", err)
		}
		if _, err := w.members[(i+1)%len(w.members)].Command(g, "/report spam", tgsim.ReplyTo(m)); err != nil {
			return nil, fmt.Errorf("report: %w", err)
		}
		select {
		case took := <-w.watch.each:
			times = append(times, took)
		case <-time.After(answerTime):
			return nil, errors.New("a report was not answered")
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		time.Sleep(reportGap)
	}
	return times, nil
}
