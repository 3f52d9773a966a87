package app

import (
	"context"
	"fmt"
	"time"
)

// Counterpart is what [App.WaitIdle] asks of a simulated Telegram.
type Counterpart interface {
	WaitConfirmed(ctx context.Context) error
	CallCount() int
}

// WaitIdle returns when nothing is left to do at this time of the clock. There is no update, no answer, no job that is due,
// and nothing in the outbox that may go. It is for simulations, which move the clock. It calls pass when an update waits for
// time to pass.
func (a *App) WaitIdle(ctx context.Context, telegram Counterpart, pass func(time.Duration)) error {
	// What is done may lead to more. It is over when a whole round made no call.
	for calls := -1; calls != telegram.CallCount(); {
		calls = telegram.CallCount()
		for _, wait := range []struct {
			what string
			rest func(context.Context) error
		}{
			{"introduction", func(ctx context.Context) error { return a.introduction.rest.idle(ctx, a.clock.Now) }},
			{"updates", func(ctx context.Context) error { return a.waitForUpdates(ctx, telegram, pass) }}, {"answers", a.receiver.Drain},
			{"presses", func(ctx context.Context) error { return a.presses.rest.idle(ctx, a.clock.Now) }},
			{"jobs", a.schedule.Idle}, {"outbox", a.outbox.Idle},
		} {
			if err := wait.rest(ctx); err != nil {
				return fmt.Errorf("the bot does not come to rest (%s): %w", wait.what, err)
			}
		}
	}
	return nil
}

// waitForUpdates returns when all updates are confirmed and handled.
func (a *App) waitForUpdates(ctx context.Context, telegram Counterpart, pass func(time.Duration)) error {
	confirmed := make(chan error, 1)
	go func() {
		err := telegram.WaitConfirmed(ctx)
		if err == nil {
			select {
			case <-a.receiver.Rest():
			case <-ctx.Done():
				err = ctx.Err()
			}
		}
		confirmed <- err
	}()
	for {
		next, changes := a.receiver.NextRetry()
		if left := next.Sub(a.clock.Now()); !next.IsZero() && left > 0 {
			pass(left)
		}
		select {
		case err := <-confirmed:
			return err
		case <-changes:
		}
	}
}
