package lookup

import (
	"context"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

const (
	poolSize  = 64   // jobs of a pool that run at the same time
	poolQueue = 2048 // and that wait
)

// Pool does in the background what nobody waits for yet: so many jobs side by side, the others in order.
type Pool struct {
	Guard func(job func()) // does a job, and sees to it if that panics; nil: nobody does

	mu      sync.Mutex // guards all below
	jobs    []func()
	running int
	rest    chan struct{} // if it is closed for new jobs: closed when nothing runs any more
}

// Run does a job soon, and returns false if too many wait. It waits for nothing.
func (p *Pool) Run(job func()) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case p.rest != nil:
		return false
	case p.running < poolSize:
		p.start(job)
	case len(p.jobs) < poolQueue:
		p.jobs = append(p.jobs, job)
	default:
		return false
	}
	return true
}

// Now does a job beside those that run, however many these are. Once the pool is closed, the caller does it.
func (p *Pool) Now(job func()) {
	p.mu.Lock()
	closed := p.rest != nil
	if !closed {
		p.start(job)
	}
	p.mu.Unlock()
	if closed {
		job()
	}
}

// start does a job, and then others that wait. mu is held.
func (p *Pool) start(job func()) {
	p.running++
	go p.work(job)
}

// work does a job, and then those that wait.
func (p *Pool) work(job func()) {
	for job != nil {
		if p.Guard != nil {
			p.Guard(job)
		} else {
			job()
		}
		job = p.next()
	}
}

func (p *Pool) next() (job func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.jobs) == 0 || p.running > poolSize {
		p.end()
		return nil
	}
	job = p.jobs[0]
	p.jobs[0] = nil
	p.jobs = p.jobs[1:]
	return job
}

// end notes that a job is over after which its goroutine does no other. mu is held.
func (p *Pool) end() {
	p.running--
	if p.running == 0 && p.rest != nil {
		close(p.rest)
	}
}

// Close forgets the jobs that wait, takes no more, and waits until those that run are over or ctx ends.
func (p *Pool) Close(ctx context.Context) error {
	select {
	case <-p.close():
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (p *Pool) close() <-chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.jobs = nil
	if p.rest == nil {
		p.rest = make(chan struct{})
		if p.running == 0 {
			close(p.rest)
		}
	}
	return p.rest
}

// All asks several things side by side, waits for all answers, and returns the first error. If one panics, so does All: there it
// can be caught.
func All(asks ...func() error) error {
	var g errgroup.Group
	var thrown atomic.Pointer[any]
	for _, ask := range asks {
		g.Go(func() error {
			defer func() {
				if t := recover(); t != nil {
					thrown.Store(&t)
				}
			}()
			return ask()
		})
	}
	err := g.Wait()
	if t := thrown.Load(); t != nil {
		panic(*t)
	}
	return err
}
