package handlers

import (
	"context"
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
	begun *lru.Cache[place, *removal]
}

// place is where a message is.
type place struct{ chat, message int64 }

func newRemovals(tg booker, slack func() int) *removals {
	return &removals{tg, slack, &lookup.Pool{}, newCache[place, *removal](removalsKept)}
}

// removal is the removal of one command.
type removal struct {
	begun chan struct{}   // closed when Telegram is asked; then the next two are set
	late  context.Context // ends when nobody waits any longer
	first context.Context // ends when the head start is over
	done  chan struct{}   // closed when Telegram has answered; then the next two are set

	booked bool
	err    error
}

// ahead begins a removal before its command is handled, and then what else is asked for that.
func (h *removals) ahead(ctx context.Context, m *wire.Message, after func()) {
	r := newRemoval()
	at := place{m.Chat.ID, m.ID}
	if _, begun, _ := h.begun.PeekOrAdd(at, r); !begun && !h.pool.Run(h.job(ctx, m, r, after)) {
		h.begun.Remove(at) // too many wait
	}
}

// take begins the removal of a command that is handled now, unless it is begun, and gives it its head start.
func (h *removals) take(ctx context.Context, m *wire.Message) *removal {
	at := place{m.Chat.ID, m.ID}
	r, begun := h.begun.Get(at)
	if !begun {
		r = newRemoval()
		if job := h.job(ctx, m, r, func() {}); !h.pool.Run(job) {
			job()
		}
	}
	h.begun.Remove(at) // if the command is handled again, it is removed again
	if r.isBegun(ctx, removalWait*time.Duration(h.slack())) {
		select {
		case <-r.first.Done():
		case <-r.done:
		case <-ctx.Done():
		}
	}
	return r
}

func newRemoval() *removal { return &removal{begun: make(chan struct{}), done: make(chan struct{})} }

// job asks Telegram. It calls after when the head start is over. The command goes, whatever becomes of the update.
func (h *removals) job(ctx context.Context, m *wire.Message, r *removal, after func()) func() {
	ctx = context.WithoutCancel(ctx)
	return func() {
		var cancel, begin context.CancelFunc
		r.late, cancel = context.WithTimeout(ctx, removalWait*time.Duration(h.slack()))
		defer cancel()
		r.first, begin = context.WithTimeout(ctx, headStart*time.Duration(h.slack()))
		defer begin()
		close(r.begun)
		context.AfterFunc(r.first, after)
		r.booked, r.err = remove(ctx, h.tg, m)
		close(r.done)
	}
}

// isBegun waits until Telegram is asked, but not for long.
func (r *removal) isBegun(ctx context.Context, limit time.Duration) bool {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	select {
	case <-r.begun:
		return true
	case <-ctx.Done():
		return false
	}
}

// wait waits for Telegram's answer, but not for long, and reports whether it is there.
func (r *removal) wait(ctx context.Context) bool {
	select {
	case <-r.begun:
	default:
		return false // many others are under way
	}
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
