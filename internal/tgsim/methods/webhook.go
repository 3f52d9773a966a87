package methods

import (
	"net/url"
	"strings"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/schema"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/updates"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// setWebhook wants HTTPS as Telegram does, but takes HTTP for the machine
// itself, where tests listen. Ports are not checked.
func setWebhook(c *Call) (any, *wire.Error) {
	link := c.P.Str("url")
	if link == "" {
		return deleteWebhook(c)
	}
	u, err := url.Parse(link)
	if err != nil || u.Scheme != "https" && !local(u) {
		return nil, wire.BadRequest("bad webhook: An HTTPS URL must be provided for webhook")
	}
	secret := c.P.Str("secret_token")
	if strings.ContainsFunc(secret, func(r rune) bool { return !schema.InAlphabet(r, "A-Z a-z 0-9 _ -") }) {
		return nil, wire.BadRequest("secret token contains unallowed characters")
	}
	most := 40
	if c.P.Has("max_connections") {
		most = int(c.P.Num("max_connections"))
	}
	endWebhook(c)
	updates.ReadAllowed(&c.Bot.Queue, c.P)
	c.Lines.SetHook(c.Bot, link, secret, most)
	return true, nil
}

func local(u *url.URL) bool {
	return u.Scheme == "http" && (u.Hostname() == "127.0.0.1" || u.Hostname() == "localhost")
}

func deleteWebhook(c *Call) (any, *wire.Error) {
	endWebhook(c)
	return true, nil
}

func endWebhook(c *Call) {
	c.Lines.EndHook(c.Bot)
	if c.P.Flag("drop_pending_updates") {
		q := &c.Bot.Queue
		q.Drop(len(q.Pending))
		c.Touch()
	}
}

func getWebhookInfo(c *Call) (any, *wire.Error) { return c.Lines.Info(c.Bot), nil }
