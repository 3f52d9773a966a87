package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot/ratelimit"
	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
)

// Texts mark the times that they tell (see [locale.Split]). Every call passes here on its way out, whichever way it takes,
// and its marks become entities.

// Telegram performs calls; it is [bot.Client].
type Telegram interface {
	Do(ctx context.Context, call wire.Call) (wire.Result, error)
	// Download fetches a file of at most so many bytes.
	Download(ctx context.Context, path string, most int64) ([]byte, error)
	Book(ctx context.Context, call wire.Call) (ratelimit.Booking, error)
	// Me is the bot itself, as Telegram described it last.
	Me() wire.Self
}

// Later keeps a call that could not be made at once.
type Later func(ctx context.Context, call wire.Call) error

// datedLater keeps calls that are dated.
func datedLater(later Later) Later {
	return func(ctx context.Context, call wire.Call) error { return later(ctx, view.Dated(call)) }
}
