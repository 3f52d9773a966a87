package bot

import (
	"context"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/ratelimit"
	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// limitsOf is what the limits depend on in a call.
func limitsOf(c wire.Call) ratelimit.Request {
	r := ratelimit.Request{Chat: c.Chat, Yields: c.Yields()}
	_, answers := c.Toast()
	switch {
	case c.Reading():
		r.Class = ratelimit.Read
	case answers:
		r.Class = ratelimit.Answer
	case c.Posts():
		r.Class = ratelimit.Post
	case c.Edits():
		r.Class = ratelimit.Edit
	}
	return r
}

// Share sets where all replicas book their calls. It must be called before the first call is booked.
func (c *Client) Share(s ratelimit.Shared) { c.limits.Share(s) }

// Limits is where this client books its calls and notes its holds.
func (c *Client) Limits() *ratelimit.Limiter { return c.limits }

// held reports whether Telegram's "too many requests" still forbids the call.
func (c *Client) held(call wire.Call) (until time.Time, held bool) {
	return c.limits.Held(limitsOf(call))
}

// Book books a call as going out now, unless a limit or a hold forbids it. With [Client.Share] the limits of all
// replicas count.
func (c *Client) Book(ctx context.Context, call wire.Call) (ratelimit.Booking, error) {
	return c.limits.Book(ctx, limitsOf(c.aimed(call)))
}

// Capacity says how many messages this replica may send now, and, if none, when the next one.
func (c *Client) Capacity() (free int, next time.Time) { return c.limits.Capacity() }
