package tgsim

import (
	"net/url"
	"strings"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/schema"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// setWebhook wants HTTPS as Telegram does, but takes HTTP for the machine
// itself, where tests listen. Ports are not checked.
func (c *call) setWebhook() (any, *wire.Error) {
	link := c.p.Str("url")
	if link == "" {
		return c.deleteWebhook()
	}
	u, err := url.Parse(link)
	if err != nil || u.Scheme != "https" && !local(u) {
		return nil, wire.BadRequest("bad webhook: An HTTPS URL must be provided for webhook")
	}
	secret := c.p.Str("secret_token")
	if strings.ContainsFunc(secret, func(r rune) bool { return !schema.InAlphabet(r, "A-Z a-z 0-9 _ -") }) {
		return nil, wire.BadRequest("secret token contains unallowed characters")
	}
	most := 40
	if c.p.Has("max_connections") {
		most = int(c.p.Num("max_connections"))
	}
	c.endWebhook()
	q := &c.bot.queue
	if q.poll != nil {
		close(q.poll.ended)
		q.poll = nil
	}
	q.readAllowed(c.p)
	q.hook = newWebhook(c.bot, link, secret, most)
	q.hook.start()
	return true, nil
}

func local(u *url.URL) bool {
	return u.Scheme == "http" && (u.Hostname() == "127.0.0.1" || u.Hostname() == "localhost")
}

func (c *call) deleteWebhook() (any, *wire.Error) {
	c.endWebhook()
	return true, nil
}

func (c *call) endWebhook() {
	q := &c.bot.queue
	if q.hook != nil {
		q.hook.cancel()
		q.hook = nil
	}
	if c.p.Flag("drop_pending_updates") {
		q.drop(len(q.pending))
		c.Touch()
	}
}

func (c *call) getWebhookInfo() (any, *wire.Error) {
	q := &c.bot.queue
	w := wire.WebhookInfo{PendingUpdateCount: len(q.pending), AllowedUpdates: q.allowed}
	if h := q.hook; h != nil {
		w.URL, w.MaxConnections = h.url, h.max
		w.LastErrorDate, w.LastErrorMessage = h.lastErrorDate, h.lastError
	}
	return w, nil
}
