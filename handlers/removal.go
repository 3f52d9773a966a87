package handlers

import (
	"context"
	"sync/atomic"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
)

const (
	// removalWait is for how long a command that everybody saw waits for Telegram to say that it is removed, from when that was
	// asked. The answer then says whether it still stands. Telegram is asked about the people beside that.
	removalWait = 500 * time.Millisecond

	// headStart is what the removal has before anything else is asked for its command, unless it is answered sooner: calls go out
	// side by side, and it should be the first to arrive.
	headStart = 20 * time.Millisecond

	removalsKept = 1024 // removals that are begun before their command is handled
)

// removals removes commands that everybody saw, before anything else is asked of Telegram for them.
type removals struct {
	tg    booker
	slack func() int   // multiplies what is waited, for a slow machine
	pool  *lookup.Pool // of its own, so that removals wait for nothing else
	begun *lru.Cache[messageKey, *removal]
}

// messageKey is one message.
type messageKey struct{ chat, message int64 }

func newRemovals(tg booker, slack func() int, guard func(func())) *removals {
	return &removals{tg, slack, &lookup.Pool{Guard: guard}, newCache[messageKey, *removal](removalsKept)}
}

// removal is the removal of one command.
type removal struct {
	after   func()          // called when the head start is over
	claimed atomic.Bool     // somebody asks Telegram
	begun   chan struct{}   // closed when Telegram is asked; then the next two are set
	late    context.Context // ends when nobody waits any longer
	first   context.Context // ends when the head start is over
	done    chan struct{}   // closed when Telegram has answered; then the next two are set

	booked bool
	err    error
}

func newRemoval(after func()) *removal {
	return &removal{after: after, begun: make(chan struct{}), done: make(chan struct{})}
}

// claim reports whether the caller is to ask Telegram, and nobody else.
func (r *removal) claim() bool { return r.claimed.CompareAndSwap(false, true) }

// ahead begins a removal before its command is handled, and then what else is asked for that.
func (h *removals) ahead(ctx context.Context, m *wire.Message, after func()) {
	r := newRemoval(after)
	at := messageKey{m.Chat.ID, m.ID}
	if _, begun, _ := h.begun.PeekOrAdd(at, r); begun {
		return
	}
	h.pool.Run(func() {
		if r.claim() {
			h.do(ctx, m, r)
		}
	})
}

// take begins the removal of a command that is handled now, unless Telegram is asked already, and gives it its head start. It
// does not wait behind the removals of others.
func (h *removals) take(ctx context.Context, m *wire.Message) *removal {
	at := messageKey{m.Chat.ID, m.ID}
	r, found := h.begun.Get(at)
	if !found {
		r = newRemoval(func() {})
	}
	h.begun.Remove(at) // if the command is handled again, it is removed again
	if r.claim() {
		h.pool.Now(func() { h.do(ctx, m, r) })
	}
	<-r.begun
	select {
	case <-r.first.Done():
	case <-r.done:
	case <-ctx.Done():
	}
	return r
}

// do asks Telegram. The command goes, whatever becomes of the update.
func (h *removals) do(ctx context.Context, m *wire.Message, r *removal) {
	ctx = context.WithoutCancel(ctx)
	var cancel, begin context.CancelFunc
	r.late, cancel = context.WithTimeout(ctx, removalWait*time.Duration(h.slack()))
	defer cancel()
	r.first, begin = context.WithTimeout(ctx, headStart*time.Duration(h.slack()))
	defer begin()
	close(r.begun)
	context.AfterFunc(r.first, r.after)
	r.booked, r.err = remove(ctx, h.tg, m)
	close(r.done)
}

// wait waits for Telegram's answer, but not for long, and reports whether it is there.
func (r *removal) wait(ctx context.Context) bool {
	select {
	case <-r.done:
		return true
	case <-r.late.Done():
	case <-ctx.Done():
	}
	select {
	case <-r.done: // it came at the same time
		return true
	default:
		return false
	}
}

// remove asks Telegram to remove a message, if the limits allow that now.
func remove(ctx context.Context, tg booker, m *wire.Message) (booked bool, err error) {
	call := removalCall(m)
	if can, err := tg.Book(ctx, call); err != nil || !can.OK {
		return false, err
	}
	_, err = tg.Do(ctx, call)
	return true, err
}

func removalCall(m *wire.Message) wire.Call { return wire.DeleteMessages(m.Chat.ID, []int64{m.ID}) }
