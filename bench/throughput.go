package main

import (
	"context"
	"fmt"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// throughput floods the bot with ordinary messages and looks at its memory before and after.
func throughput(ctx context.Context, binary, dir string, s sizes) error {
	w, p, err := begin(ctx, binary, dir, "throughput", s)
	if err != nil {
		return err
	}
	defer w.server.Close()
	idle, spent := p.resident(), p.seconds()
	began := time.Now()
	w.sim.Flood(w.bot, s.messages, tgsim.Chatter(w.groups, w.members, ordinary))
	if err := w.sim.WaitConfirmed(ctx); err != nil {
		return fmt.Errorf("wait for the bot: %w", err)
	}
	took, spent, after := time.Since(began), p.seconds()-spent, p.resident()
	stopped, err := p.stop()
	if err != nil {
		return err
	}
	fmt.Printf("ordinary messages: %d in %d groups in %.1f s: %.0f updates/s; the bot used %.0f µs of processor time each\n",
		s.messages, s.groups, took.Seconds(), float64(s.messages)/took.Seconds(), spent/float64(s.messages)*1e6)
	fmt.Printf("resident memory: %.0f MB idle in %d groups, %.0f MB after; stopped in %d ms\n", idle, s.groups, after, stopped.Milliseconds())
	return nil
}
