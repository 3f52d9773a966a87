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
	readAllowed(&c.bot.queue, c.p)
	c.lines.setHook(c.bot, link, secret, most)
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
	c.lines.endHook(c.bot)
	if c.p.Flag("drop_pending_updates") {
		q := &c.bot.queue
		q.drop(len(q.pending))
		c.Touch()
	}
}

func (c *call) getWebhookInfo() (any, *wire.Error) { return c.lines.info(c.bot), nil }
