package ratelimit

import (
	"sync"
	"time"

	"github.com/jonboulle/clockwork"
)

// sweepPeriod is how often idle chats are forgotten.
const sweepPeriod = time.Minute

// Limiter says when a call may go out. It counts messages against Telegram's
// limits and stores the holds that "too many requests" imposed. It never
// waits itself. It is safe for concurrent use.
type Limiter struct {
	clock  clockwork.Clock
	shared Shared // may be nil

	mu      sync.Mutex // guards all below
	all     time.Time  // all chats are held until then
	overall window
	chats   map[int64]*chatState
	swept   time.Time
}

// chatState is what is known about one chat.
type chatState struct {
	held     time.Time // all calls are held until then, but those that are [Request.Unheld]
	asked    time.Time // reading calls are held until then
	public   window
	messages window
}

// New returns a limiter that knows of no call yet.
func New(clock clockwork.Clock) *Limiter {
	return &Limiter{clock: clock, overall: window{limit: overallLimit}, chats: map[int64]*chatState{}}
}

// Share sets where all replicas book. It must be called before the first call is booked.
func (l *Limiter) Share(s Shared) { l.shared = s }

// HoldReading holds the reading calls for a chat until then.
func (l *Limiter) HoldReading(chat int64, until time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	state := l.chat(chat)
	state.asked = later(state.asked, until)
}

// Hold holds all calls for a chat until then, except those that only read or answer a
// button. Chat 0 means all chats. A hold is never shortened.
func (l *Limiter) Hold(chat int64, until time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if chat == 0 {
		l.all = later(l.all, until)
		return
	}
	state := l.chat(chat)
	state.held = later(state.held, until)
}

// Held reports whether a hold forbids the call now, and until when.
func (l *Limiter) Held(r Request) (until time.Time, held bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	until = l.holdOf(r)
	return until, until.After(l.clock.Now())
}

// Ready says when the call may go; a time not after now means at once.
func (l *Limiter) Ready(r Request) time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.ready(r)
}

// full says until when no message may go out to any chat, because of the limit of the bot; a
// time not after now means that one may.
func (l *Limiter) full() time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	return later(l.all, l.overall.free())
}

// Capacity says how many messages may go out now within the limit of the bot, and, if none, when the next one may.
func (l *Limiter) Capacity() (free int, next time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.clock.Now()
	if l.all.After(now) {
		return 0, l.all
	}
	if free = l.overall.room(now); free > 0 {
		return free, time.Time{}
	}
	return 0, l.overall.free()
}

// Take books the call as going out now.
func (l *Limiter) Take(r Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.take(r)
}

// Try books the call if it may go now. If not, ready says when to ask again.
func (l *Limiter) Try(r Request) (ready time.Time, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	ready = l.ready(r)
	if ready.After(l.clock.Now()) {
		return ready, false
	}
	l.take(r)
	return ready, true
}

func (l *Limiter) holdOf(r Request) time.Time {
	state, known := l.chats[r.Chat]
	switch {
	case r.Class == Read && known:
		return state.asked
	case r.Unheld():
		return time.Time{}
	case known:
		return later(l.all, state.held)
	}
	return l.all
}

func (l *Limiter) ready(r Request) time.Time {
	when := l.holdOf(r)
	if r.metered() {
		when = later(when, l.overall.free())
	}
	state, known := l.chats[r.Chat]
	if !known {
		return when
	}
	if r.public() {
		when = later(when, state.public.freeKeeping(r.keeps()))
	}
	if r.Class == Post {
		when = later(when, state.messages.free())
	}
	return when
}

func (l *Limiter) take(r Request) {
	now := l.clock.Now()
	l.sweep(now)
	if r.metered() {
		l.overall.book(now)
	}
	if r.Chat == 0 || r.Class != Post && !r.public() {
		return
	}
	state := l.chat(r.Chat)
	if r.Class == Post {
		state.messages.book(now)
	}
	if r.public() {
		state.public.book(now)
	}
}

func (l *Limiter) chat(id int64) *chatState {
	state, ok := l.chats[id]
	if !ok {
		state = &chatState{public: window{limit: groupLimit}, messages: window{limit: chatLimit}}
		l.chats[id] = state
	}
	return state
}

// sweep forgets chats in which no booking counts any more. No cache does that: what still counts may not be dropped.
func (l *Limiter) sweep(now time.Time) {
	if now.Sub(l.swept) < sweepPeriod {
		return
	}
	l.swept = now
	for id, state := range l.chats {
		if !state.held.After(now) && !state.asked.After(now) && state.public.idle(now) && state.messages.idle(now) {
			delete(l.chats, id)
		}
	}
}
