package app

import (
	"testing"
	"time"

	"github.com/jonboulle/clockwork"
)

// Who was killed makes room: with SQLite at once, with PostgreSQL when nothing was heard of them for a while.
func TestPollerThatDied(t *testing.T) {
	t.Parallel()
	tg := newTelegram(t)
	dead := tg.open(tg.clock)
	if _, mine, err := dead.store.Poller(tg.ctx, "dead"); err != nil || !mine {
		t.Fatalf("nobody polls, but %t, %v", mine, err)
	}
	if err := dead.store.Close(); err != nil {
		t.Fatal(err)
	}
	tg.clock.Advance(time.Hour)
	again := tg.open(clockwork.NewRealClock()) // by which time passes
	defer again.store.Close()
	alive := &poller{store: again.store, clock: again.clock, log: again.log}
	if err := alive.become(tg.ctx, "alive"); err != nil {
		t.Errorf("there is no room: %v", err)
	}
}
