package app

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/deliver"
	"github.com/ostrakon-bot/ostrakon/internal/outbox"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage"
)

// answerFor is how long the answer to a command or a button is worth sending.
const answerFor = 10 * time.Minute

// delivery opens the rows of the outbox for the deliverer.
type delivery struct {
	store     *storage.Store
	deliverer *deliver.Deliverer
	clock     clockwork.Clock
}

// deliver delivers a row: an effect, or a call that could not be made when it was due.
func (d *delivery) deliver(ctx context.Context, row outbox.Row) error {
	kind, body, err := d.store.OpenRow(row)
	if err != nil {
		return &outbox.Never{Err: err}
	}
	switch kind {
	case storage.KindEffect:
		ref := moderation.OutboxRef{ID: row.ID, Revision: row.Revision}
		e, err := moderation.ReadEffect(body, moderation.Waiting{Chat: row.Chat, Ref: ref})
		if err != nil {
			return &outbox.Never{Err: err}
		}
		return d.deliverer.Deliver(ctx, e)
	case storage.KindCall:
		var call wire.Call
		if err := json.Unmarshal(body, &call); err != nil {
			return &outbox.Never{Err: fmt.Errorf("read a call: %w", err)}
		}
		if late := d.clock.Since(row.Created); late > answerFor && !call.Deletes() {
			return nil // an answer to what nobody remembers
		}
		if wiped, err := d.wiped(ctx, row, call); err != nil || wiped {
			return err
		}
		return d.deliverer.Call(ctx, call)
	default:
		return &outbox.Never{Err: fmt.Errorf("unknown kind %q", kind)}
	}
}

// wiped reports whether a call would tell somebody of reports and votes that they have wiped since it was worded.
func (d *delivery) wiped(ctx context.Context, row outbox.Row, call wire.Call) (bool, error) {
	if !call.CanWipe {
		return false, nil
	}
	at, err := d.store.Wiped(ctx, call.Person())
	return moderation.IsWiped(row.Created, at), err
}
