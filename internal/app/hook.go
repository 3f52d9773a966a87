package app

import (
	"context"
	"log/slog"
	"net/url"
	"slices"
	"sync/atomic"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// undoOnceIn is the time in which a foreign webhook is removed only once.
const undoOnceIn = 24 * time.Hour

// hookGuard checks that Telegram sends the updates here. Another program with the same token can set a webhook of its own.
// The guard undoes that once. If it happens again soon, the guard leaves it and the bot is not ready, since otherwise the two
// programs would undo each other's work for ever.
type hookGuard struct {
	client      *bot.Client
	clock       clockwork.Clock
	log         *slog.Logger
	contact     *contact
	url, secret string // of the bot's webhook, if it has one

	registered chan struct{} // closed when the bot's webhook is set
	tookBack   atomic.Int64  // when a foreign webhook was last removed, unix seconds
}

// conflict is called when Telegram refuses to be polled. It reports whether the cause is a webhook, which it then removes.
// Otherwise another process polls.
func (g *hookGuard) conflict(ctx context.Context) bool {
	w, err := g.info(ctx)
	if err != nil || w.URL == "" {
		return g.contact.taken.Load() != nil // then it has just been removed
	}
	g.takeBack(w.URL, func() error {
		_, err := g.client.Do(ctx, wire.DeleteWebhook())
		return err
	})
	return true
}

// keep checks that the bot's webhook is still set.
func (g *hookGuard) keep(ctx context.Context) error {
	select {
	case <-g.registered:
	default:
		return nil // it is not registered yet
	}
	w, err := g.info(ctx)
	if err != nil {
		return nil //nolint:nilerr // asked again in a minute; that Telegram does not answer shows elsewhere
	}
	missing := func(kind string) bool { return !slices.Contains(w.Allowed, kind) }
	if w.URL == g.url && (len(w.Allowed) == 0 || !slices.ContainsFunc(wire.AllowedUpdates, missing)) {
		g.contact.taken.Store(nil)
		return nil
	}
	g.takeBack(w.URL, func() error { return g.register(ctx) })
	return nil
}

func (g *hookGuard) info(ctx context.Context) (wire.WebhookInfo, error) {
	res, err := g.client.Do(ctx, wire.GetWebhookInfo())
	if err != nil {
		return wire.WebhookInfo{}, err
	}
	return res.Webhook()
}

// takeBack calls undo to remove a foreign webhook, unless that was done a short while ago.
func (g *hookGuard) takeBack(address string, undo func() error) {
	where := "nowhere"
	if address != "" {
		where = HostOf(address)
	}
	if last := g.tookBack.Load(); last != 0 && g.clock.Since(time.Unix(last, 0)) < undoOnceIn {
		if g.contact.taken.Swap(&where) == nil {
			g.log.Warn("something else with this token has telegram send the updates elsewhere again; it is left as it is", "to", where)
		}
		return
	}
	if err := undo(); err != nil {
		g.log.Warn("something else with this token has telegram send the updates elsewhere, which cannot be undone yet", "to", where, "error", err)
		return
	}
	g.tookBack.Store(g.clock.Now().Unix())
	g.log.Warn("something else with this token had telegram send the updates elsewhere; that is undone", "to", where)
}

// HostOf returns the host of an address, for people to read. The rest of the address may be secret.
func HostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return "an address that cannot be read"
	}
	return u.Host
}

// webhookConnections is how many updates Telegram may send at the same time. It allows no more than this.
const webhookConnections = 100

// register sets the bot's webhook.
func (g *hookGuard) register(ctx context.Context) error {
	_, err := g.client.Do(ctx, wire.SetWebhook(g.url, g.secret, webhookConnections))
	return err
}
