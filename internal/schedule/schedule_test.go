package schedule_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/ostrakon-bot/ostrakon/internal/schedule"
)

func TestJobsRunAtTheirTimesAndOnceWhenLate(t *testing.T) {
	clock := clockwork.NewFakeClockAt(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))
	runs, failures := 0, 0
	s, err := schedule.New(clock, slog.New(slog.DiscardHandler),
		schedule.Job{Name: "often", When: "@every 10s", Run: func(context.Context) error { runs++; return nil }},
		schedule.Job{Name: "fails", When: "@hourly", Run: func(context.Context) error { failures++; return errors.New("no") }},
	)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	s.Observe = func(job string, took time.Duration, err error) {
		if took != 0 || (err != nil) != (job == "fails") {
			t.Errorf("told of %s: %v, %v", job, took, err)
		}
		seen[job]++
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { s.Run(ctx); close(done) }()
	idle := func() {
		t.Helper()
		if err := s.Idle(ctx); err != nil {
			t.Fatal(err)
		}
	}
	for _, step := range []struct {
		after              time.Duration
		wantRuns, wantFail int
	}{
		{0, 1, 1}, {9 * time.Second, 1, 1}, {time.Second, 2, 1}, {10 * time.Second, 3, 1}, {time.Hour, 4, 2},
	} {
		clock.Advance(step.after)
		idle()
		if runs != step.wantRuns || failures != step.wantFail {
			t.Errorf("after %v more: %d runs and %d failures, want %d and %d", step.after, runs, failures, step.wantRuns, step.wantFail)
		}
	}
	cancel()
	<-done
	if seen["often"] != runs || seen["fails"] != failures {
		t.Errorf("told of %v, ran %d and %d", seen, runs, failures)
	}
}

func TestTimesThatCannotBeReadAreRefused(t *testing.T) {
	_, err := schedule.New(clockwork.NewRealClock(), slog.New(slog.DiscardHandler), schedule.Job{Name: "x", When: "now and then"})
	if err == nil {
		t.Error("New took times that cannot be read")
	}
}
