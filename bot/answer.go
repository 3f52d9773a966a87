package bot

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

const (
	answersAtOnce = 64          // updates whose answers are being sent
	handOver      = time.Second // for giving one answer to the outbox
)

// answers sends what handlers return: worth seconds, so it does not wait for
// limits, and best effort, so what cannot go now goes to the outbox.
type answers struct {
	client *Client
	later  func(ctx context.Context, call Call) error
	log    *slog.Logger
	slots  chan struct{}
	sent   sync.WaitGroup
}

func newAnswers(client *Client, later func(context.Context, Call) error) *answers {
	return &answers{client: client, later: later, log: client.log, slots: make(chan struct{}, answersAtOnce)}
}

// send sends the answers to one update, in order, without keeping the caller
// waiting. If too many are being sent already they all go to the outbox.
func (a *answers) send(ctx context.Context, calls []Call) {
	if len(calls) == 0 {
		return
	}
	select {
	case a.slots <- struct{}{}:
		a.sent.Go(func() {
			defer func() { <-a.slots }()
			a.sendAll(ctx, calls)
		})
	default:
		for _, call := range calls {
			a.handOver(ctx, call)
		}
	}
}

// sendAll sends one call after the other. Once one had to go to the outbox the
// rest follows it there, or they would overtake it; toasts overtake nothing.
func (a *answers) sendAll(ctx context.Context, calls []Call) {
	diverted := false
	for _, call := range calls {
		if diverted && !call.unheld() || !a.sendOne(ctx, call) {
			diverted = diverted || !call.unheld()
			a.handOver(ctx, call)
		}
	}
}

// sendOne reports whether the call needs no further care: it was sent, or it
// was refused for good.
func (a *answers) sendOne(ctx context.Context, call Call) bool {
	booked, err := a.client.Book(ctx, call)
	if err != nil || !booked.OK {
		return false
	}
	_, err = a.client.Do(ctx, call)
	switch KindOf(err) {
	case KindOK, KindNotModified:
	case KindTemporary, KindTooMany, KindNoTopic: // who carries it out later knows other topics
		return false
	case KindGone:
		a.log.Debug("an answer came too late", "error", err)
	default:
		a.log.Warn("an answer was refused", "error", err)
	}
	return true
}

// handOver gives the call to the outbox, even while we are being stopped.
func (a *answers) handOver(ctx context.Context, call Call) {
	if a.later == nil {
		a.log.Warn("an answer cannot be sent now and is dropped", "method", call.Method)
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), a.client.within(handOver))
	defer cancel()
	if err := a.later(ctx, call); err != nil {
		a.log.Warn("an answer could not be kept for later and is dropped", "method", call.Method, "error", err)
	}
}

// quiet is closed once nothing is being sent.
func (a *answers) quiet() <-chan struct{} {
	done := make(chan struct{})
	go func() {
		a.sent.Wait()
		close(done)
	}()
	return done
}
