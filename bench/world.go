package main

import (
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

	watch  *stopwatch
	mu     sync.Mutex
	polled chan struct{} // closed at the first getUpdates
	cards  *cards        // if somebody presses them
	called time.Time     // when the bot last called for something else than updates

	observer *observer // if somebody wants to know of calls
}

func newWorld(s sizes) (*world, error) {
	return newWorldOver(s, nil)
}

// newWorldOver is a world that reaches webhooks in a way of its own.
func newWorldOver(s sizes, dial dialer) (*world, error) {
	return newWorldWith(s, tgsim.Options{KeepMessages: 16, NoCallLog: true, Dial: dial})
}

// newWorldWith is a world of a Telegram with options.
func newWorldWith(s sizes, options tgsim.Options) (*world, error) {
	w := &world{
		sim:    tgsim.New(options),
		polled: make(chan struct{}), watch: newStopwatch(),
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
	method := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
	w.watch.stop(method, r)
	w.mu.Lock()
	if method == "getUpdates" {
		rw = &handout{rw, w.watch}
		select {
		case <-w.polled:
		default:
			close(w.polled)
		}
	} else {
		w.called = time.Now()
	}
	w.mu.Unlock()
	if w.observer != nil {
		rw = w.observer.observe(method, rw, r)
	}
	if method == "sendMessage" && w.cards != nil {
		rw = &cardSeen{rw, w.cards}
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

const ordinary = "An ordinary sentence of ordinary length, such as people write to each other."
