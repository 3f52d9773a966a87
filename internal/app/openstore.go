package app

import (
	"context"
	"log/slog"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/ostrakon-bot/ostrakon/storage"
	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

// storeTries is how often, once a second, a database is tried that is being restarted at the same moment as the bot.
const storeTries = 30

// openStore opens the database. Any other error than that the database is being restarted is final: somebody has to mend it.
func openStore(ctx context.Context, clock clockwork.Clock, log *slog.Logger, o storage.Options) (*storage.Store, error) {
	for n := 1; ; n++ {
		store, err := storage.Open(ctx, o)
		if err == nil || n == storeTries || !sqldb.Restarting(err) {
			return store, err
		}
		log.Warn("the database is being restarted, trying again", "error", err)
		select {
		case <-clock.After(time.Second):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}
