package outbox_test

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/outbox"
)

// asks asks whether the worker is idle, and gives a channel on which it says so.
func (p *post) asks() <-chan error {
	said := make(chan error, 1)
	go func() { said <- p.worker.Idle(p.ctx) }()
	p.looks()
	return said
}

func (p *post) notIdle(said <-chan error) {
	p.t.Helper()
	select {
	case err := <-said:
		p.t.Fatalf("idle too soon: %v", err)
	default:
	}
}

func (p *post) idle(said <-chan error) {
	p.t.Helper()
	if err := <-said; err != nil {
		p.t.Fatal(err)
	}
}

func TestIdleWaitsForWhatIsUnderWay(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPost(t)
		p.queue.put(1, 1, "card")
		p.queue.put(1, 1, "next card")
		p.run()
		first := p.next("card")
		said, also := p.asks(), p.asks()
		p.notIdle(said)
		first.answer <- nil
		second := p.next("next card")
		p.looks()
		p.notIdle(said)
		second.answer <- nil
		p.idle(said)
		p.idle(also)
	})
}

func TestIdleDoesNotWaitForTimes(t *testing.T) {
	t.Parallel()
	for name, result := range map[string]error{
		"for a retry": errNetwork, "for a right": outbox.ErrHeld,
		"for a limit":   &outbox.NotBefore{Until: time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)},
		"for the limit": &outbox.NotBefore{Until: time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC), Also: outbox.WholeClass},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				p := newPost(t)
				p.queue.put(1, 0, "lift", p.clock.Now().Add(time.Hour))
				p.queue.put(1, 1, "card")
				p.run()
				p.next("card").answer <- result
				if err := p.worker.Idle(p.ctx); err != nil {
					t.Fatal(err)
				}
				if left := p.queue.left(); !slices.Equal(left, []string{"lift", "card"}) {
					t.Errorf("left are %q", left)
				}
			})
		})
	}
}

// A worker that cannot see its queue does not know whether there is anything to do.
func TestIdleWaitsForTheQueue(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPost(t)
		p.queue.fail("Ready", 1000)
		p.queue.put(1, 1, "card")
		p.run()
		said := p.asks()
		p.looks()
		p.notIdle(said)
		p.queue.fail("Ready", 0)
		p.worker.Wake()
		card := p.next("card")
		p.notIdle(said)
		card.answer <- nil
		p.idle(said)
	})
}
