package app

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/storage"
)

// ErrPolled is what the second of two pollers is told, and the second of whatever two with SQLite.
var ErrPolled = errors.New("another process runs with this database and token: stop that one, " +
	"or use PostgreSQL and set telegram.mode to webhook, which any number of replicas may share (docs/operations.md)")

// ownDatabase waits until no other process has SQLite's file, of which who has it keeps some in memory, and refuses if one
// goes on with it. PostgreSQL is for any number.
func (a *App) ownDatabase(ctx context.Context) error {
	if a.shared() != nil {
		return nil
	}
	if err := a.becomePoller(ctx, ""); err != nil && (ctx.Err() == nil || errors.Is(err, ErrPolled)) {
		return fmt.Errorf("have the database: %w", err)
	}
	return nil
}

// pollAlone polls as long as no other process does so.
func (a *App) pollAlone(ctx context.Context) error {
	word := rand.Text()
	if err := a.becomePoller(ctx, word); err != nil {
		return err
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	stayed := make(chan struct{})
	go func() {
		defer close(stayed)
		stop(a.stayPoller(ctx, word))
	}()
	// Telegram does not let anybody poll while it has a webhook to call, perhaps from an earlier life.
	a.insist(ctx, "telegram does not know yet that nobody waits for its calls", func() error {
		_, err := a.client.Do(ctx, bot.DeleteWebhook())
		return err
	})
	err := a.receiver.Poll(ctx)
	if cause := context.Cause(ctx); errors.Is(cause, ErrPolled) {
		return cause
	}
	stop(nil)
	<-stayed
	if leaveErr := a.store.LeavePoller(context.WithoutCancel(ctx), word); leaveErr != nil {
		a.log.Warn("the next process has to wait until this one is believed to be gone", "error", leaveErr)
	}
	return err
}

// becomePoller waits for a poller that may be dead, and refuses if it is not.
func (a *App) becomePoller(ctx context.Context, word string) error {
	until, mine, err := a.store.Poller(ctx, word)
	if err != nil || mine {
		return err
	}
	first := until
	a.log.Warn("another process runs, or did until a moment ago; waiting to see which")
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-a.clock.After(time.Second):
		}
		if until, mine, err = a.store.Poller(ctx, word); err != nil || mine {
			return err
		}
		if until.After(first) || a.clock.Now().After(first.Add(time.Second)) {
			return ErrPolled // it goes on
		}
	}
}

// stayPoller says again and again that we are there, until ctx ends or somebody else has our place.
func (a *App) stayPoller(ctx context.Context, word string) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-a.clock.After(storage.PollerLease / 3):
		}
		_, mine, err := a.store.Poller(ctx, word)
		switch {
		case err != nil:
			a.log.Warn("the database does not hear who polls", "error", err)
		case !mine:
			return ErrPolled
		}
	}
}
