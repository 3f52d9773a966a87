package app

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/storage"
)

// inbox keeps the updates of [bot.Inbox] in the store.
type inbox struct{ *storage.Store }

// Keep implements [bot.Inbox].
func (b inbox) Keep(ctx context.Context, updates []bot.Kept) error {
	kept := make([]storage.KeptUpdate, len(updates))
	for i, k := range updates {
		kept[i] = storage.KeptUpdate{Update: k.Update, Chat: k.Chat, Came: k.Came, Raw: k.Raw}
	}
	return b.Store.Keep(ctx, kept)
}

// Claim implements [bot.Inbox].
func (b inbox) Claim(ctx context.Context, most int) ([]bot.Kept, error) {
	found, err := b.Store.Claim(ctx, most)
	kept := make([]bot.Kept, len(found))
	for i, k := range found {
		kept[i] = bot.Kept{Update: k.Update, Chat: k.Chat, Came: k.Came, Raw: k.Raw}
	}
	return kept, err
}
