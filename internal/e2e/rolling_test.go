package e2e

import (
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/pgtest"
)

// This test does an upgrade as docs/operations.md describes it. Three replicas on PostgreSQL behind a proxy are stopped and
// started again, one after the other, twice, while people report and vote. Each ends by itself, and nothing is lost.
func TestRollingRestart(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes")
	}
	t.Parallel()
	c := newChaos(t, pgtest.Start(t, true))
	for range 2 {
		for i, p := range c.replicas {
			stopped := make(chan time.Duration)
			go func() { stopped <- p.stop() }()
			if took := c.liveUntil(stopped); took > stopsWithin {
				t.Errorf("replica %d took %v to stop; want %v at most", i, took, stopsWithin)
			}
			c.liveUntil(after(300 * time.Millisecond))
			p.start()
			c.liveUntil(after(300 * time.Millisecond))
		}
	}
	c.rest()
	c.judge()
	t.Logf("people did %d things meanwhile", c.said)
}

// after says so when some time is over.
func after(d time.Duration) <-chan time.Duration {
	over := make(chan time.Duration, 1)
	time.AfterFunc(d, func() { over <- d })
	return over
}

// liveUntil has people live until something has happened, and says how long that took.
func (c *chaos) liveUntil(happened <-chan time.Duration) time.Duration {
	step := time.NewTicker(12 * time.Millisecond)
	defer step.Stop()
	for {
		select {
		case took := <-happened:
			return took
		case <-step.C:
			c.live()
		}
	}
}
