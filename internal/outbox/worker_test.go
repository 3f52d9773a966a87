package outbox_test

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/ostrakon-bot/ostrakon/internal/outbox"
)

// longestWait is how long a test waits for what must happen; not long, since it waits in a bubble, whose
// time passes when nothing else does.
const longestWait = 10 * time.Second

// delivery is one that is under way, until it is answered.
type delivery struct {
	outbox.Row
	ctx    context.Context
	answer chan error
}

// post is a worker, with its queue, its clock, and somebody who sees to each delivery by hand.
type post struct {
	t       *testing.T
	ctx     context.Context
	clock   *clockwork.FakeClock
	queue   *queue
	worker  *outbox.Worker
	started chan delivery
	room    atomic.Int64 // how many of the classes other than 0 may go out
	again   atomic.Int64 // in seconds from now, when there is room again
	stop    context.CancelFunc
	stopped chan struct{}
}

// newPost returns a post whose worker does not run yet. It is for use in a bubble (testing/synctest).
func newPost(t *testing.T) *post {
	ctx, cancel := context.WithTimeout(t.Context(), longestWait)
	t.Cleanup(cancel)
	p := &post{
		t: t, ctx: ctx, clock: clockwork.NewFakeClock(), queue: newQueue(), started: make(chan delivery, 1000),
	}
	p.room.Store(1000)
	p.worker = outbox.NewWorker(p.queue, func(ctx context.Context, r outbox.Row) error {
		d := delivery{r, ctx, make(chan error, 1)}
		p.started <- d
		select {
		case result := <-d.answer:
			return result
		case <-p.ctx.Done():
			return p.ctx.Err()
		}
	}, func() (int, time.Time) {
		return int(p.room.Load()), p.clock.Now().Add(time.Duration(p.again.Load()) * time.Second)
	}, p.clock, slog.New(slog.DiscardHandler))
	return p
}

// run starts the worker.
func (p *post) run() {
	ctx, cancel := context.WithCancel(p.ctx)
	p.stop, p.stopped = cancel, make(chan struct{})
	go func() {
		p.worker.Run(ctx)
		close(p.stopped)
	}()
	p.t.Cleanup(func() {
		cancel()
		for {
			select {
			case d := <-p.started:
				d.answer <- nil
			case <-p.stopped:
				return
			}
		}
	})
}

// next waits for a delivery to begin, which must be that of body.
func (p *post) next(body string) delivery {
	p.t.Helper()
	select {
	case d := <-p.started:
		if string(d.Body) != body {
			p.t.Fatalf("delivers %q; want %q", d.Body, body)
		}
		return d
	case <-p.ctx.Done():
		p.t.Fatalf("%q is not delivered", body)
		panic("unreachable")
	}
}

// together waits for deliveries to begin side by side, in any order.
func (p *post) together(bodies ...string) map[string]delivery {
	p.t.Helper()
	found := map[string]delivery{}
	for range bodies {
		select {
		case d := <-p.started:
			if !slices.Contains(bodies, string(d.Body)) {
				p.t.Fatalf("delivers %q; want %q", d.Body, bodies)
			}
			found[string(d.Body)] = d
		case <-p.ctx.Done():
			p.t.Fatalf("delivered are %d of %q", len(found), bodies)
		}
	}
	return found
}

// done answers the delivery of body, which must be the next.
func (p *post) done(body string) {
	p.t.Helper()
	p.next(body).answer <- nil
}

// called waits for a method of the queue to be called.
func (p *post) called(method string) {
	p.t.Helper()
	for {
		select {
		case c := <-p.queue.calls:
			if c == method {
				return
			}
		case <-p.ctx.Done():
			p.t.Fatalf("%s is not called", method)
		}
	}
}

// looks has the worker look at its queue anew, and begin all that it finds there.
func (p *post) looks() {
	p.worker.Wake()
	synctest.Wait()
}

// nothing says that no delivery begins.
func (p *post) nothing() {
	p.t.Helper()
	p.looks()
	select {
	case d := <-p.started:
		p.t.Fatalf("delivers %q too soon", d.Body)
	default:
	}
}

// waits waits until the worker waits for some time to come.
func (p *post) waits() {
	p.t.Helper()
	if err := p.clock.BlockUntilContext(p.ctx, 1); err != nil {
		p.t.Fatal("the worker waits for no time")
	}
}

// pass lets time go by, once the worker waits for it.
func (p *post) pass(d time.Duration) {
	p.t.Helper()
	p.waits()
	p.clock.Advance(d)
}

// empty says that nothing is left.
func (p *post) empty() {
	p.t.Helper()
	if err := p.worker.Idle(p.ctx); err != nil {
		p.t.Fatal(err)
	}
	if left := p.queue.left(); len(left) > 0 {
		p.t.Errorf("left are %q", left)
	}
}

func TestOrderWithinALane(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPost(t)
		for n := range 5 {
			p.queue.put(1, 1, fmt.Sprint(n))
		}
		p.run()
		for n := range 4 {
			first := p.next(fmt.Sprint(n))
			p.nothing()
			first.answer <- nil
		}
		p.done("4")
		p.empty()
	})
}

func TestLanesSideBySide(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPost(t)
		p.queue.put(1, 1, "card 1")
		p.queue.put(1, 2, "letter 1")
		p.queue.put(2, 1, "card 2")
		p.queue.put(3, 0, "ban 3")
		p.run()
		for _, d := range p.together("card 1", "letter 1", "card 2", "ban 3") {
			d.answer <- nil
		}
		p.empty()
	})
}

func TestNotTooManyAtATime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPost(t)
		var bodies []string
		for chat := range int64(80) {
			bodies = append(bodies, fmt.Sprint(chat))
			p.queue.put(chat, 1, bodies[chat])
		}
		p.run()
		first := p.together(bodies[:64]...)
		p.nothing()
		for _, d := range first {
			d.answer <- nil
		}
		for _, d := range p.together(bodies[64:]...) {
			d.answer <- nil
		}
		p.empty()
	})
}

func TestNothingBesideTheUrgent(t *testing.T) {
	t.Parallel()
	for name, hasty := range map[string]bool{"with a good queue": false, "with a hasty queue": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				p := newPost(t)
				p.queue.hasty = hasty
				p.queue.put(1, 0, "ban")
				p.queue.put(1, 1, "card")
				p.queue.put(1, 2, "letter")
				p.run()
				ban := p.next("ban")
				p.nothing()
				ban.answer <- nil
				for _, d := range p.together("card", "letter") {
					d.answer <- nil
				}
				p.empty()
			})
		})
	}
}

func TestWakeBringsWhatIsNew(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPost(t)
		p.run()
		p.empty()
		p.queue.put(1, 1, "card")
		p.worker.Wake()
		p.worker.Wake() // as often as it likes
		p.done("card")
		p.empty()
	})
}

func TestLaterComesByItself(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPost(t)
		p.queue.put(1, 0, "lift", p.clock.Now().Add(time.Hour))
		p.queue.put(1, 1, "card", p.clock.Now().Add(time.Minute))
		p.run()
		p.nothing()
		p.pass(time.Minute)
		p.done("card")
		p.nothing()
		p.pass(59 * time.Minute)
		p.done("lift")
		p.empty()
	})
}

func TestOnlyWhatThereIsRoomForBegins(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPost(t)
		p.room.Store(2)
		for chat := range int64(4) {
			p.queue.put(chat+1, 1, fmt.Sprintf("card %d", chat+1))
		}
		p.queue.put(9, 0, "ban")
		p.run()
		begun := p.together("ban", "card 1", "card 2")
		p.room.Store(0) // both are on their way
		p.again.Store(5)
		begun["card 1"].answer <- nil
		begun["card 2"].answer <- nil
		begun["ban"].answer <- nil
		p.nothing()
		p.queue.put(9, 0, "another ban") // is not rationed
		p.looks()
		p.done("another ban")
		p.nothing()
		p.room.Store(1)
		p.clock.Advance(5 * time.Second)
		third := p.next("card 3")
		p.looks()
		p.nothing() // it may not have gone out yet
		third.answer <- nil
		p.done("card 4")
	})
}

func TestWhatIsNotedIsNotDropped(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPost(t)
		p.queue.put(1, 1, "card")
		p.run()
		card := p.next("card")
		p.queue.replace("card", "newer card") // while the first was on its way
		card.answer <- outbox.ErrNoted
		newer := p.next("newer card")
		p.queue.drop("newer card") // by who delivers it
		newer.answer <- outbox.ErrNoted
		p.nothing()
		for len(p.queue.calls) > 0 {
			if call := <-p.queue.calls; call == "Drop" {
				t.Error("the worker drops what is dropped")
			}
		}
	})
}

func TestWhatFollowsSomethingNotedIsNotPutOff(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPost(t)
		p.queue.put(1, 1, "card")
		p.queue.put(1, 1, "next card")
		p.run()
		card := p.next("card")
		p.queue.drop("card") // its row is gone before the worker hears that it is delivered
		p.nothing()
		card.answer <- outbox.ErrNoted
		p.done("next card")
	})
}
