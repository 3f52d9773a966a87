package main

import (
	"errors"
	"testing"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// TestWebhookTakenAway has somebody else move the webhook of a bot that lives by it: it is moved back once, then left and
// said, until it is as it should be.
func TestWebhookTakenAway(t *testing.T) {
	t.Parallel()
	w := newWorld(t, tgsim.Options{}, byWebhook(t))
	ours := w.cfg.Telegram.Webhook.URL
	step := func(set, is string, ready bool) {
		t.Helper()
		if _, err := w.bot.Call("setWebhook", map[string]any{"url": set, "secret_token": w.app.webhookSecret()}); err != nil {
			t.Fatal(err)
		}
		if err := w.app.keepWebhook(w.ctx); err != nil {
			t.Fatal(err)
		}
		if err := w.webhookIs(is); err != nil {
			t.Errorf("the webhook is not %q: %v", is, err)
		}
		if err := w.app.ready(w.ctx); (err == nil) != ready {
			t.Errorf("ready: %v", err)
		}
	}
	step(foreign, ours, true)
	step("", "", false)
	step(foreign, foreign, false)
	step(ours, ours, true)
	w.clock.Advance(hookPeace)
	step(foreign, ours, true)
}

// Of polling, it is over as soon as Telegram lets the bot poll again.
func TestPollingIsBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t, tgsim.Options{})
	undone := 0
	for range 2 {
		w.app.takeBack("", func() error { undone++; return nil })
	}
	if err := w.app.ready(w.ctx); err == nil || undone != 1 {
		t.Errorf("undone %d times, ready: %v", undone, err)
	}
	w.app.observe("getUpdates", 0, bot.KindConflict)
	if w.app.ready(w.ctx) == nil {
		t.Error("ready in the middle of it")
	}
	w.app.observe("getUpdates", 0, bot.KindOK)
	if err := w.app.ready(w.ctx); err != nil {
		t.Errorf("not ready: %v", err)
	}
	w.app.tookBack.Store(0)
	w.app.takeBack("", func() error { return errors.New("telegram does not answer") })
	if w.app.tookBack.Load() != 0 {
		t.Error("what could not be undone counts as undone")
	}
}
