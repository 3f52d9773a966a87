package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// world is a simulated Telegram in which the bot is an admin of every group.
type world struct {
	sim     *tgsim.Sim
	bot     *tgsim.Bot
	groups  []*tgsim.Chat
	members []*tgsim.User
	server  *httptest.Server

	mu     sync.Mutex
	polled chan struct{} // closed at the first getUpdates
	calls  map[string]chan time.Time
	handed time.Time // when the last ephemeral command was handed to the bot
	cards  *cards    // if somebody presses them
	called time.Time // when the bot last called for something else than updates
}

// handout notes when an ephemeral command leaves for the bot.
type handout struct {
	http.ResponseWriter

	w *world
}

func (h *handout) Write(body []byte) (int, error) {
	if bytes.Contains(body, []byte(`"ephemeral_message_id"`)) {
		h.w.mu.Lock()
		h.w.handed = time.Now()
		h.w.mu.Unlock()
	}
	return h.ResponseWriter.Write(body)
}

// handedOut is when the last ephemeral command was handed to the bot.
func (w *world) handedOut() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.handed
}

func newWorld(s sizes) (*world, error) {
	w := &world{
		sim:    tgsim.New(tgsim.Options{KeepMessages: 16, NoCallLog: true}),
		polled: make(chan struct{}), calls: map[string]chan time.Time{},
	}
	w.bot = w.sim.AddBot("OstrakonBot", "Ostrakon", tgsim.Token("1:bench"))
	owner := w.sim.AddUser("Olga")
	for i := range s.members {
		w.members = append(w.members, w.sim.AddUser(fmt.Sprintf("Member %d", i)))
	}
	for i := range s.groups {
		g := w.sim.NewSupergroup(fmt.Sprintf("Group %d", i), owner)
		if err := g.Join(w.members...); err != nil {
			return nil, fmt.Errorf("fill a group: %w", err)
		}
		g.Add(w.bot)
		g.Promote(w.bot, tgsim.AllRights())
		w.groups = append(w.groups, g)
	}
	w.server = httptest.NewServer(http.HandlerFunc(w.serve))
	return w, nil
}

// serve notes when calls arrive and passes them on.
func (w *world) serve(rw http.ResponseWriter, r *http.Request) {
	now := time.Now()
	method := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
	w.mu.Lock()
	if method == "getUpdates" {
		rw = &handout{rw, w}
		select {
		case <-w.polled:
		default:
			close(w.polled)
		}
	}
	if method != "getUpdates" {
		w.called = now
	}
	waiting := w.calls[method]
	w.mu.Unlock()
	if method == "sendMessage" && w.cards != nil {
		rw = &cardSeen{rw, w.cards}
	}
	if waiting != nil {
		if err := r.ParseForm(); err == nil && r.Form.Get("ephemeral_message_parameters") != "" {
			waiting <- now
		}
	}
	w.sim.ServeHTTP(rw, r)
}

// quiet waits until the bot has called for nothing but updates for a while.
func (w *world) quiet(ctx context.Context) error {
	const silence = 3 * time.Second
	for {
		w.mu.Lock()
		since := time.Since(w.called)
		w.mu.Unlock()
		if since >= silence {
			return nil
		}
		select {
		case <-time.After(silence - since):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// listen returns a channel of the times at which ephemeral calls of a method arrive.
func (w *world) listen(method string) <-chan time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	c := make(chan time.Time, 1024)
	w.calls[method] = c
	return c
}
