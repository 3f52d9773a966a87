package app

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/ostrakon-bot/ostrakon/bot"
)

// pinPause is how long somebody who changes how presses reach the bot is left alone at least, once it was changed back.
const pinPause = time.Hour

// presses sees that each press of a button comes with its message.
type presses struct {
	client *bot.Client
	clock  clockwork.Clock
	log    *slog.Logger
	lost   chan struct{} // a press came without its message; holds one
}

// pin has Telegram tell again on which message a press was, whenever it did not.
func (p *presses) pin(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-p.lost:
		}
		_, err := p.client.Do(ctx, bot.PinPresses())
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
