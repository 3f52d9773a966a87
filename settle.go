package main

import (
	"context"
	"fmt"
)

// counterpart is what settle asks of a simulated Telegram.
type counterpart interface {
	WaitConfirmed(ctx context.Context) error
	CallCount() int
}

// settle returns when nothing is left to do at this time of the clock: no update, no answer, no job
// that is due, nothing in the outbox that may go. It is for those who hold the clock in their hands.
func (a *App) settle(ctx context.Context, telegram counterpart) error {
	// What is done may lead to more: it is over when a whole round made no call.
	for calls := -1; calls != telegram.CallCount(); {
		calls = telegram.CallCount()
		for _, wait := range []struct {
			what string
			rest func(context.Context) error
		}{
			{"updates", telegram.WaitConfirmed}, {"answers", a.receiver.Drain},
			{"jobs", a.jobs.Idle}, {"outbox", a.outbox.Idle},
		} {
			if err := wait.rest(ctx); err != nil {
				return fmt.Errorf("the bot does not come to rest (%s): %w", wait.what, err)
			}
		}
	}
	return nil
}
