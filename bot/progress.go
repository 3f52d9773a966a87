package bot

import (
	"context"
	"sync"
	"time"

	"github.com/jonboulle/clockwork"
)

// progress records which updates were received and which of them are done. So it knows
// up to where they may be confirmed: all earlier ones must be done.
type progress struct {
	mu     sync.Mutex // guards all below
	offset int64      // the first update that is not confirmed; 0 = not known yet
	order  []int64    // received and not before offset, as Telegram ordered them
	past   []int64    // before offset, but an earlier getUpdates may still return them
	done   map[int64]bool
	open   int           // of order, not done
	idle   chan struct{} // signalled when open becomes 0; capacity 1
}

func newProgress() *progress {
	return &progress{done: map[int64]bool{}, idle: make(chan struct{}, 1)}
}

// receive notes an update and reports whether it is new.
func (p *progress) receive(id int64) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, known := p.done[id]; known {
		return false
	}
	p.done[id] = false
	p.order = append(p.order, id)
	p.open++
	return true
}

// finish notes that an update is done.
func (p *progress) finish(id int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done[id] = true
	p.open--
	n := 0
	for n < len(p.order) && p.done[p.order[n]] {
		p.offset = p.order[n] + 1
		n++
	}
	p.past = append(p.past, p.order[:n]...)
	p.order = p.order[n:]
	if p.open == 0 {
		select {
		case p.idle <- struct{}{}:
		default:
		}
	}
}

// ask is the offset for the next getUpdates, and whether updates from there on are in
// progress. Telegram does not repeat earlier ones once it was asked with this offset.
func (p *progress) ask() (offset int64, busy bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, id := range p.past {
		delete(p.done, id)
	}
	p.past = p.past[:0]
	return p.offset, p.open > 0
}

// busy reports whether any update is in progress.
func (p *progress) busy() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.open > 0
}

// idleAt reports whether no update is in progress and offset is still the next one.
func (p *progress) idleAt(offset int64) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.open == 0 && p.offset == offset
}

// wait returns when no update is in progress any more, but after limit at the latest; then it returns false.
func (p *progress) wait(ctx context.Context, clock clockwork.Clock, limit time.Duration) bool {
	timer := clock.NewTimer(limit)
	defer timer.Stop()
	for {
		if !p.busy() {
			return true
		}
		select {
		case <-p.idle:
		case <-timer.Chan():
			return false
		case <-ctx.Done():
			return false
		}
	}
}
