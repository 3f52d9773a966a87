package bot

import (
	"context"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// Do performs the call once, in at most 10 seconds (a long poll may last as long
// as it asked for). It does not wait for limits, but notes the holds that Telegram
// imposes. All errors are [*wire.Error].
//
// A reading call that fails while an update is handled is tried again, for up to
// ten seconds after the update came. Other updates do not wait for that.
//
// An ephemeral call whose anchor Telegram no longer accepts is repeated without
// it. An ephemeral call that went out to everybody is deleted at once and
// reported as [wire.ErrNotEphemeral].
func (c *Client) Do(ctx context.Context, call wire.Call) (wire.Result, error) {
	began := c.clock.Now()
	if call.Reading() {
		return c.read(ctx, call)
	}
	result, err := c.once(ctx, call)
	if loose, anchored := call.Unanchored(); anchored {
		if kind := wire.KindOf(err); kind == wire.KindGone || kind == wire.KindInvalid {
			result, err = c.once(ctx, loose)
		}
	}
	if err == nil && call.IsEphemeral() {
		err = c.retract(ctx, call, result)
	}
	if err == nil && call.CanWipe && call.Sends() {
		c.noteWipeable(ctx, call, result, began)
	}
	return result, err
}

// noteWipeable says which message a call became that can be wiped, even if the caller's context has ended in the meantime.
func (c *Client) noteWipeable(ctx context.Context, call wire.Call, result wire.Result, began time.Time) {
	sent, err := result.Sent()
	if err != nil || c.OnWipeable == nil {
		return
	}
	c.OnWipeable(context.WithoutCancel(ctx), call, sent, began)
}

// retract deletes an ephemeral message that everybody can see, even if the caller's context
// has ended in the meantime.
func (c *Client) retract(ctx context.Context, call wire.Call, result wire.Result) error {
	sent, err := result.Sent()
	if err == nil && sent.EphemeralID != 0 {
		return nil
	}
	if err == nil && sent.MessageID != 0 {
		if _, err := c.once(context.WithoutCancel(ctx), wire.DeleteMessages(call.Chat, []int64{sent.MessageID})); err != nil {
			c.log.Error("a private answer was shown to everybody and could not be deleted", "error", err)
		}
	}
	return &wire.Error{Method: call.Method, Description: wire.ErrNotEphemeral.Error(), Cause: wire.ErrNotEphemeral}
}
