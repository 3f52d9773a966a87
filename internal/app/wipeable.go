package app

import (
	"context"
	"log/slog"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage"
)

// wipeable notes what people are shown of their own reports and votes.
type wipeable struct {
	store *storage.Store
	log   *slog.Logger
}

// note notes which message a call became. If that fails, or the process is killed before it, the message can be wiped only by
// the button below it.
func (w wipeable) note(ctx context.Context, call wire.Call, sent wire.Sent, began time.Time) {
	person := call.Person()
	if person == 0 {
		return // the answer to a press names nobody
	}
	all := []moderation.Shown{{Chat: call.Chat, Message: sent.MessageID, Ephemeral: sent.EphemeralID, File: call.Method != "sendMessage"}}
	if command := call.EphemeralAnchor(); command != 0 {
		all = append(all, moderation.Shown{Chat: call.Chat, Ephemeral: command}) // Telegram does not say whether it may be deleted
	}
	if asked := call.Anchor(); asked != 0 && call.Chat == person {
		all = append(all, moderation.Shown{Chat: call.Chat, Message: asked}) // what they sent in private
	}
	if err := w.store.NoteShown(ctx, person, began, all...); err != nil {
		w.log.Warn("it could not be noted what somebody was shown, so they can wipe it only by its own button", "error", err)
	}
}
