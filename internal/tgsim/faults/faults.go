// Package faults decides which calls of the Bot API go wrong, and how, and how
// long calls take.
//
// A fault waits in a [Set] for the calls that it is meant for. Chaos makes them at random, the same way for the same
// seed and the same order of calls. The package only decides: what a fault does to a call is done elsewhere.
package faults

import "math/rand/v2"

// Kind is a way for a call to go wrong.
type Kind string

// The kinds of faults.
const (
	// TooManyRequests refuses with 429 and RetryAfter.
	TooManyRequests Kind = "too many requests"
	// ServerError answers 502 with a page of HTML; nothing was done.
	ServerError Kind = "server error"
	// Reset closes the connection without an answer; nothing was done.
	Reset Kind = "reset"
	// LostAnswer performs the call, then closes the connection.
	LostAnswer Kind = "lost answer"
	// Hang keeps the call waiting until it is released or the client goes;
	// released, the call goes on as usual.
	Hang Kind = "hang"
	// Refuse answers 400 with "Bad Request: " and the Description.
	Refuse Kind = "refuse"
	// Pretend answers True and does nothing, as deleteMessage is known to do.
	Pretend Kind = "pretend"
	// Duplicate, for getUpdates, delivers confirmed updates once more.
	Duplicate Kind = "duplicate"
)

// Fault says which calls are to go wrong, and how.
type Fault struct {
	Kind        Kind
	Method      string // "" is any but getUpdates
	Chat        int64  // the call's chat_id; 0 is any
	Bot         int64  // the bot's id; 0 is any
	Skip        int    // so many matching calls go well first
	Times       int    // how often; negative for ever
	RetryAfter  int64  // of TooManyRequests, in seconds; 0 is 1
	Description string // of Refuse

	Release <-chan struct{} // of Hang
}

// Armed is a fault in waiting.
type Armed struct {
	Fault
	Hits     int // how often it has struck
	released chan struct{}
	disarmed bool
}

// Disarm lets hanging calls go on, now and later, and ends the fault.
func (a *Armed) Disarm() {
	if !a.disarmed {
		a.disarmed = true
		close(a.released)
	}
}

// matches says whether the fault is meant for the call, and counts.
func (a *Armed) matches(bot int64, method string, chat int64) bool {
	switch {
	case a.disarmed || a.Times == 0,
		a.Method == "" && a.Kind != Duplicate && method == "getUpdates",
		a.Method != "" && a.Method != method,
		a.Chat != 0 && a.Chat != chat,
		a.Bot != 0 && a.Bot != bot:
		return false
	case a.Skip > 0:
		a.Skip--
		return false
	}
	if a.Times > 0 {
		a.Times--
	}
	a.Hits++
	return true
}

// Set is the faults of one world.
type Set struct {
	armed    []*Armed
	chaos    *chaos
	callTime CallTime
	random   *rand.Rand // of callTime
}

// Arm adds a fault. Of several that match a call the oldest strikes.
func (s *Set) Arm(f Fault) *Armed {
	if f.Times == 0 {
		f.Times = 1
	}
	a := &Armed{Fault: f, released: make(chan struct{})}
	a.Release = a.released
	s.armed = append(s.armed, a)
	return a
}

// SetChaos changes or, with nil, ends the random faults.
func (s *Set) SetChaos(c *Chaos) {
	s.chaos = nil
	if c != nil {
		s.chaos = newChaos(*c)
	}
}

// Strike picks the fault that strikes a call, if any.
func (s *Set) Strike(bot int64, method string, chat int64) *Fault {
	for _, a := range s.armed {
		if a.Kind != Duplicate && a.matches(bot, method, chat) {
			f := a.Fault
			return &f
		}
	}
	if s.chaos != nil {
		return s.chaos.pick()
	}
	return nil
}

// Duplicates says whether a Duplicate fault strikes a poll of the bot.
func (s *Set) Duplicates(bot int64) bool {
	for _, a := range s.armed {
		if a.Kind == Duplicate && a.matches(bot, "getUpdates", 0) {
			return true
		}
	}
	return false
}
