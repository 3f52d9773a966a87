package app

import (
	"context"
	"errors"
	"log/slog"
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
	lost   chan struct{} // filled when a press came without its message; holds one
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
		select {
		case <-ctx.Done():
		case <-p.clock.After(pinPause):
		}
	}
}

// noteLost notes that a press came without its message.
func (p *presses) noteLost() {
	select {
	case p.lost <- struct{}{}:
	default:
	}
}
