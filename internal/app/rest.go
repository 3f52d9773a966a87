package app

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// rest says until when a background task has nothing to do, so that [App.WaitIdle] can wait for it.
type rest struct {
	mu      sync.Mutex
	until   time.Time     // zero while the task works
	changed chan struct{} // closed when until changes
}

func newRest() *rest { return &rest{changed: make(chan struct{})} }

// never is when a task goes on that waits for something other than time.
var never = time.Unix(1<<40, 0)

// set says until when the task has nothing to do. A task that waits for a clock starts its timer first: whoever hears that
// it rests may move the clock.
func (r *rest) set(until time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.until = until
	close(r.changed)
	r.changed = make(chan struct{})
}

// idle returns when the task has nothing to do at this time of the clock.
func (r *rest) idle(ctx context.Context, now func() time.Time) error {
	for {
		r.mu.Lock()
		idle, changed := r.until.After(now()), r.changed
		r.mu.Unlock()
		if idle {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("wait for a background task: %w", ctx.Err())
		}
	}
}
