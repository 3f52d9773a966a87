package tgsim

import (
	"context"
	"encoding/json"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/params"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// Call is one method call that a bot made. getUpdates is not logged.
type Call struct {
	N           int // number of the call, from 0
	Bot         *Bot
	Method      string
	Params      map[string]any    // decoded JSON; numbers are json.Number
	Files       map[string][]byte // what was uploaded, by the name of its part
	Result      json.RawMessage   // nil if the call failed
	Code        int               // error_code; 200 if the call succeeded, 0 if no answer came
	Description string            // of the error
	Fault       FaultKind         // the fault that struck it, if any
	Time        time.Time
	AfterUpdate int64 // the highest update_id the bot had been given by then
}

// OK says whether the deed was done, even if the answer was lost.
func (c Call) OK() bool { return c.Result != nil }

// Int is a numeric parameter, or 0.
func (c Call) Int(name string) int64 { return params.Params{Vals: c.Params}.Num(name) }

// Text is a string parameter, or "".
func (c Call) Text(name string) string { return params.Params{Vals: c.Params}.Str(name) }

// JSON is a parameter as canonical JSON, or "".
func (c Call) JSON(name string) string {
	v, ok := c.Params[name]
	if !ok {
		return ""
	}
	return string(wire.Encode(v))
}

// record logs a call.
func (s *Sim) record(b *Bot, method string, p params.Params, raw json.RawMessage, e *wire.Error, fault *Fault) {
	s.Touch()
	n := s.callCount
	s.callCount++
	if s.opts.NoCallLog {
		return
	}
	c := Call{N: n, Bot: b, Method: method, Params: p.Vals, Result: raw, Code: 200, Time: s.opts.Now(), AfterUpdate: b.queue.shown}
	for name, up := range p.Files {
		if c.Files == nil {
			c.Files = map[string][]byte{}
		}
		c.Files[name] = up.Data
	}
	if e != nil {
		c.Code, c.Description = e.Code, e.Description
	}
	if fault != nil {
		c.Fault = fault.Kind
	}
	s.calls = append(s.calls, c)
}

// Calls is the log of all calls so far.
func (s *Sim) Calls() []Call { return s.CallsSince(0) }

// CallsSince is the log from the n-th call on.
func (s *Sim) CallsSince(n int) []Call {
	s.Lock()
	defer s.Unlock()
	return append([]Call(nil), s.calls[min(n, len(s.calls)):]...)
}

// CallCount is the number of calls so far, logged or not.
func (s *Sim) CallCount() int {
	s.Lock()
	defer s.Unlock()
	return s.callCount
}

// WaitCall returns the first call, past or to come, that match accepts.
func (s *Sim) WaitCall(ctx context.Context, match func(Call) bool) (Call, error) {
	var found Call
	seen := 0
	err := s.Wait(ctx, func() bool {
		for _, c := range s.CallsSince(seen) {
			seen++
			if match(c) {
				found = c
				return true
			}
		}
		return false
	})
	return found, err
}

// WaitConfirmed waits.
func (s *Sim) WaitConfirmed(ctx context.Context) error { return s.lines.waitConfirmed(ctx) }

// Flood floods.
func (s *Sim) Flood(b *Bot, n int, make func(i int)) { s.lines.flood(b, n, make) }
