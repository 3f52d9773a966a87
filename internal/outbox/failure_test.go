package outbox_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/outbox"
)

// What became of a row cannot be written: the row is there, others go on, and it is delivered again
// after a breath.
func TestRowThatCannotBeSettled(t *testing.T) {
	t.Parallel()
	for method, result := range map[string]error{
		"Drop": nil, "Retry": errNetwork, "Hold": outbox.ErrHeld,
	} {
		t.Run(method, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				p := newPost(t)
				p.queue.put(1, 1, "card")
				p.queue.fail(method, 1)
				p.run()
				p.next("card").answer <- result
				p.called(method + " failed")
				p.queue.put(2, 1, "other card")
				p.worker.Wake()
				p.done("other card")
				p.nothing()
				p.pass(time.Second)
				p.done("card")
				p.empty()
			})
		})
	}
}

// The queue cannot be read: it is asked again after a breath.
func TestQueueThatCannotBeRead(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPost(t)
		p.queue.put(1, 1, "card")
		p.queue.fail("Ready", 2)
		p.run()
		for range 2 {
			p.called("Ready failed")
			p.pass(time.Second)
		}
		p.done("card")
		p.empty()
	})
}

// Killed after a delivery and before that is written: the row is there, and is delivered again by
// the ordinary path.
func TestKilledBeforeDropRepeats(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPost(t)
		p.queue.put(1, 1, "card")
		p.queue.fail("Drop", 1)
		p.run()
		p.done("card")
		p.called("Drop failed")
		p.looks()
		p.stop()
		<-p.stopped

		after := newPost(t)
		after.queue.rows = p.queue.rows
		after.run()
		after.pass(time.Second) // until then it was given back
		after.done("card")
		after.empty()
	})
}

func TestStopWaitsForDeliveries(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPost(t)
		p.queue.put(1, 1, "card")
		p.queue.put(1, 1, "never begun")
		p.run()
		under := p.next("card")
		p.stop()
		p.waits() // until it gives up
		select {
		case <-p.stopped:
			t.Fatal("stopped before the delivery ended")
		default:
		}
		if under.ctx.Err() != nil {
			t.Error("the delivery was called off at once")
		}
		under.answer <- nil
		<-p.stopped
		if left := p.queue.left(); !slices.Equal(left, []string{"never begun"}) {
			t.Errorf("left are %q", left)
		}
	})
}

func TestStopCallsDeliveriesOffAfterAWhile(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPost(t)
		p.queue.put(1, 1, "card")
		p.run()
		under := p.next("card")
		p.stop()
		p.pass(3 * time.Second)
		<-under.ctx.Done()
		under.answer <- under.ctx.Err()
		<-p.stopped
		if left := p.queue.left(); !slices.Equal(left, []string{"card"}) {
			t.Errorf("left are %q", left)
		}
	})
}

func TestStopOfAnIdleWorker(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPost(t)
		p.run()
		p.empty()
		p.stop()
		<-p.stopped
		ctx, cancel := context.WithCancel(p.ctx)
		cancel()
		if err := p.worker.Idle(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("Idle of a worker that stopped = %v", err)
		}
	})
}
