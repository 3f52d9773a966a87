package e2e

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// hastyClock is a clock by which no time passes between a stop and what is meant to happen some time after it. It notes
// how long that would have been.
type hastyClock struct {
	clockwork.Clock

	mu       sync.Mutex // guards all below
	stopping bool
	longest  time.Duration
}

func (c *hastyClock) stop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stopping = true
}

func (c *hastyClock) AfterFunc(d time.Duration, f func()) clockwork.Timer {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.stopping {
		c.longest = max(c.longest, d)
		d = 0
	}
	return c.Clock.AfterFunc(d, f)
}

func (c *hastyClock) waited() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.longest
}

// A bot that is told to stop while Telegram does not answer ends in time, whether it is asking a question, sending an answer or
// emptying the outbox. What it does after that may take two seconds, and nothing is lost.
func TestStopsWhileTelegramHangs(t *testing.T) {
	t.Parallel()
	w := newWorld(t, tgsim.Options{})
	w.here = w.sim.NewSupergroup("Chess club", w.who("Olga"))
	w.chats["Chess club"] = w.here
	if err := w.here.Join(w.who("Anna"), w.who("Bob"), w.who("Mallory")); err != nil {
		t.Fatal(err)
	}
	w.here.Add(w.bot)
	w.here.Promote(w.bot, tgsim.AllRights())
	w.pass(time.Second)
	w.down()
	clock := &hastyClock{Clock: w.clock}
	w.machine = clock
	w.up()
	spam, err := w.who("Mallory").Send(w.here, "Buy pills")
	if err != nil {
		t.Fatal(err)
	}
	w.pass(time.Second)

	ctx, cancel := context.WithTimeout(w.ctx, patience)
	defer cancel()
	hangs := func(who, method string, times int) *tgsim.Armed {
		t.Helper()
		fault := w.sim.Fail(tgsim.Fault{Kind: tgsim.Hang, Method: method, Times: -1})
		if _, err := w.who(who).Command(w.here, "/report", tgsim.ReplyTo(spam)); err != nil {
			t.Fatal(err)
		}
		if err := fault.WaitHit(ctx, times); err != nil {
			t.Fatalf("%s does not hang %d times: %v\n%s", method, times, err, w.log)
		}
		return fault
	}
	sends := hangs("Anna", "sendMessage", 2) // her receipt, and the card
	asks := hangs("Bob", "getChatMember", 1)
	clock.stop()
	w.down()
	if waited := clock.waited(); waited == 0 || waited > 3*time.Second {
		t.Errorf("the bot lets what it is at go on for %v", waited)
	}

	sends.Release()
	asks.Release()
	w.machine = w.clock
	w.up()
	w.pass(time.Minute)
	if n := w.count(`SELECT votes FROM cases`); n != 2 {
		t.Errorf("%d votes are counted, want Anna's and Bob's", n)
	}
	for _, i := range w.who("Bob").Sees(w.here) {
		if strings.Contains(i.Text, "try again") {
			t.Errorf("Bob is to do again what was interrupted: %s", i)
		}
	}
}
