package app

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// pinPause is the shortest time between two corrections of how presses reach the bot.
const pinPause = time.Hour

// presses makes sure that each press of a button comes with its message.
type presses struct {
	client *bot.Client
	clock  clockwork.Clock
	log    *slog.Logger
	rest   *rest

	mu      sync.Mutex    // guards what follows
	lost    chan struct{} // filled when a press came without its message; holds one
	pausing bool          // a correction was made less than pinPause ago
}

func newPresses(client *bot.Client, clock clockwork.Clock, log *slog.Logger) *presses {
	p := &presses{client: client, clock: clock, log: log, rest: newRest(), lost: make(chan struct{}, 1)}
	p.rest.set(never)
	return p
}

// pin corrects the bot's settings at Telegram whenever a press came without its message, until ctx ends.
func (p *presses) pin(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-p.lost:
		}
		_, err := p.client.Do(ctx, wire.PinCallbackMode())
		if err != nil && !errors.Is(err, context.Canceled) {
			p.log.Warn("presses come without their message, and telegram does not take that back", "error", err)
		} else {
			p.log.Warn("something else with this token had presses come without their message; that is undone")
		}
		timer := p.clock.NewTimer(pinPause)
		p.pause(true)
		select {
		case <-ctx.Done():
		case <-timer.Chan():
		}
		p.pause(false)
	}
}

// pause notes that a pause begins or ends.
func (p *presses) pause(begins bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.pausing = begins
	switch {
	case begins:
		p.rest.set(p.clock.Now().Add(pinPause))
	case len(p.lost) == 0:
		p.rest.set(never)
	}
}

// noteLost notes that a press came without its message.
func (p *presses) noteLost() {
	p.mu.Lock()
	defer p.mu.Unlock()
	select {
	case p.lost <- struct{}{}:
	default:
	}
	if !p.pausing {
		p.rest.set(time.Time{})
	}
}
