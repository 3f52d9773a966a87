package app

import (
	"context"
	"log/slog"

	"github.com/jonboulle/clockwork"

	"github.com/ostrakon-bot/ostrakon/internal/outbox"
)

// insist calls try until it succeeds or ctx ends. It logs what is not done yet.
func insist(ctx context.Context, clock clockwork.Clock, log *slog.Logger, unless string, try func() error) {
	for n := 1; ctx.Err() == nil; n++ {
		err := try()
		if err == nil || ctx.Err() != nil {
			return
		}
		log.Warn("still to be done", "what", unless, "error", err)
		select {
		case <-ctx.Done():
		case <-clock.After(outbox.Backoff(n)):
		}
	}
}
