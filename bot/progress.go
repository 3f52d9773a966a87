package bot

import (
	"context"
	"sync"
	"time"

	"github.com/jonboulle/clockwork"
)

// progress knows which updates were received and which of them are done, and so
// up to where they may be confirmed: a later update that is done waits for all
// earlier ones.
type progress struct {
	mu     sync.Mutex // guards all below
	offset int64      // the first update that is not confirmed; 0 = not known yet
	order  []int64    // received and not before offset, as Telegram ordered them
	past   []int64    // before offset, but an answer asked for earlier may still hold them
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

// ask is the offset to ask Telegram for, and whether some from there on are still
// being worked on. What lies before will not come again once this is asked.
func (p *progress) ask() (offset int64, busy bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, id := range p.past {
		delete(p.done, id)
	}
	p.past = p.past[:0]
	return p.offset, p.open > 0
}

// busy reports whether anything is being worked on.
func (p *progress) busy() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.open > 0
}

// idleAt reports whether nothing is being worked on and offset is still the one
// to ask for.
func (p *progress) idleAt(offset int64) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.open == 0 && p.offset == offset
}

// wait returns when nothing is open any more, but after limit at the latest.
func (p *progress) wait(ctx context.Context, clock clockwork.Clock, limit time.Duration) {
	timer := clock.NewTimer(limit)
	defer timer.Stop()
	for {
		if !p.busy() {
			return
		}
		select {
		case <-p.idle:
		case <-timer.Chan():
			return
		case <-ctx.Done():
			return
		}
	}
}
