package bot

import (
	"context"
	"net/http"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// How reading calls are repeated.
const (
	readFirst = 200 * time.Millisecond
	readCap   = 2 * time.Second

	// readSure is how often Telegram must say that a member is not there: it is known to say
	// so at random.
	readSure = 3
)

// read performs a reading call. While an update is handled that has a retry budget, the call is
// tried again after failures that may be over soon. The pauses grow and differ by chance, so
// that calls which failed together do not come back together.
func (c *Client) read(ctx context.Context, call wire.Call) (wire.Result, error) {
	b := budgetOf(ctx)
	b.enter()
	defer b.leave()
	pauses := doubling(readFirst, readCap)
	pauses.RandomizationFactor = 0.5
	for gone := 0; ; {
		result, err := c.readOnce(ctx, call)
		kind := wire.KindOf(err)
		if kind == wire.KindGone {
			gone++
		}
		switch {
		case kind == wire.KindTooMany:
			if !b.wait(ctx, wire.RetryAfter(err), false) {
				return result, err
			}
		case kind == wire.KindTemporary, kind == wire.KindGone && call.Method == "getChatMember" && gone < readSure:
			if !b.wait(ctx, pauses.NextBackOff(), true) && (kind == wire.KindTemporary || ctx.Err() != nil) {
				return result, err
			}
		default:
			return result, err
		}
	}
}

// readOnce performs the call once, unless Telegram refuses such calls for now.
func (c *Client) readOnce(ctx context.Context, call wire.Call) (wire.Result, error) {
	if until, held := c.held(call); held {
		return wire.Result{}, &wire.Error{
			Method: call.Method, Code: http.StatusTooManyRequests, Description: "Telegram was asked too much before",
			RetryAfter: until.Sub(c.clock.Now()), Private: call.Chat > 0,
		}
	}
	return c.once(ctx, call)
}
