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
)

// hookPeace is for how long it is remembered that it was undone.
const hookPeace = 24 * time.Hour

// hookGuard sees that Telegram sends the updates here. Whoever else has the token can have it send them elsewhere. That is
// undone once. If it is done again soon, two programs would undo each other's work for ever: then it is left, and said until
// it is over.
type hookGuard struct {
	client      *bot.Client
	clock       clockwork.Clock
	log         *slog.Logger
	contact     *contact
	url, secret string // of our webhook, if there is one

	registered atomic.Bool  // our webhook is
	tookBack   atomic.Int64 // when it was last undone that updates went elsewhere, unix seconds
}

// conflict is what happens when Telegram lets nobody poll. It reports whether the cause is known and was told: that a
// webhook is set. Else it is another process that polls.
func (g *hookGuard) conflict(ctx context.Context) bool {
	w, err := g.info(ctx)
	if err != nil || w.URL == "" {
		return g.contact.taken.Load() != nil // then it is over just now
	}
	g.takeBack(w.URL, func() error {
		_, err := g.client.Do(ctx, bot.DeleteWebhook())
		return err
	})
	return true
}

// keep sees that Telegram still calls us.
func (g *hookGuard) keep(ctx context.Context) error {
	if !g.registered.Load() {
		return nil // it is not registered yet
	}
	w, err := g.info(ctx)
	if err != nil {
		return nil //nolint:nilerr // asked again in a minute; that Telegram does not answer shows elsewhere
	}
	missing := func(kind string) bool { return !slices.Contains(w.Allowed, kind) }
	if w.URL == g.url && (len(w.Allowed) == 0 || !slices.ContainsFunc(bot.AllowedUpdates, missing)) {
		g.contact.taken.Store(nil)
		return nil
	}
	g.takeBack(w.URL, func() error { return g.register(ctx) })
	return nil
}

func (g *hookGuard) info(ctx context.Context) (bot.WebhookInfo, error) {
	res, err := g.client.Do(ctx, bot.GetWebhookInfo())
	if err != nil {
		return bot.WebhookInfo{}, err
	}
	return res.Webhook()
}

// takeBack undoes what somebody else did to how updates come in, or says that it is left.
func (g *hookGuard) takeBack(address string, undo func() error) {
	where := "nowhere"
	if address != "" {
		where = HostOf(address)
	}
	if last := g.tookBack.Load(); last != 0 && g.clock.Since(time.Unix(last, 0)) < hookPeace {
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

// HostOf is the host of an address, for people. What stands behind it in the address may be a secret.
func HostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return "an address that cannot be read"
	}
	return u.Host
}

// webhookConnections is how many updates Telegram may hand over side by side: as many as it will.
const webhookConnections = 100

// register tells Telegram where to call.
func (g *hookGuard) register(ctx context.Context) error {
	_, err := g.client.Do(ctx, bot.SetWebhook(g.url, g.secret, webhookConnections))
	return err
}
