package bot

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

const (
	answersAtOnce = 64          // updates whose answers are being sent
	offersAtOnce  = 16          // updates that were not admitted, whose senders are being told so
	handOver      = time.Second // for giving one answer to the outbox
)

// answers sends the calls that handlers return. An answer is worth something only for
// seconds, so it does not wait for limits. What cannot go out now goes to the outbox.
type answers struct {
	client *Client
	o      ReceiverOptions
	log    *slog.Logger
	slots  chan struct{}
	offers chan struct{}
	sent   sync.WaitGroup
}

func newAnswers(client *Client, o ReceiverOptions) *answers {
	return &answers{client: client, o: o, log: client.log, slots: make(chan struct{}, answersAtOnce), offers: make(chan struct{}, offersAtOnce)}
}

// begin reports that a person, if there is one, is being answered until send is done.
func (a *answers) begin(person int64) {
	if a.o.Answering != nil && person != 0 {
		a.o.Answering(person)
	}
}

// send sends the answers to one update, in order, without keeping the caller
// waiting. If too many are being sent already, they all go to the outbox.
func (a *answers) send(ctx context.Context, person int64, calls []wire.Call) {
	if len(calls) == 0 {
		a.end(ctx, person, nil)
		return
	}
	select {
	case a.slots <- struct{}{}:
		a.sent.Go(func() {
			defer func() { <-a.slots }()
			a.end(ctx, person, a.sendAll(ctx, calls))
		})
	default:
		a.end(ctx, person, calls)
	}
}

// offer sends calls at once. A toast that cannot go out now is dropped, so that it costs no more than that. It has places
// of its own, so that a flood of updates that are not admitted takes none from other people's answers.
func (a *answers) offer(ctx context.Context, calls []wire.Call) {
	if len(calls) == 0 {
		return
	}
	select {
	case a.offers <- struct{}{}:
		a.sent.Go(func() {
			defer func() { <-a.offers }()
			a.end(ctx, 0, withoutToasts(a.sendAll(ctx, calls)))
		})
	default:
		a.end(ctx, 0, withoutToasts(calls))
	}
}

// withoutToasts are the calls that are worth something later too.
func withoutToasts(calls []wire.Call) (rest []wire.Call) {
	for _, call := range calls {
		if _, is := call.Toast(); !is {
			rest = append(rest, call)
		}
	}
	return rest
}

// sendAll sends one call after the other, and returns those that were not sent. After the first
// that was not, the others are not sent either, so that none overtakes it. Toasts are the exception.
func (a *answers) sendAll(ctx context.Context, calls []wire.Call) (rest []wire.Call) {
	diverted := false
	for _, call := range calls {
		if diverted && !limitsOf(call).Unheld() || !a.sendOne(ctx, call) {
			diverted = diverted || !limitsOf(call).Unheld()
			rest = append(rest, call)
		}
	}
	return rest
}

// end gives the outbox what was not sent, even while we are being stopped.
func (a *answers) end(ctx context.Context, person int64, rest []wire.Call) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), a.client.within(handOver))
	defer cancel()
	if a.o.Answered == nil || person == 0 {
		for _, call := range rest {
			a.handOver(ctx, call)
		}
		return
	}
	if err := a.o.Answered(ctx, person, rest); err != nil {
		a.log.Warn("an answer could not be kept for later and is dropped", "calls", len(rest), "error", err)
	}
}

// sendOne reports whether the call is finished: it was sent, or it was refused for good.
func (a *answers) sendOne(ctx context.Context, call wire.Call) bool {
	booked, err := a.client.Book(ctx, call)
	if err != nil || !booked.OK {
		return false
	}
	_, err = a.client.Do(ctx, call)
	switch wire.KindOf(err) {
	case wire.KindOK, wire.KindNotModified:
	case wire.KindTemporary, wire.KindTooMany, wire.KindNoTopic: // the outbox delivers it later and knows other topics
		return false
	case wire.KindGone:
		a.log.Debug("an answer came too late", "error", err)
	case wire.KindBlocked:
		a.log.Debug("who asked cannot be written to in private", "error", err)
	default:
		a.log.Warn("an answer was refused", "error", err)
	}
	return true
}

// handOver gives one call to the outbox.
func (a *answers) handOver(ctx context.Context, call wire.Call) {
	if a.o.Later == nil {
		a.log.Warn("an answer cannot be sent now and is dropped", "method", call.Method)
		return
	}
	if err := a.o.Later(ctx, call); err != nil {
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
