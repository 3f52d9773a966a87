package bot

import (
	"context"
	"time"

	"github.com/jonboulle/clockwork"
)

// How long a failed piece of work rests before it is tried again.
const (
	retryFirst = 100 * time.Millisecond
	retryCap   = 5 * time.Second
)

// backoff yields growing delays: first, twice that, and so on up to cap.
type backoff struct {
	first, cap time.Duration
	last       time.Duration
}

func (b *backoff) next() time.Duration {
	b.last = min(max(2*b.last, b.first), b.cap)
	return b.last
}

func (b *backoff) reset() { b.last = 0 }

// sleep waits by the clock; it ends early with the context's error.
func sleep(ctx context.Context, clock clockwork.Clock, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := clock.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.Chan():
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
