package tgsim

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/params"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// FaultKind is a way for a call to go wrong.
type FaultKind string

// The kinds of faults.
const (
	// TooManyRequests refuses with 429 and RetryAfter.
	TooManyRequests FaultKind = "too many requests"
	// ServerError answers 502 with a page of HTML; nothing was done.
	ServerError FaultKind = "server error"
	// Reset closes the connection without an answer; nothing was done.
	Reset FaultKind = "reset"
	// LostAnswer does the deed, then closes the connection.
	LostAnswer FaultKind = "lost answer"
	// Hang keeps the call waiting until it is released or the client goes;
	// released, the call goes on as usual.
	Hang FaultKind = "hang"
	// Refuse answers 400 with "Bad Request: " and the Description.
	Refuse FaultKind = "refuse"
	// Pretend answers True and does nothing, as deleteMessage is known to do.
	Pretend FaultKind = "pretend"
	// Duplicate, for getUpdates, delivers confirmed updates once more.
	Duplicate FaultKind = "duplicate"
)

// Fault says which calls are to go wrong, and how.
type Fault struct {
	Kind        FaultKind
	Method      string // "" is any but getUpdates
	Chat        int64  // the call's chat_id; 0 is any
	Bot         *Bot   // nil is any
	Skip        int    // so many matching calls go well first
	Times       int    // how often; 0 is once, negative for ever
	RetryAfter  int64  // of TooManyRequests, in seconds; 0 is 1
	Description string // of Refuse

	release <-chan struct{} // of Hang
}

// Armed is a fault in waiting.
type Armed struct {
	Fault
	sim      *Sim
	hits     int
	released chan struct{}
	disarmed bool
}

// Fail arms a fault. Of several that match a call the oldest strikes.
func (s *Sim) Fail(f Fault) *Armed {
	s.Lock()
	defer s.Unlock()
	if f.Times == 0 {
		f.Times = 1
	}
	a := &Armed{Fault: f, sim: s, released: make(chan struct{})}
	s.faults = append(s.faults, a)
	return a
}

// Release lets hanging calls go on, now and later, and disarms the fault.
func (a *Armed) Release() {
	a.sim.Lock()
	defer a.sim.Unlock()
	if !a.disarmed {
		a.disarmed = true
		close(a.released)
	}
}

// Hits is how often the fault has struck.
func (a *Armed) Hits() int {
	a.sim.Lock()
	defer a.sim.Unlock()
	return a.hits
}

// WaitHit returns once the fault has struck n times.
func (a *Armed) WaitHit(ctx context.Context, n int) error {
	return a.sim.Await(ctx, func() bool { return a.hits >= n })
}

// matches says whether the fault is meant for the call, and counts.
func (a *Armed) matches(b *Bot, method string, chat int64) bool {
	switch {
	case a.disarmed || a.Times == 0,
		a.Method == "" && a.Kind != Duplicate && method == "getUpdates",
		a.Method != "" && a.Method != method,
		a.Chat != 0 && a.Chat != chat,
		a.Bot != nil && a.Bot != b:
		return false
	case a.Skip > 0:
		a.Skip--
		return false
	}
	if a.Times > 0 {
		a.Times--
	}
	a.hits++
	a.sim.Touch()
	return true
}

// takeFault picks the fault that strikes the call, if any. It takes the lock
// itself.
func (s *Sim) takeFault(b *Bot, method string, p params.Params) *Fault {
	s.Lock()
	defer s.Unlock()
	chat := p.Num("chat_id")
	if q := (&call{Sim: s, bot: b, p: p}).answered(); chat == 0 && q != nil {
		chat = q.message.chat.id
	}
	for _, a := range s.faults {
		if a.Kind != Duplicate && a.matches(b, method, chat) {
			f := a.Fault
			f.release = a.released
			return &f
		}
	}
	if s.chaos != nil {
		return s.chaos.pick()
	}
	return nil
}

// duplicates takes a Duplicate fault and returns what it delivers again.
func (s *Sim) duplicates(b *Bot) []queued {
	if len(b.queue.recent) == 0 {
		return nil
	}
	for _, a := range s.faults {
		if a.Kind == Duplicate && a.matches(b, "getUpdates", 0) {
			return b.queue.recent
		}
	}
	return nil
}

// fail lets the fault strike before the deed and reports whether the call is
// over. It takes no lock while it hangs.
func (s *Sim) fail(w http.ResponseWriter, ctx context.Context, b *Bot, method string, p params.Params, f *Fault) bool {
	var e *wire.Error
	switch f.Kind {
	case TooManyRequests:
		e = wire.TooMany(max(1, f.RetryAfter))
	case Refuse:
		e = wire.BadRequest(f.Description)
	case ServerError:
		e = &wire.Error{Code: http.StatusBadGateway, Description: "Bad Gateway"}
	case Reset:
		e = &wire.Error{Description: "connection reset"}
	case Hang:
		select {
		case <-f.release:
			return false
		case <-ctx.Done():
			e = &wire.Error{Description: "the client gave up"}
		}
	case Pretend:
		s.pretend(b, method, p, f)
		write(w, http.StatusOK, []byte(`{"ok":true,"result":true}`))
		return true
	default:
		return false
	}
	s.strike(b, method, p, f, e)
	switch f.Kind {
	case ServerError:
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(e.Code)
		w.Write([]byte("<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"))
	case Reset, Hang:
		panic(http.ErrAbortHandler)
	default:
		answer(w, e)
	}
	return true
}

// pretend logs a call that seems to have succeeded.
func (s *Sim) pretend(b *Bot, method string, p params.Params, f *Fault) {
	s.Lock()
	defer s.Unlock()
	s.record(b, method, p, json.RawMessage("true"), nil, f)
}

// strike logs a call that a fault ended.
func (s *Sim) strike(b *Bot, method string, p params.Params, f *Fault, e *wire.Error) {
	if method == "getUpdates" {
		return
	}
	s.Lock()
	defer s.Unlock()
	s.record(b, method, p, nil, e, f)
}
