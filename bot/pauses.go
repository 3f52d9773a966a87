package bot

import (
	"sync"
	"time"

	"github.com/jonboulle/clockwork"
)

// pauses holds the pauses of all updates that wait before they ask Telegram again.
type pauses struct {
	mu      sync.Mutex // guards all below
	running map[*pause]bool
	changed chan struct{} // closed when a pause begins or ends, or no update is at work
}

type pause struct {
	timer clockwork.Timer
	until time.Time
}

func newPauses() *pauses {
	return &pauses{running: map[*pause]bool{}, changed: make(chan struct{})}
}

func (p *pauses) begin(clock clockwork.Clock, d time.Duration) *pause {
	p.mu.Lock()
	defer p.mu.Unlock()
	one := &pause{clock.NewTimer(d), clock.Now().Add(d)}
	p.running[one] = true
	p.change()
	return one
}

// tell tells those who wait for a change.
func (p *pauses) tell() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.change()
}

// change closes changed and makes a new one. mu is held.
func (p *pauses) change() {
	close(p.changed)
	p.changed = make(chan struct{})
}

func (p *pauses) end(one *pause) {
	one.timer.Stop()
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.running, one)
	p.change()
}

// next is when the first pause ends, zero if there is none, and a channel that is closed when a pause begins or ends.
func (p *pauses) next() (time.Time, <-chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var first time.Time
	for one := range p.running {
		if first.IsZero() || one.until.Before(first) {
			first = one.until
		}
	}
	return first, p.changed
}
