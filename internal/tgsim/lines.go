package tgsim

import (
	"context"
	"encoding/json"
	"net"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// lines are the ways on which the bots of a world get their updates.
type lines struct {
	*Sim
	dial    func(ctx context.Context, network, address string) (net.Conn, error)
	again   func(*Bot) bool // whether a poll delivers once more what was confirmed
	perform func(b *Bot, method string, fields map[string]json.RawMessage)
	byBot   map[*Bot]*line
}

// A line is how one bot gets its updates: by a poll, by a webhook, or not now.
type line struct {
	poll   *poll
	hook   *webhook
	floods []*flood // make updates when the queue runs low
}

// of is the line of a bot.
func (s *lines) of(b *Bot) *line {
	l := s.byBot[b]
	if l == nil {
		l = &line{}
		s.byBot[b] = l
	}
	return l
}

// endPoll has the poll that is being answered end.
func (l *line) endPoll() {
	if l.poll != nil {
		close(l.poll.ended)
		l.poll = nil
	}
}

// setHook begins to deliver the bot's updates to an address.
func (s *lines) setHook(b *Bot, url, secret string, most int) {
	l := s.of(b)
	l.endPoll()
	l.hook = s.newWebhook(b, url, secret, most)
	l.hook.start()
}

// endHook ends the delivery to the bot's webhook, if it has one.
func (s *lines) endHook(b *Bot) {
	l := s.of(b)
	if l.hook != nil {
		l.hook.cancel()
		l.hook, b.queue.tell = nil, nil
	}
}

// info is what getWebhookInfo returns.
func (s *lines) info(b *Bot) wire.WebhookInfo {
	q := &b.queue
	w := wire.WebhookInfo{PendingUpdateCount: len(q.pending), AllowedUpdates: q.allowed}
	if h := s.of(b).hook; h != nil {
		w.URL, w.MaxConnections = h.url, h.max
		w.LastErrorDate, w.LastErrorMessage = h.lastErrorDate, h.lastError
	}
	return w
}

// waitConfirmed returns when all bots but the unattended ones have confirmed
// every update that was produced before the call, floods included; with
// webhooks, when all got their 2xx.
func (s *lines) waitConfirmed(ctx context.Context) error {
	s.Lock()
	last := map[*Bot]int64{}
	for _, b := range s.bots {
		last[b] = b.queue.nextID
	}
	s.Unlock()
	return s.Await(ctx, func() bool {
		for b, next := range last {
			q := &b.queue
			if len(s.of(b).floods) > 0 || len(q.pending) > 0 && q.pending[0].id < next {
				return false
			}
		}
		return true
	})
}
