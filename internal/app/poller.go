package app

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/storage"
)

// ErrPolled is the error of a bot that finds another one at work with the same database: one that polls, or with SQLite any.
var ErrPolled = errors.New("another process runs with this database and token: stop that one, " +
	"or use PostgreSQL and set telegram.mode to webhook, which any number of replicas may share (docs/operations.md)")

// poller polls Telegram, and makes sure that no two processes do so with one database.
type poller struct {
	store    *storage.Store
	client   *bot.Client
	receiver *bot.Receiver
	clock    clockwork.Clock
	log      *slog.Logger
}

// ownDatabase waits until no other process uses the SQLite file, and fails if one goes on to use it. The store keeps parts of
// the file in memory, so only one process may use it.
func (p *poller) ownDatabase(ctx context.Context) error {
	if err := p.become(ctx, ""); err != nil && (ctx.Err() == nil || errors.Is(err, ErrPolled)) {
		return fmt.Errorf("have the database: %w", err)
	}
	return nil
}

// poll polls until ctx ends, and fails if another process polls.
func (p *poller) poll(ctx context.Context) error {
	word := rand.Text()
	if err := p.become(ctx, word); err != nil {
		return err
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	stayed := make(chan struct{})
	go func() {
		defer close(stayed)
		stop(p.stay(ctx, word))
	}()
	// Telegram refuses to be polled while a webhook is set, perhaps by an earlier run.
	insist(ctx, p.clock, p.log, "telegram does not know yet that nobody waits for its calls", func() error {
		_, err := p.client.Do(ctx, wire.DeleteWebhook())
		return err
	})
	err := p.receiver.Poll(ctx)
	if cause := context.Cause(ctx); errors.Is(cause, ErrPolled) {
		return cause
	}
	stop(nil)
	<-stayed
	if leaveErr := p.store.LeavePoller(context.WithoutCancel(ctx), word); leaveErr != nil {
		p.log.Warn("the next process has to wait until this one is believed to be gone", "error", leaveErr)
	}
	return err
}

// become takes the place of the poller. If another process has it, become waits to see whether that one is dead, and fails if
// it is not.
func (p *poller) become(ctx context.Context, word string) error {
	until, mine, err := p.store.Poller(ctx, word)
	if err != nil || mine {
		return err
	}
	first := until
	p.log.Warn("another process runs, or did until a moment ago; waiting to see which")
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-p.clock.After(time.Second):
		}
		if until, mine, err = p.store.Poller(ctx, word); err != nil || mine {
			return err
		}
		if until.After(first) || p.clock.Now().After(first.Add(time.Second)) {
			return ErrPolled // it goes on
		}
	}
}

// stay renews the place until ctx ends. It fails if another process has taken it.
func (p *poller) stay(ctx context.Context, word string) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-p.clock.After(storage.PollerLease / 3):
		}
		_, mine, err := p.store.Poller(ctx, word)
		switch {
		case err != nil:
			p.log.Warn("the database does not hear who polls", "error", err)
		case !mine:
			return ErrPolled
		}
	}
}
