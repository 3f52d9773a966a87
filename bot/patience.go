package bot

import (
	"context"
	"sync"
	"time"

	"github.com/jonboulle/clockwork"
)

// For how long what an update asks of Telegram is asked again. It is counted from
// when the update came, so that those that waited behind another do not add to
// each other; but each has a moment of its own. Who waits for an answer is told in
// time that there is none: an ephemeral one can be sent for 15 s.
const (
	patienceAll = 10 * time.Second
	patienceOwn = 2 * time.Second
)

// patience is how long one update may wait for Telegram to answer its questions.
// While all its questions rest, it takes nobody's place.
type patience struct {
	r    *Receiver
	give func() // gives its place to others
	take func() // takes it back

	mu      sync.Mutex // guards all below
	until   time.Time
	asking  int // questions that are not answered yet
	resting int // of these, waiting to be asked again
}

type patienceKey struct{}

// withPatience lets the reading calls that are made under the context be tried again.
func withPatience(ctx context.Context, p *patience) context.Context {
	return context.WithValue(ctx, patienceKey{}, p)
}

// Impatient is for questions whose answer nobody needs: they are asked once.
func Impatient(ctx context.Context) context.Context { return withPatience(ctx, nil) }

// patienceOf is the patience of the update that is being handled, or nil.
func patienceOf(ctx context.Context) *patience {
	p, _ := ctx.Value(patienceKey{}).(*patience)
	return p
}

func (p *patience) enter() { p.count(1, 0) }
func (p *patience) leave() { p.count(-1, 0) }

// count keeps the place while a question is under way, and gives it away while all rest.
func (p *patience) count(asking, resting int) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	before := p.atRest()
	p.asking += asking
	p.resting += resting
	switch after := p.atRest(); {
	case after && !before:
		p.give()
	case before && !after:
		p.take()
	}
}

func (p *patience) atRest() bool { return p.resting > 0 && p.resting == p.asking }

// left is how long the patience lasts.
func (p *patience) left() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.until.Sub(p.r.clock.Now())
}

func (p *patience) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.until = time.Time{}
}

// rest waits before a question is asked again, and reports whether it may be. A pause
// that would last too long is cut short if it may be, so that there is a last attempt.
func (p *patience) rest(ctx context.Context, pause time.Duration, cut bool) bool {
	if p == nil {
		return false
	}
	left := p.left()
	if left <= 0 || pause > left && !cut {
		return false
	}
	wake, hurry := p.r.rests.begin(p.r.clock, min(pause, left))
	defer p.r.rests.end(wake)
	p.count(0, 1)
	defer p.count(0, -1)
	select {
	case <-wake.timer.Chan():
	case <-hurry:
		p.end()
		return cut // not before Telegram wants to be asked again
	case <-ctx.Done():
		return false
	}
	return ctx.Err() == nil
}

// rests are the pauses of all updates.
type rests struct {
	mu      sync.Mutex // guards all below
	pauses  map[*pause]bool
	hurry   chan struct{} // closed while nobody has time any more
	hurried bool          // whether it is closed
	changed chan struct{} // closed when a pause begins or ends
}

type pause struct {
	timer clockwork.Timer
	until time.Time
}

func newRests() *rests {
	return &rests{pauses: map[*pause]bool{}, hurry: make(chan struct{}), changed: make(chan struct{})}
}

func (r *rests) begin(clock clockwork.Clock, d time.Duration) (*pause, <-chan struct{}) {
	r.mu.Lock()
	defer r.mu.Unlock()
	p := &pause{clock.NewTimer(d), clock.Now().Add(d)}
	r.pauses[p] = true
	r.change()
	return p, r.hurry
}

// change tells those who watch. mu is held.
func (r *rests) change() {
	close(r.changed)
	r.changed = make(chan struct{})
}

func (r *rests) end(p *pause) {
	p.timer.Stop()
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.pauses, p)
	r.change()
}

// setHurry says whether updates wait behind those that pause. While they do, a pause ends at once, also one that begins later.
func (r *rests) setHurry(hurry bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case hurry && !r.hurried:
		close(r.hurry)
	case !hurry && r.hurried:
		r.hurry = make(chan struct{})
	}
	r.hurried = hurry
}

// next is when the first pause ends, zero if there is none, and what is closed when one begins or ends.
func (r *rests) next() (time.Time, <-chan struct{}) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var first time.Time
	for p := range r.pauses {
		if first.IsZero() || p.until.Before(first) {
			first = p.until
		}
	}
	return first, r.changed
}
