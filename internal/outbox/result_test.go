package outbox_test

import (
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/outbox"
)

var errNetwork = errors.New("no network")

func TestWaitOfALane(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPost(t)
		p.queue.put(1, 1, "card 1")
		p.queue.put(1, 2, "letter 1")
		p.queue.put(2, 1, "card 2")
		p.run()
		first := p.together("card 1", "letter 1", "card 2")
		first["card 1"].answer <- &outbox.NotBefore{Until: p.clock.Now().Add(5 * time.Second)}
		first["letter 1"].answer <- nil
		first["card 2"].answer <- nil
		p.called("Drop")
		p.called("Drop")
		p.queue.put(2, 1, "card 2 again")
		p.worker.Wake()
		p.done("card 2 again") // others do not wait
		p.nothing()
		p.pass(5 * time.Second)
		again := p.next("card 1")
		if again.Attempts != 0 {
			t.Errorf("waiting counts as %d attempts", again.Attempts)
		}
		again.answer <- nil
		p.empty()
	})
}

func TestWaitEverywhere(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPost(t)
		p.queue.put(1, 1, "card 1")
		p.run()
		p.next("card 1").answer <- &outbox.NotBefore{Until: p.clock.Now().Add(5 * time.Second), Also: outbox.WholeClass}
		p.waits()
		p.queue.put(2, 1, "card 2")
		p.queue.put(2, 2, "letter 2")
		p.worker.Wake()
		p.done("letter 2") // another class does not wait
		p.nothing()
		p.pass(5 * time.Second)
		for _, d := range p.together("card 1", "card 2") {
			d.answer <- nil
		}
		p.empty()
	})
}

func TestRetryWaitsLongerEachTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPost(t)
		p.queue.put(1, 1, "card")
		p.queue.put(1, 1, "card behind")
		p.queue.put(1, 2, "letter")
		p.run()
		both := p.together("card", "letter")
		both["letter"].answer <- nil
		head := both["card"]
		for attempt := 1; attempt <= 10; attempt++ {
			head.answer <- errNetwork
			p.called("Retry")
			p.nothing()
			p.pass(outbox.Backoff(attempt) - time.Millisecond)
			p.nothing()
			p.pass(time.Millisecond)
			head = p.next("card")
			if head.Attempts != attempt {
				t.Fatalf("attempts %d; want %d", head.Attempts, attempt)
			}
		}
		head.answer <- nil
		p.done("card behind")
		p.empty()
	})
}

func TestHeldLetsOthersPass(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPost(t)
		p.queue.put(1, 0, "ban")
		p.queue.put(1, 0, "delete")
		p.queue.put(1, 1, "card")
		p.run()
		p.next("ban").answer <- outbox.ErrHeld
		p.done("delete")
		p.done("card")
		if err := p.worker.Idle(t.Context()); err != nil {
			t.Fatal(err)
		}
		if left := p.queue.left(); !slices.Equal(left, []string{"ban"}) {
			t.Errorf("left are %q", left)
		}
		p.queue.release()
		p.worker.Wake()
		p.done("ban")
		p.empty()
	})
}

// A row that changes while it is being delivered is delivered again, whatever became of it.
func TestReplacedIsDeliveredAgain(t *testing.T) {
	t.Parallel()
	for name, result := range map[string]error{
		"done": nil, "to be tried again": errNetwork, "to be held": outbox.ErrHeld,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				p := newPost(t)
				p.queue.put(1, 1, "card, 1 vote")
				p.run()
				old := p.next("card, 1 vote")
				p.queue.replace("card, 1 vote", "card, 2 votes")
				p.nothing() // not beside itself
				old.answer <- result
				p.done("card, 2 votes")
				p.empty()
			})
		})
	}
}
