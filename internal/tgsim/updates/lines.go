// Package updates delivers updates to bots, by polls and by webhooks.
//
// Updates of a chat or a person keep their order. Only long polls and the pauses
// between deliveries are real time. What is in an update is decided in package
// world.
package updates

import (
	"context"
	"encoding/json"
	"net"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/world"
)

// Lines are the ways on which the bots of a world get their updates.
type Lines struct {
	*world.World
	Dial    func(ctx context.Context, network, address string) (net.Conn, error)
	Again   func(*world.Bot) bool // whether a poll delivers once more what was confirmed
	Perform func(b *world.Bot, method string, fields map[string]json.RawMessage)
	byBot   map[*world.Bot]*line
}

// of is the line of a bot.
func (s *Lines) of(b *world.Bot) *line {
	l := s.byBot[b]
	if l == nil {
		l = &line{}
		s.byBot[b] = l
	}
	return l
}

// SetHook begins to deliver the bot's updates to an address.
func (s *Lines) SetHook(b *world.Bot, url, secret string, most int) {
	l := s.of(b)
	l.endPoll()
	l.hook = s.newWebhook(b, url, secret, most)
	l.hook.start()
}

// EndHook ends the delivery to the bot's webhook, if it has one.
func (s *Lines) EndHook(b *world.Bot) {
	l := s.of(b)
	if l.hook != nil {
		l.hook.cancel()
		l.hook, b.Queue.Tell = nil, nil
	}
}

// Info is what getWebhookInfo returns.
func (s *Lines) Info(b *world.Bot) wire.WebhookInfo {
	q := &b.Queue
	w := wire.WebhookInfo{PendingUpdateCount: len(q.Pending), AllowedUpdates: q.Allowed}
	if h := s.of(b).hook; h != nil {
		w.URL, w.MaxConnections = h.url, h.max
		w.LastErrorDate, w.LastErrorMessage = h.lastErrorDate, h.lastError
	}
	return w
}

// WaitConfirmed returns when all bots but the unattended ones have confirmed
// every update that was produced before the call, floods included; with
// webhooks, when all got their 2xx.
func (s *Lines) WaitConfirmed(ctx context.Context) error {
	s.Lock()
	last := map[*world.Bot]int64{}
	for _, b := range s.Bots {
		last[b] = b.Queue.NextID
	}
	s.Unlock()
	return s.Await(ctx, func() bool {
		for b, next := range last {
			q := &b.Queue
			if len(s.of(b).floods) > 0 || len(q.Pending) > 0 && q.Pending[0].ID < next {
				return false
			}
		}
		return true
	})
}

// A line is how one bot gets its updates: by a poll, by a webhook, or not now.
type line struct {
	poll   *poll
	hook   *webhook
	floods []*flood // make updates when the queue runs low
}

// endPoll has the poll that is being answered end.
func (l *line) endPoll() {
	if l.poll != nil {
		close(l.poll.ended)
		l.poll = nil
	}
}

// New makes the lines of a world. Its fields that are functions are to be set.
func New(w *world.World) *Lines { return &Lines{World: w, byBot: map[*world.Bot]*line{}} }
