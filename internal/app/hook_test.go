package app

import (
	"errors"
	"testing"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// TestWebhookTakenAway has somebody else move the webhook of a bot that lives by it: it is moved back once, then left and
// said, until it is as it should be.
func TestWebhookTakenAway(t *testing.T) {
	t.Parallel()
	const foreign = "http://127.0.0.1:9/theirs"
	tg := newTelegram(t)
	tg.byWebhook()
	a, ours := tg.run(), tg.cfg.Telegram.Webhook.URL
	step := func(set, is string, ready bool) {
		t.Helper()
		if _, err := tg.bot.Call("setWebhook", map[string]any{"url": set, "secret_token": a.hook.secret}); err != nil {
			t.Fatal(err)
		}
		if err := a.hook.keep(tg.ctx); err != nil {
			t.Fatal(err)
		}
		if err := tg.webhookIs(is); err != nil {
			t.Errorf("the webhook is not %q: %v", is, err)
		}
		if err := a.Ready(tg.ctx); (err == nil) != ready {
			t.Errorf("ready: %v", err)
		}
	}
	step(foreign, ours, true)
	step("", "", false)
	step(foreign, foreign, false)
	step(ours, ours, true)
	tg.clock.Advance(undoOnceIn)
	// The job that looks after the webhook must not come between the test's own steps.
	if err := a.schedule.Idle(tg.ctx); err != nil {
		t.Fatal(err)
	}
	step(foreign, ours, true)
}

// Of polling, it is over as soon as Telegram lets the bot poll again.
func TestPollingIsBack(t *testing.T) {
	t.Parallel()
	a := newTelegram(t).run()
	undone := 0
	for range 2 {
		a.hook.takeBack("", func() error { undone++; return nil })
	}
	if err := a.Ready(t.Context()); err == nil || undone != 1 {
		t.Errorf("undone %d times, ready: %v", undone, err)
	}
	a.contact.observe("getUpdates", 0, wire.KindConflict)
	if a.Ready(t.Context()) == nil {
		t.Error("ready in the middle of it")
	}
	a.contact.observe("getUpdates", 0, wire.KindOK)
	if err := a.Ready(t.Context()); err != nil {
		t.Errorf("not ready: %v", err)
	}
	a.hook.tookBack.Store(0)
	a.hook.takeBack("", func() error { return errors.New("telegram does not answer") })
	if a.hook.tookBack.Load() != 0 {
		t.Error("what could not be undone counts as undone")
	}
}
