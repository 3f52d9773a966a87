package app

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot"
)

// Whoever else has the token can have Telegram send the updates elsewhere. That is undone once. If it is done again
// soon, two programs would undo each other's work for ever: then it is left, and said until it is over.

// hookPeace is for how long it is remembered that it was undone.
const hookPeace = 24 * time.Hour

// conflict is what happens when Telegram lets nobody poll. It reports whether the cause is known and was told: that a
// webhook is set. Else it is another process that polls.
func (a *App) conflict(ctx context.Context) bool {
	w, err := a.webhookInfo(ctx)
	if err != nil || w.URL == "" {
		return a.taken.Load() != nil // then it is over just now
	}
	a.takeBack(w.URL, func() error {
		_, err := a.client.Do(ctx, bot.DeleteWebhook())
		return err
	})
	return true
}

// keepWebhook sees that Telegram still calls us.
func (a *App) keepWebhook(ctx context.Context) error {
	if !a.hooked.Load() {
		return nil // it is not registered yet
	}
	w, err := a.webhookInfo(ctx)
	if err != nil {
		return nil //nolint:nilerr // asked again in a minute; that Telegram does not answer shows elsewhere
	}
	missing := func(kind string) bool { return !slices.Contains(w.Allowed, kind) }
	if w.URL == a.cfg.Telegram.Webhook.URL && (len(w.Allowed) == 0 || !slices.ContainsFunc(bot.AllowedUpdates, missing)) {
		a.taken.Store(nil)
		return nil
	}
	a.takeBack(w.URL, func() error { return a.register(ctx) })
	return nil
}

func (a *App) webhookInfo(ctx context.Context) (bot.WebhookInfo, error) {
	res, err := a.client.Do(ctx, bot.GetWebhookInfo())
	if err != nil {
		return bot.WebhookInfo{}, err
	}
	return res.Webhook()
}

// takeBack undoes what somebody else did to how updates come in, or says that it is left.
func (a *App) takeBack(address string, undo func() error) {
	where := "nowhere"
	if address != "" {
		where = HostOf(address)
	}
	if last := a.tookBack.Load(); last != 0 && a.clock.Since(time.Unix(last, 0)) < hookPeace {
		if a.taken.Swap(&where) == nil {
			a.log.Warn("something else with this token has telegram send the updates elsewhere again; it is left as it is", "to", where)
		}
		return
	}
	if err := undo(); err != nil {
		a.log.Warn("something else with this token has telegram send the updates elsewhere, which cannot be undone yet", "to", where, "error", err)
		return
	}
	a.tookBack.Store(a.clock.Now().Unix())
	a.log.Warn("something else with this token had telegram send the updates elsewhere; that is undone", "to", where)
}

// HostOf is the host of an address, for people. What stands behind it in the address may be a secret.
func HostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return "an address that cannot be read"
	}
	return u.Host
}

// takenAway says that updates go elsewhere, if they do.
func (a *App) takenAway() error {
	if where := a.taken.Load(); where != nil {
		return errors.New("something else with this token has telegram send the updates elsewhere (" + *where +
			"), and did so again after it was undone: stop it, or get a new token from @BotFather")
	}
	return nil
}
