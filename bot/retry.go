package bot

import (
	"context"
	"sync"
	"time"

	"github.com/jonboulle/clockwork"
)

// A question that an update depends on is asked again within these limits. An ephemeral answer
// can be sent for 15 s, so the person hears in time if there is none.
const (
	retryFor     = 10 * time.Second // after the update came, so that updates in a queue do not add up
	retryAtLeast = 2 * time.Second  // for each update, however long it waited behind another
)

// retryBudget is how long one update may wait for Telegram to answer its questions.
// While all its questions pause, the update gives its slot to another one.
type retryBudget struct {
	clock  clockwork.Clock
	pauses *pauses
	give   func() // gives the slot to another update
	take   func() // takes the slot back

	mu      sync.Mutex // guards all below
	until   time.Time
	asking  int // questions that are not answered yet
	pausing int // of these, waiting to be asked again
}

type retryBudgetKey struct{}

// withRetries makes the reading calls under the context try again.
func withRetries(ctx context.Context, b *retryBudget) context.Context {
	return context.WithValue(ctx, retryBudgetKey{}, b)
}

// WithoutRetries makes the reading calls under the context try only once, for answers that nobody needs.
func WithoutRetries(ctx context.Context) context.Context { return withRetries(ctx, nil) }

// budgetOf is the budget of the update that is being handled, or nil.
func budgetOf(ctx context.Context) *retryBudget {
	b, _ := ctx.Value(retryBudgetKey{}).(*retryBudget)
	return b
}

func (b *retryBudget) enter() { b.count(1, 0) }
func (b *retryBudget) leave() { b.count(-1, 0) }

// count keeps the slot while a question is under way, and gives it away while all pause.
func (b *retryBudget) count(asking, pausing int) {
	if b == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	before := b.allPause()
	b.asking += asking
	b.pausing += pausing
	switch after := b.allPause(); {
	case after && !before:
		b.give()
	case before && !after:
		b.take()
	}
}

func (b *retryBudget) allPause() bool { return b.pausing > 0 && b.pausing == b.asking }

// left is how long the budget lasts.
func (b *retryBudget) left() time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.until.Sub(b.clock.Now())
}

// wait pauses before a question is asked again, and reports whether it may be asked. With cut,
// a pause that is longer than the budget is shortened, so that there is a last attempt.
func (b *retryBudget) wait(ctx context.Context, pause time.Duration, cut bool) bool {
	if b == nil {
		return false
	}
	left := b.left()
	if left <= 0 || pause > left && !cut {
		return false
	}
	wake := b.pauses.begin(b.clock, min(pause, left))
	defer b.pauses.end(wake)
	b.count(0, 1)
	defer b.count(0, -1)
	select {
	case <-wake.timer.Chan():
	case <-ctx.Done():
		return false
	}
	return ctx.Err() == nil
}
