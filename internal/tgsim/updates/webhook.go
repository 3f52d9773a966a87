package updates

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/world"
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
	lines  *Lines
	bot    *world.Bot
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

// start queues what is pending and begins to deliver.
func (h *webhook) start() {
	for _, u := range h.bot.Queue.Pending {
		h.add(u)
	}
	h.bot.Queue.Tell = h.add
	go h.feed()
}

// add queues an update in its lane.
func (h *webhook) add(u world.Queued) {
	l := h.lanes[u.Lane]
	if l == nil {
		l = &lane{}
		h.lanes[u.Lane] = l
	}
	l.waiting = append(l.waiting, u)
	if !l.busy {
		l.busy = true
		go h.run(u.Lane, l)
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
func (h *webhook) deliver(u world.Queued) {
	s := h.lines
	for pause := firstRetry; ; pause = min(2*pause, lastRetry) {
		if u.Expires <= s.Unix() {
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
		h.lastError, h.lastErrorDate = err.Error(), s.Unix()
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
	h.bot.Queue.Finish(u.ID)
	s.Touch()
}

// post makes one attempt. The answer's body may be a method call.
func (h *webhook) post(u world.Queued) error {
	req, err := http.NewRequestWithContext(h.ctx, http.MethodPost, h.url, bytes.NewReader(u.Raw))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	if h.secret != "" {
		req.Header.Set("X-Telegram-Bot-Api-Secret-Token", h.secret)
	}
	s := h.lines
	s.Lock()
	h.bot.Queue.Shown = max(h.bot.Queue.Shown, u.ID)
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
	h.lines.Perform(h.bot, method, fields) // nobody is told the result of such a call
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

type lane struct {
	waiting []world.Queued
	busy    bool
}

func (s *Lines) newWebhook(b *world.Bot, url, secret string, max int) *webhook {
	ctx, cancel := context.WithCancel(context.Background())
	h := &webhook{
		lines: s, bot: b, url: url, secret: secret, max: max, slots: make(chan struct{}, max), ctx: ctx, cancel: cancel,
		lanes:  map[int64]*lane{},
		client: &http.Client{Timeout: time.Minute, Transport: &http.Transport{DialContext: s.Dial, MaxIdleConnsPerHost: max}},
	}
	context.AfterFunc(ctx, h.client.CloseIdleConnections)
	return h
}

// Stop ends all deliveries.
func (s *Lines) Stop() {
	s.Lock()
	defer s.Unlock()
	for _, l := range s.byBot {
		if l.hook != nil {
			l.hook.cancel()
		}
	}
}
