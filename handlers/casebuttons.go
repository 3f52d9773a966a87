package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// decideNow is 🚩 or 👌 on an open case, or 🚩 on one under appeal.
func (h cases) decideNow(ctx context.Context, cb *request.Callback) ([]wire.Call, error) {
	if cb.Choice == view.ChoiceStands {
		_, err := h.court.UpholdAppeal(ctx, cb.Key(), cb.Who)
		return h.redraw(ctx, cb, err)
	}
	v := moderation.Verdict(cb.Choice)
	if v != moderation.Upheld && v != moderation.Dismissed {
		return h.toast(ctx, cb, "refuse."+string(moderation.RefuseUnknown))
	}
	_, err := h.court.Decide(ctx, cb.Key(), cb.Who, v)
	return h.redraw(ctx, cb, err)
}

// overturn is 👌 on an upheld case.
func (h cases) overturn(ctx context.Context, cb *request.Callback) ([]wire.Call, error) {
	_, err := h.court.Overturn(ctx, cb.Key(), cb.Who)
	return h.redraw(ctx, cb, err)
}

// harsher is ⚡ on an upheld case.
func (h cases) harsher(ctx context.Context, cb *request.Callback) ([]wire.Call, error) {
	_, err := h.court.Harsher(ctx, cb.Key(), cb.Who, cb.Choice)
	return h.redraw(ctx, cb, err)
}

// confirm is 🚩 on a penalty that waits.
func (h cases) confirm(ctx context.Context, cb *request.Callback) ([]wire.Call, error) {
	_, err := h.court.Confirm(ctx, cb.Key(), cb.Who, cb.Choice)
	return h.redraw(ctx, cb, err)
}

// drop is 👌 on a penalty that waits.
func (h cases) drop(ctx context.Context, cb *request.Callback) ([]wire.Call, error) {
	_, err := h.court.Drop(ctx, cb.Key(), cb.Who, cb.Choice)
	return h.redraw(ctx, cb, err)
}
