package main

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// Of two bots with the same database the second refuses in words, and the first goes on; once that is gone there is room.
func TestSecondPollerIsRefused(t *testing.T) {
	t.Parallel()
	refusesSecond(t, newWorld(t, tgsim.Options{}))
}

// With SQLite that is so by webhook too.
func TestSecondWithSQLiteIsRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t, tgsim.Options{}, byWebhook(t))
	if w.app.shared() != nil {
		t.Skip("of SQLite alone")
	}
	refusesSecond(t, w)
}

func refusesSecond(t *testing.T, w *world) {
	t.Helper()
	second, err := Open(w.ctx, w.cfg, w.clock, slog.New(slog.NewTextHandler(w.log, nil)), patient)
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- second.Run(w.ctx) }()
	var said error
	for said == nil {
		select {
		case said = <-ended:
		case <-time.After(10 * time.Millisecond): // another goroutine has to come that far
			w.clock.Advance(time.Second)
		}
	}
	if !errors.Is(said, errPolled) {
		t.Errorf("the second ends with %v", said)
	}
	w.pass(time.Minute)
	w.down()
	w.up()
}

// Who was killed makes room: with SQLite at once, with PostgreSQL when nothing was heard of them for a while.
func TestPollerThatDied(t *testing.T) {
	t.Parallel()
	w := newWorld(t, tgsim.Options{})
	w.down()
	dead, err := Open(w.ctx, w.cfg, w.clock, slog.New(slog.NewTextHandler(w.log, nil)), patient)
	if err != nil {
		t.Fatal(err)
	}
	if _, mine, err := dead.store.Poller(w.ctx, "dead"); err != nil || !mine {
		t.Fatalf("nobody polls, but %t, %v", mine, err)
	}
	if err := dead.store.Close(); err != nil {
		t.Fatal(err)
	}
	w.clock.Advance(time.Hour)
	ctx, cancel := context.WithTimeout(w.ctx, patience)
	defer cancel()
	again, err := Open(ctx, w.cfg, clockwork.NewRealClock(), slog.New(slog.NewTextHandler(w.log, nil)), patient) // by which time passes
	if err != nil {
		t.Fatal(err)
	}
	defer again.store.Close()
	if err := again.becomePoller(ctx, "alive"); err != nil {
		t.Errorf("there is no room: %v", err)
	}
}
