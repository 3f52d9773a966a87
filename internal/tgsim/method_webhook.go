package tgsim

import (
	"net/url"
	"strings"
)

type wireWebhook struct {
	URL                  string   `json:"url"`
	HasCustomCertificate bool     `json:"has_custom_certificate"`
	PendingUpdateCount   int      `json:"pending_update_count"`
	LastErrorDate        int64    `json:"last_error_date,omitempty"`
	LastErrorMessage     string   `json:"last_error_message,omitempty"`
	MaxConnections       int      `json:"max_connections,omitempty"`
	AllowedUpdates       []string `json:"allowed_updates,omitempty"`
}

// setWebhook wants HTTPS as Telegram does, but takes HTTP for the machine
// itself, where tests listen. Ports are not checked.
func (c *call) setWebhook() (any, *apiError) {
	link := c.p.str("url")
	if link == "" {
		return c.deleteWebhook()
	}
	u, err := url.Parse(link)
	if err != nil || u.Scheme != "https" && !local(u) {
		return nil, badRequest("bad webhook: An HTTPS URL must be provided for webhook")
	}
	secret := c.p.str("secret_token")
	if strings.ContainsFunc(secret, func(r rune) bool { return !inAlphabet(r, "A-Z a-z 0-9 _ -") }) {
		return nil, badRequest("secret token contains unallowed characters")
	}
	most := 40
	if c.p.has("max_connections") {
		most = int(c.p.num("max_connections"))
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

func (c *call) deleteWebhook() (any, *apiError) {
	c.endWebhook()
	return true, nil
}

func (c *call) endWebhook() {
	q := &c.bot.queue
	if q.hook != nil {
		q.hook.cancel()
		q.hook = nil
	}
	if c.p.flag("drop_pending_updates") {
		q.drop(len(q.pending))
		c.Touch()
	}
}

func (c *call) getWebhookInfo() (any, *apiError) {
	q := &c.bot.queue
	w := wireWebhook{PendingUpdateCount: len(q.pending), AllowedUpdates: q.allowed}
	if h := q.hook; h != nil {
		w.URL, w.MaxConnections = h.url, h.max
		w.LastErrorDate, w.LastErrorMessage = h.lastErrorDate, h.lastError
	}
	return w, nil
}
