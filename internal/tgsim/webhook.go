package tgsim

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"time"
)

// Between attempts to deliver an update, in real time. Telegram's own pauses
// grow to minutes.
const (
	firstRetry = 5 * time.Millisecond
	lastRetry  = 200 * time.Millisecond
)

var errConnection = errors.New("connection failed") // Telegram says no more either

// A webhook delivers a bot's updates by POST. Updates of one lane (a chat's
// messages, a person's presses) go one after the other, lanes side by side.
type webhook struct {
	lines  *lines
	bot    *Bot
	url    string
	secret string
	max    int
	slots  chan struct{}
	client *http.Client
	ctx    context.Context
	cancel context.CancelFunc
	lanes  map[int64]*lane

	lastError     string
	lastErrorDate int64
}

type lane struct {
	waiting []queued
	busy    bool
}

func (s *lines) newWebhook(b *Bot, url, secret string, max int) *webhook {
	ctx, cancel := context.WithCancel(context.Background())
	h := &webhook{
		lines: s, bot: b, url: url, secret: secret, max: max, slots: make(chan struct{}, max), ctx: ctx, cancel: cancel,
		lanes:  map[int64]*lane{},
		client: &http.Client{Timeout: time.Minute, Transport: &http.Transport{DialContext: s.dial, MaxIdleConnsPerHost: max}},
	}
	context.AfterFunc(ctx, h.client.CloseIdleConnections)
	return h
}

// start queues what is pending and begins to deliver.
func (h *webhook) start() {
	for _, u := range h.bot.queue.pending {
		h.add(u)
	}
	h.bot.queue.tell = h.add
	go h.feed()
}

// add queues an update in its lane.
func (h *webhook) add(u queued) {
	l := h.lanes[u.lane]
	if l == nil {
		l = &lane{}
		h.lanes[u.lane] = l
	}
	l.waiting = append(l.waiting, u)
	if !l.busy {
		l.busy = true
		go h.run(u.lane, l)
	}
}

// run delivers a lane until it is empty.
func (h *webhook) run(id int64, l *lane) {
	s := h.lines
	for h.ctx.Err() == nil {
		s.Lock()
		if len(l.waiting) == 0 {
			l.busy = false
			delete(h.lanes, id)
			s.Unlock()
			return
		}
		u := l.waiting[0]
		l.waiting = l.waiting[1:]
		s.Unlock()
		h.deliver(u)
	}
}

// deliver posts one update until it is accepted, expires, or the webhook is
// gone.
func (h *webhook) deliver(u queued) {
	s := h.lines
	for pause := firstRetry; ; pause = min(2*pause, lastRetry) {
		if u.expires <= s.unix() {
			break
		}
		select {
		case h.slots <- struct{}{}:
		case <-h.ctx.Done():
			return
		}
		err := h.post(u)
		<-h.slots
		if err == nil {
			break
		}
		if h.ctx.Err() != nil {
			return
		}
		s.Lock()
		h.lastError, h.lastErrorDate = err.Error(), s.unix()
		s.Touch()
		s.Unlock()
		timer := time.NewTimer(pause)
		select {
		case <-timer.C:
		case <-h.ctx.Done():
			timer.Stop()
			return
		}
	}
	s.Lock()
	defer s.Unlock()
	h.bot.queue.finish(u.id)
	s.Touch()
}

// post makes one attempt. The answer's body may be a method call.
func (h *webhook) post(u queued) error {
	req, err := http.NewRequestWithContext(h.ctx, http.MethodPost, h.url, bytes.NewReader(u.raw))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	if h.secret != "" {
		req.Header.Set("X-Telegram-Bot-Api-Secret-Token", h.secret)
	}
	s := h.lines
	s.Lock()
	h.bot.queue.shown = max(h.bot.queue.shown, u.id)
	s.Unlock()
	res, err := h.client.Do(req)
	if err != nil {
		return errConnection
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, 1<<20))
	if err != nil {
		return errConnection
	}
	if res.StatusCode/100 != 2 {
		return fmt.Errorf("wrong response from the webhook: %s", res.Status)
	}
	h.reply(body)
	return nil
}

// reply performs the call that the answer to an update may hold.
func (h *webhook) reply(body []byte) {
	var fields map[string]json.RawMessage
	if json.Unmarshal(body, &fields) != nil || fields["method"] == nil {
		return
	}
	var method string
	if json.Unmarshal(fields["method"], &method) != nil {
		return
	}
	delete(fields, "method")
	h.lines.perform(h.bot, method, fields) // nobody is told the result of such a call
}

// feed lets floods make updates whenever few are left.
func (h *webhook) feed() {
	s := h.lines
	for h.ctx.Err() == nil {
		s.Lock()
		s.runFloods(h.bot, 2*h.max)
		next := s.Next()
		s.Unlock()
		select {
		case <-next:
		case <-h.ctx.Done():
		}
	}
}

// finish forgets an update that was delivered, perhaps before earlier ones.
func (q *queue) finish(id int64) {
	i, ok := slices.BinarySearchFunc(q.pending, id, func(u queued, id int64) int { return int(u.id - id) })
	if ok {
		q.recent = append(q.recent[max(0, len(q.recent)-99):], q.pending[i])
		q.pending = slices.Delete(q.pending, i, i+1)
	}
}

// stop ends all deliveries.
func (s *lines) stop() {
	s.Lock()
	defer s.Unlock()
	for _, l := range s.byBot {
		if l.hook != nil {
			l.hook.cancel()
		}
	}
}
