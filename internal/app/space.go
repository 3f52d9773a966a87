package app

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage"
)

// spaceWatch tells the operator when no files of evidence are kept any more, and when they are again. It tells admins too, but
// only how it was when the hour began.
type spaceWatch struct {
	store *storage.Store
	clock clockwork.Clock
	log   *slog.Logger

	mu    sync.Mutex
	full  moderation.NoSpace // what the operator was told last
	shown moderation.NoSpace // what admins are told
	since time.Time          // the hour of that
}

// look looks how much space is left.
func (w *spaceWatch) look(ctx context.Context) error {
	space, err := w.store.Space(ctx)
	if err != nil {
		return err
	}
	why := space.Full()
	w.mu.Lock()
	defer w.mu.Unlock()
	if hour := w.clock.Now().Truncate(time.Hour); !hour.Equal(w.since) {
		w.shown, w.since = why, hour
	}
	if why == w.full {
		return nil
	}
	w.full = why
	switch why {
	case "":
		w.log.Info("there is space again for files of reported messages")
	case moderation.NoSpaceDisk:
		w.log.Warn("the disk is nearly full; files of reported messages are not kept, so that votes can be", "free", space.Disk.Free)
	default:
		w.log.Warn("files of reported messages take up storage.evidence_limit; no more are kept until old ones are deleted", "bytes", space.All)
	}
	return nil
}

// told is what admins are told.
func (w *spaceWatch) told() moderation.NoSpace {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.shown
}

// measure reads the same for a scrape.
func (w *spaceWatch) measure(ctx context.Context) (kept, limit, free int64, err error) {
	space, err := w.store.Space(ctx)
	if space.Disk.Size == 0 {
		return space.All, space.Limit, -1, err
	}
	return space.All, space.Limit, space.Disk.Free, err
}

// leaveUnwanted has the bot leave the groups that it is in and that the operator did not choose.
func (a *App) leaveUnwanted(ctx context.Context) error {
	groups, err := a.store.Groups(ctx)
	if err != nil {
		return err
	}
	for _, g := range groups {
		chat, err := a.store.Chat(ctx, g)
		if err == nil && !a.court.Allows(chat.ID, chat.Former) {
			a.log.Info("the bot leaves a group that is not in telegram.groups")
			err = a.court.Leave(ctx, 0, chat.ID, chat.Kind)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
