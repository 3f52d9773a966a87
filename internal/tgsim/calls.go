package tgsim

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/calls"
)

// Call is one method call that a bot made. getUpdates is not logged.
type Call struct {
	calls.Record
	Bot *Bot
}

// Calls is the log of all calls so far.
func (s *Sim) Calls() []Call { return s.CallsSince(0) }

// CallsSince is the log from the n-th call on.
func (s *Sim) CallsSince(n int) []Call {
	s.lock()
	defer s.unlock()
	return handles(s.api.Log.Since(n), func(c calls.Record) Call { return Call{Record: c, Bot: s.bot(c.Bot)} })
}

// CallCount is the number of calls so far, logged or not.
func (s *Sim) CallCount() int {
	s.lock()
	defer s.unlock()
	return s.api.Log.Count
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

// WaitConfirmed returns when all bots but the Unattended ones have confirmed
// every update that was produced before the call, floods included; with
// webhooks, when all got their 2xx.
func (s *Sim) WaitConfirmed(ctx context.Context) error { return s.api.Lines.WaitConfirmed(ctx) }
