package e2e

import (
	"errors"
	"log/slog"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/app"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
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
	if sqldb.IsPostgres(w.cfg.Storage.DSN) {
		t.Skip("of SQLite alone")
	}
	refusesSecond(t, w)
}

func refusesSecond(t *testing.T, w *world) {
	t.Helper()
	second, err := app.Open(w.ctx, w.cfg, w.clock, slog.New(slog.NewTextHandler(w.log, nil)), patient)
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
	if !errors.Is(said, app.ErrPolled) {
		t.Errorf("the second ends with %v", said)
	}
	w.pass(time.Minute)
	w.down()
	w.up()
}
