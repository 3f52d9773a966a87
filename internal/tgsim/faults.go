package tgsim

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/faults"
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
}

// Armed is a fault in waiting.
type Armed struct {
	sim   *Sim
	fault *faults.Armed
}

// Fail arms a fault. Of several that match a call the oldest strikes.
func (s *Sim) Fail(f Fault) *Armed {
	s.lock()
	defer s.unlock()
	inner := faults.Fault{
		Kind: f.Kind, Method: f.Method, Chat: f.Chat, Skip: f.Skip, Times: f.Times, RetryAfter: f.RetryAfter, Description: f.Description,
	}
	if f.Bot != nil {
		inner.Bot = f.Bot.ID()
	}
	return &Armed{sim: s, fault: s.api.Faults.Arm(inner)}
}

// Release lets hanging calls go on, now and later, and disarms the fault.
func (a *Armed) Release() {
	a.sim.lock()
	defer a.sim.unlock()
	a.fault.Disarm()
}

// Hits is how often the fault has struck.
func (a *Armed) Hits() int {
	a.sim.lock()
	defer a.sim.unlock()
	return a.fault.Hits
}

// WaitHit returns once the fault has struck n times.
func (a *Armed) WaitHit(ctx context.Context, n int) error {
	return a.sim.world.Await(ctx, func() bool { return a.fault.Hits >= n })
}

// SetChaos changes or, with nil, ends the random faults.
func (s *Sim) SetChaos(c *Chaos) {
	s.lock()
	defer s.unlock()
	s.api.Faults.SetChaos(c)
}

// SetCallTime changes how long the calls take that come from now on.
func (s *Sim) SetCallTime(t CallTime) {
	s.lock()
	defer s.unlock()
	s.api.Faults.SetCallTime(t)
}
