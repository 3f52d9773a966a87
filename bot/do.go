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
// it. One that went out to everybody is deleted at once. It then goes to the
// private chat of its receiver, as all that follow do (see [Client.LearnServer]);
// without a receiver it is reported as [wire.ErrNotEphemeral].
func (c *Client) Do(ctx context.Context, call wire.Call) (wire.Result, error) {
	call, began := c.aimed(call), c.clock.Now()
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
		call, result, err = c.checked(ctx, call, result)
	}
	if err == nil && call.CanWipe && call.Sends() {
		c.noteWipeable(ctx, call, result, began)
	}
	return result, err
}

// checked looks whether an ephemeral message is one. If everybody can see it, it is deleted, and sent in private: by the call that it
// returns.
func (c *Client) checked(ctx context.Context, call wire.Call, result wire.Result) (wire.Call, wire.Result, error) {
	if sent, err := result.Sent(); err == nil && sent.EphemeralID != 0 {
		return call, result, nil
	}
	err := c.retract(ctx, call, result)
	if private, ok := call.InPrivate(); ok {
		result, err = c.once(ctx, private)
		return private, result, err
	}
	return call, result, err
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
// has ended in the meantime. No other is sent to a group from now on.
func (c *Client) retract(ctx context.Context, call wire.Call, result wire.Result) error {
	if c.ephemeral.Swap(false) {
		c.log.Error("the server of telegram showed a private answer to everybody; until the next start the bot answers in private only")
	}
	c.observe(call.Method, 0, wire.KindNotEphemeral)
	if sent, err := result.Sent(); err == nil && sent.MessageID != 0 {
		if _, err := c.once(context.WithoutCancel(ctx), wire.DeleteMessages(call.Chat, []int64{sent.MessageID})); err != nil {
			c.log.Error("a private answer was shown to everybody and could not be deleted", "error", err)
		}
	}
	return &wire.Error{Method: call.Method, Description: wire.ErrNotEphemeral.Error(), Cause: wire.ErrNotEphemeral}
}
