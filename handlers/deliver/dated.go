package deliver

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
)

// dated is a Telegram whose calls are dated: the times that their texts mark (see [locale.Split]) become entities.
type dated struct{ Telegram }

// Dated returns a Telegram whose calls are dated.
func Dated(tg Telegram) Telegram { return dated{tg} }

// Do performs a call.
func (tg dated) Do(ctx context.Context, call wire.Call) (wire.Result, error) {
	return tg.Telegram.Do(ctx, view.Dated(call))
}
