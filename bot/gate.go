package bot

import (
	"sync"
	"time"

	"github.com/jonboulle/clockwork"
)

// What messages and their edits may use of Telegram's limits, as far as it states
// them: nine tenths of 30 per second and of 20 per minute and group. The rest is
// room for deletions and penalties. They are not counted ahead, but "too many
// requests" for a group would hold them as well. For "short bursts" in one chat
// Telegram gives no number; ours is a guess.
//
// The spans are a little longer than Telegram's, because it counts when calls
// arrive and we count when they leave.
var (
	overallLimit = limit{count: 27, span: 1100 * time.Millisecond} // messages and edits of the bot
	groupLimit   = limit{count: 18, span: 61 * time.Second}        // public messages in one group, and their edits
	paceLimit    = limit{count: 5, span: 5 * time.Second}          // messages in one chat, bursts allowed
)

// yieldingKeep is how many of a group's public messages a yielding call leaves
// for others, see [Call.Yield].
const yieldingKeep = 9

// sweepPeriod is how often chats in which nothing happens are forgotten.
const sweepPeriod = time.Minute

// Gate knows when a call may go out: it counts messages against Telegram's
// limits and remembers the holds that "too many requests" imposed. It never
// waits itself. It is safe for concurrent use.
type Gate struct {
	clock clockwork.Clock

	mu      sync.Mutex // guards all below
	all     time.Time  // every chat is held until then
	overall window
	chats   map[int64]*chatGate
	swept   time.Time
}

// chatGate is what is known about one chat.
type chatGate struct {
	held   time.Time // of all calls but those that [Call.unheld] names
	asked  time.Time // of reading calls
	public window
	pace   window
}

// NewGate returns a gate at which nothing waits yet.
func NewGate(clock clockwork.Clock) *Gate {
	return &Gate{clock: clock, overall: window{limit: overallLimit}, chats: map[int64]*chatGate{}}
}

// HoldReading keeps back the reading calls for a chat until then.
func (g *Gate) HoldReading(chat int64, until time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	state := g.chat(chat)
	state.asked = later(state.asked, until)
}

// Hold keeps back all calls for a chat until then, for chat 0 the calls for all
// chats, except those that read and answerCallbackQuery. A hold is never shortened.
func (g *Gate) Hold(chat int64, until time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if chat == 0 {
		g.all = later(g.all, until)
		return
	}
	state := g.chat(chat)
	state.held = later(state.held, until)
}

// Held reports whether a hold forbids the call now, and until when.
func (g *Gate) Held(call Call) (until time.Time, held bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	until = g.holdOf(call)
	return until, until.After(g.clock.Now())
}

// Ready says when the call may go; a time not after now means at once.
func (g *Gate) Ready(call Call) time.Time {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.ready(call)
}

// Full says until when no message may go out to anybody, because of the limit over all chats; a
// time not after now means that one may.
func (g *Gate) Full() time.Time {
	g.mu.Lock()
	defer g.mu.Unlock()
	return later(g.all, g.overall.free())
}

// Room says how many messages may go out now because of the limit over all chats, and, if none may, when
// one may again.
func (g *Gate) Room() (free int, next time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := g.clock.Now()
	if g.all.After(now) {
		return 0, g.all
	}
	if free = g.overall.room(now); free > 0 {
		return free, time.Time{}
	}
	return 0, g.overall.free()
}

// Take books the call as going out now.
func (g *Gate) Take(call Call) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.take(call)
}

// Try books the call if it may go now. If not, ready says when to ask again.
func (g *Gate) Try(call Call) (ready time.Time, ok bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	ready = g.ready(call)
	if ready.After(g.clock.Now()) {
		return ready, false
	}
	g.take(call)
	return ready, true
}

func (g *Gate) holdOf(call Call) time.Time {
	state, known := g.chats[call.Chat]
	switch {
	case call.Reading() && known:
		return state.asked
	case call.unheld():
		return time.Time{}
	case known:
		return later(g.all, state.held)
	}
	return g.all
}

func (g *Gate) ready(call Call) time.Time {
	when := g.holdOf(call)
	if call.metered() {
		when = later(when, g.overall.free())
	}
	state, known := g.chats[call.Chat]
	if !known {
		return when
	}
	if call.Public() {
		when = later(when, state.public.freeKeeping(call.keeps()))
	}
	if call.posts() {
		when = later(when, state.pace.free())
	}
	return when
}

func (g *Gate) take(call Call) {
	now := g.clock.Now()
	g.sweep(now)
	if call.metered() {
		g.overall.book(now)
	}
	if call.Chat == 0 || !call.posts() && !call.Public() {
		return
	}
	state := g.chat(call.Chat)
	if call.posts() {
		state.pace.book(now)
	}
	if call.Public() {
		state.public.book(now)
	}
}

func (g *Gate) chat(id int64) *chatGate {
	state, ok := g.chats[id]
	if !ok {
		state = &chatGate{public: window{limit: groupLimit}, pace: window{limit: paceLimit}}
		g.chats[id] = state
	}
	return state
}

// sweep forgets chats in which nothing counts any more.
func (g *Gate) sweep(now time.Time) {
	if now.Sub(g.swept) < sweepPeriod {
		return
	}
	g.swept = now
	for id, state := range g.chats {
		if !state.held.After(now) && !state.asked.After(now) && state.public.idle(now) && state.pace.idle(now) {
			delete(g.chats, id)
		}
	}
}

// limit is "at most count within span".
type limit struct {
	count int
	span  time.Duration
}

// window holds the last bookings under a sliding limit, oldest first from next.
type window struct {
	limit limit
	times []time.Time // grows to limit.count, then is a ring
	next  int         // the oldest booking once the ring is full
}

// free is when the next booking keeps the limit; the zero time means now.
func (w *window) free() time.Time { return w.freeKeeping(0) }

// freeKeeping is when the next booking leaves room for so many more.
func (w *window) freeKeeping(room int) time.Time {
	over := len(w.times) - (w.limit.count - room)
	if over < 0 {
		return time.Time{}
	}
	return w.times[(w.next+over)%len(w.times)].Add(w.limit.span)
}

func (w *window) book(now time.Time) {
	if len(w.times) < w.limit.count {
		w.times = append(w.times, now)
		return
	}
	w.times[w.next] = now
	w.next = (w.next + 1) % w.limit.count
}

// room is how many bookings keep the limit now.
func (w *window) room(now time.Time) int {
	free := w.limit.count
	for _, t := range w.times {
		if now.Sub(t) < w.limit.span {
			free--
		}
	}
	return free
}

// idle reports whether no booking counts any more.
func (w *window) idle(now time.Time) bool { return w.room(now) == w.limit.count }

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
