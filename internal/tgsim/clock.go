package tgsim

import (
	"sync"
	"time"
)

// Clock is a clock that moves only when told to. Its Now fits Options.Now.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock starts a clock at the given time.
func NewClock(start time.Time) *Clock { return &Clock{now: start} }

// Now is the clock's present time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Advance moves the clock forward.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}
