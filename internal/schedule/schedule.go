// Package schedule runs jobs when they are due, by the clock that it is given.
//
// A time is written as in robfig/cron ("@every 1s", "0 9 * * 1"). A job that is
// late, because the process was down or another job took long, runs once and not
// once for each time missed. It must be safe to run a job again, because several
// replicas run the same schedule.
//
// It does not know what the jobs do.
package schedule

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/jonboulle/clockwork"
	"github.com/robfig/cron/v3"
)

// Job is something to be done again and again.
type Job struct {
	Name string // for the log and the metrics
	When string // as robfig/cron writes it
	Run  func(context.Context) error
}

// Observer is told how each run of a job went; it must be quick.
type Observer func(job string, took time.Duration, err error)

// Schedule runs jobs, one at a time.
type Schedule struct {
	// Observe is told of each run. Set it before [Schedule.Run]; default: nobody.
	Observe Observer

	clock clockwork.Clock
	log   *slog.Logger
	jobs  []planned // owned by Run

	mu      sync.Mutex
	until   time.Time     // nothing is to be done before; zero while jobs run
	changed chan struct{} // closed when until changes
}

type planned struct {
	Job
	when cron.Schedule
	next time.Time
}

// New returns a schedule. Every job runs once at the start, then by its times.
func New(clock clockwork.Clock, log *slog.Logger, jobs ...Job) (*Schedule, error) {
	s := &Schedule{clock: clock, log: log, changed: make(chan struct{}), Observe: func(string, time.Duration, error) {}}
	for _, j := range jobs {
		when, err := cron.ParseStandard(j.When)
		if err != nil {
			return nil, fmt.Errorf("read the times of job %s: %w", j.Name, err)
		}
		s.jobs = append(s.jobs, planned{Job: j, when: when, next: clock.Now()})
	}
	return s, nil
}

// Run runs jobs until ctx ends. A job that fails is logged and runs again at its next time.
func (s *Schedule) Run(ctx context.Context) {
	for ctx.Err() == nil {
		s.set(time.Time{})
		next := s.runDue(ctx)
		// Only when the alarm is set is it true that we rest: who was told so may move a clock.
		timer := s.clock.NewTimer(next.Sub(s.clock.Now()))
		s.set(next)
		select {
		case <-timer.Chan():
		case <-ctx.Done():
		}
		timer.Stop()
	}
}

// runDue runs what is due and says when to look again.
func (s *Schedule) runDue(ctx context.Context) time.Time {
	next := s.clock.Now().Add(time.Hour)
	for i := range s.jobs {
		j := &s.jobs[i]
		if now := s.clock.Now(); !j.next.After(now) && ctx.Err() == nil {
			err := j.Run(ctx)
			if ctx.Err() != nil {
				err = nil // it was told to stop, and goes on after the next start
			}
			s.Observe(j.Name, s.clock.Since(now), err)
			if err != nil {
				s.log.Error("schedule: a job failed and will run again", "job", j.Name, "error", err)
			}
			j.next = j.when.Next(now)
		}
		if j.next.Before(next) {
			next = j.next
		}
	}
	return next
}

func (s *Schedule) set(until time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.until = until
	close(s.changed)
	s.changed = make(chan struct{})
}

// Idle returns when every job that is due by the clock has run.
func (s *Schedule) Idle(ctx context.Context) error {
	for {
		s.mu.Lock()
		rests, changed := s.until.After(s.clock.Now()), s.changed
		s.mu.Unlock()
		if rests {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("wait for the schedule: %w", ctx.Err())
		}
	}
}
