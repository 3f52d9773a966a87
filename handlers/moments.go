package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
)

// Texts mark the times that they tell (see [locale.Split]). Every call passes here on its way out, whichever way it takes,
// and its marks become entities.

// dating is a Telegram whose calls are dated.
type dating struct{ Telegram }

// Do performs a call.
func (tg dating) Do(ctx context.Context, call bot.Call) (bot.Result, error) {
	return tg.Telegram.Do(ctx, view.Dated(call))
}

// datedLater keeps calls that are dated.
func datedLater(later Later) Later {
	return func(ctx context.Context, call bot.Call) error { return later(ctx, view.Dated(call)) }
}
