package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// decideNow is 🚩 or 👌 on an open case, or 🚩 on one under appeal.
func (h cases) decideNow(ctx context.Context, t *request.Callback) ([]bot.Call, error) {
	if t.Choice == view.ChoiceStands {
		_, err := h.court.UpholdAppeal(ctx, t.Key(), t.Who)
		return h.redraw(ctx, t, err)
	}
	v := moderation.Verdict(t.Choice)
	if v != moderation.Upheld && v != moderation.Dismissed {
		return h.toast(ctx, t, "refuse."+string(moderation.RefuseUnknown))
	}
	_, err := h.court.Decide(ctx, t.Key(), t.Who, v)
	return h.redraw(ctx, t, err)
}

// overturn is 👌 on an upheld case.
func (h cases) overturn(ctx context.Context, t *request.Callback) ([]bot.Call, error) {
	_, err := h.court.Overturn(ctx, t.Key(), t.Who)
	return h.redraw(ctx, t, err)
}

// harsher is ⚡ on an upheld case.
func (h cases) harsher(ctx context.Context, t *request.Callback) ([]bot.Call, error) {
	_, err := h.court.Harsher(ctx, t.Key(), t.Who, t.Choice)
	return h.redraw(ctx, t, err)
}

// confirm is 🚩 on a penalty that waits.
func (h cases) confirm(ctx context.Context, t *request.Callback) ([]bot.Call, error) {
	_, err := h.court.Confirm(ctx, t.Key(), t.Who, t.Choice)
	return h.redraw(ctx, t, err)
}

// drop is 👌 on a penalty that waits.
func (h cases) drop(ctx context.Context, t *request.Callback) ([]bot.Call, error) {
	_, err := h.court.Drop(ctx, t.Key(), t.Who, t.Choice)
	return h.redraw(ctx, t, err)
}
