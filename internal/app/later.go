package app

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage"
)

// laterCalls puts calls into the outbox.
type laterCalls struct{ store *storage.Store }

// keep stores a call that cannot be made at once.
func (l laterCalls) keep(ctx context.Context, call wire.Call) error {
	d, err := deferred(call)
	if err != nil {
		return err
	}
	return l.store.PutCall(ctx, d)
}

// answered stores the calls of an answer that could not be made at once. They go out before the next answer to this person.
func (l laterCalls) answered(ctx context.Context, person int64, rest []wire.Call) error {
	all := make([]storage.Deferred, len(rest))
	for i, call := range rest {
		var err error
		if all[i], err = deferred(call); err != nil {
			return err
		}
		if all[i].Person == 0 && !call.Public() && !call.Deletes() {
			all[i].Person = person // the call names only the press that it answers
		}
	}
	return l.store.Answered(ctx, person, all)
}

// deferred encodes a call for the outbox. Deletions are urgent.
func deferred(call wire.Call) (storage.Deferred, error) {
	body, err := json.Marshal(call)
	if err != nil {
		return storage.Deferred{}, fmt.Errorf("keep a call for later: %w", err)
	}
	d := storage.Deferred{Chat: min(call.Chat, 0), Person: call.Person(), Class: moderation.Personal, Body: body} // a private chat has no limits that matter here
	if call.Deletes() {
		d.Class, d.Person = moderation.Urgent, 0
	}
	return d, nil
}
