// Package guard is the lock of a simulated world and how to wait for a change
// in it.
//
// Everything that belongs to a world is under one [Guard]. Whoever changes
// something says so with Touch or Show; Unlock then wakes those who wait. It
// does not know what is guarded.
package guard

import (
	"context"
	"sync"
)

// A Guard is the one mutex of a world. It wakes those who wait for a change.
type Guard struct {
	mu       sync.Mutex
	wake     chan struct{} // closed at the next change; nil when nobody waits
	changed  bool          // something that a waiter may wait for
	visible  bool          // something that a person can see
	onChange []func()
}

// OnChange has f called after each change that some person could see. It is
// called without locks, possibly from several goroutines at once.
func (g *Guard) OnChange(f func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.onChange = append(g.onChange, f)
}

// Lock takes the world.
func (g *Guard) Lock() { g.mu.Lock() }

// Unlock releases the world, wakes those who wait for changes and calls the
// OnChange hooks.
func (g *Guard) Unlock() {
	if g.changed && g.wake != nil {
		close(g.wake)
		g.wake = nil
	}
	g.changed = false
	var hooks []func()
	if g.visible {
		hooks = g.onChange
	}
	g.visible = false
	g.mu.Unlock()
	for _, f := range hooks {
		f()
	}
}

// Touch notes a change that waiters may wait for.
func (g *Guard) Touch() { g.changed = true }

// Show notes a change that people see.
func (g *Guard) Show() { g.changed, g.visible = true, true }

// Next returns a channel that is closed after the next change.
func (g *Guard) Next() <-chan struct{} {
	if g.wake == nil {
		g.wake = make(chan struct{})
	}
	return g.wake
}

// Wait blocks until cond, called without the lock after every change of any
// kind, returns true, or until ctx ends.
func (g *Guard) Wait(ctx context.Context, cond func() bool) error {
	for {
		g.mu.Lock()
		next := g.Next()
		g.mu.Unlock()
		if cond() {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-next:
		}
	}
}

// Await is Wait with the condition evaluated under the lock, which it takes
// itself.
func (g *Guard) Await(ctx context.Context, cond func() bool) error {
	return g.Wait(ctx, func() bool {
		g.mu.Lock()
		defer g.mu.Unlock()
		return cond()
	})
}
