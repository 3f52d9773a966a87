package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers"
	"github.com/ostrakon-bot/ostrakon/internal/outbox"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage"
)

// answerFor is how long the answer to a command or a button is worth sending.
const answerFor = 10 * time.Minute

// delivery joins the outbox to the handlers.
type delivery struct {
	store    *storage.Store
	handlers *handlers.Handlers
	clock    clockwork.Clock
	log      *slog.Logger
}

// deliver carries a row out: it is an effect or a call, and what carrying it out
// comes to decides what becomes of the row.
func (d *delivery) deliver(ctx context.Context, row outbox.Row) outbox.Result {
	err := d.carry(ctx, row)
	var wait *handlers.NotYet
	var broken *brokenRow
	switch {
	case err == nil:
		return outbox.Done()
	case errors.Is(err, handlers.ErrNoted):
		return outbox.Noted()
	case errors.As(err, &wait) && wait.Alone:
		return outbox.Postpone(wait.Until)
	case errors.As(err, &wait):
		return outbox.Wait(wait.Until, wait.Everywhere)
	case errors.Is(err, handlers.ErrHeld):
		return outbox.Hold(err)
	case errors.As(err, &broken):
		d.log.Error("a row of the outbox cannot be read and is given up", "class", row.Class, "error", err)
		return outbox.Done()
	default:
		return outbox.Retry(err)
	}
}

// brokenRow is a row that nobody can make sense of, so that trying again is of no use.
type brokenRow struct{ err error }

func (e *brokenRow) Error() string { return e.err.Error() }

func (d *delivery) carry(ctx context.Context, row outbox.Row) error {
	kind, body, err := d.store.OpenRow(row)
	if err != nil {
		return &brokenRow{err}
	}
	switch kind {
	case storage.KindEffect:
		ref := moderation.OutboxRef{ID: row.ID, Revision: row.Revision}
		e, err := moderation.ReadEffect(body, moderation.Waiting{Chat: row.Chat, Ref: ref})
		if err != nil {
			return &brokenRow{err}
		}
		return d.handlers.Carry(ctx, e)
	case storage.KindCall:
		var call bot.Call
		if err := json.Unmarshal(body, &call); err != nil {
			return &brokenRow{fmt.Errorf("read a call: %w", err)}
		}
		if late := d.clock.Since(row.Created); late > answerFor && !call.Deletes() {
			return nil // an answer to what nobody remembers
		}
		return d.handlers.CarryCall(ctx, call)
	default:
		return &brokenRow{fmt.Errorf("unknown kind %q", kind)}
	}
}
