package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
)

// Texts mark the times that they tell (see [locale.Split]). Every call passes here on its way out, whichever way it takes,
// and its marks become entities.

// dated makes entities of the times that a call's words tell.
func dated(call bot.Call) bot.Call {
	return call.Marked(func(text string) (string, []bot.Entity) {
		plain, moments := locale.Split(text)
		var marked []bot.Entity
		for _, m := range moments {
			marked = append(marked, bot.TimeEntity(m.Offset, m.Length, m.Time.Unix()))
		}
		return plain, marked
	})
}

// allDated does so with all calls of an answer.
func allDated(calls []bot.Call) []bot.Call {
	for i, call := range calls {
		calls[i] = dated(call)
	}
	return calls
}

// dating is a Telegram whose calls are dated.
type dating struct{ Telegram }

// Do performs a call.
func (tg dating) Do(ctx context.Context, call bot.Call) (bot.Result, error) {
	return tg.Telegram.Do(ctx, dated(call))
}

// datedLater keeps calls that are dated.
func datedLater(later Later) Later {
	return func(ctx context.Context, call bot.Call) error { return later(ctx, dated(call)) }
}
