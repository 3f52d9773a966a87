package bot

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// clerk is a handler that remembers what it did, and does what a test tells it.
type clerk struct {
	bulk   func(ctx context.Context, updates []wire.Update) error // default: commit
	handle func(ctx context.Context, u wire.Update) ([]wire.Call, error)
	admit  func(u *wire.Update) (bool, []wire.Call) // default: yes
	ahead  func(ctx context.Context, u *wire.Update)

	dropped func(u *wire.Update) // may be nil

	mu   sync.Mutex
	work []string // "bulk 1 2" or "handle 3", as tried
	done []int64  // committed
}

func (c *clerk) Ordinary(u *wire.Update) bool { return u.Message != nil && !u.Edited }

func (c *clerk) Bulk(ctx context.Context, updates []wire.Update) (err error) {
	line := "bulk"
	for _, u := range updates {
		line += fmt.Sprint(" ", u.ID)
	}
	c.note(line)
	if c.bulk != nil {
		err = c.bulk(ctx, updates)
	}
	if err == nil {
		for _, u := range updates {
			c.commit(u.ID)
		}
	}
	return err
}

func (c *clerk) Handle(ctx context.Context, u wire.Update) (calls []wire.Call, err error) {
	c.note(fmt.Sprint("handle ", u.ID))
	if c.handle != nil {
		calls, err = c.handle(ctx, u)
	}
	if err == nil {
		c.commit(u.ID)
	}
	return calls, err
}

func (c *clerk) Admit(u *wire.Update) (bool, []wire.Call) {
	if c.admit == nil {
		return true, nil
	}
	c.note(fmt.Sprint("admit ", u.ID))
	return c.admit(u)
}

func (c *clerk) Ahead(ctx context.Context, u *wire.Update) {
	if c.ahead != nil {
		c.ahead(ctx, u)
	}
}

// Unavailable tells who sent an update that it waits.
func (c *clerk) Unavailable(u *wire.Update) []wire.Call {
	c.note(fmt.Sprint("tell ", u.ID))
	if u.Callback == nil {
		return nil
	}
	return []wire.Call{wire.AnswerCallback(u.Callback.ID, "not yet", true)}
}

// Dropped tells who pressed that it is dropped.
func (c *clerk) Dropped(u *wire.Update) []wire.Call {
	c.note(fmt.Sprint("dropped ", u.ID))
	if c.dropped != nil {
		c.dropped(u)
	}
	return []wire.Call{wire.AnswerCallback(u.Callback.ID, "too many", true)}
}

func (c *clerk) note(line string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.work = append(c.work, line)
}

func (c *clerk) commit(id int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.done = append(c.done, id)
}

// tried is how often the work was tried.
func (c *clerk) tried(line string) (n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, l := range c.work {
		if l == line {
			n++
		}
	}
	return n
}

// expect compares what was committed, each once; the order is that of one chat.
func (c *clerk) expect(t *testing.T, want ...int64) {
	t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	got := slices.Sorted(slices.Values(c.done))
	if !slices.Equal(got, want) {
		t.Errorf("committed %v, want each of %v once", c.done, want)
	}
}

// polling is a running Poll.
type polling struct {
	receiver *Receiver
	cancel   context.CancelFunc
	result   chan error
}

func poll(t *testing.T, client *Client, handler Handler, o ReceiverOptions) *polling {
	ctx, cancel := context.WithCancel(context.Background())
	p := &polling{receiver: NewReceiver(client, handler, o), cancel: cancel, result: make(chan error, 1)}
	go func() { p.result <- p.receiver.Poll(ctx) }()
	t.Cleanup(func() {
		cancel()
		select {
		case <-p.result:
		case <-time.After(patient):
			t.Error("Poll does not end")
		}
	})
	return p
}

// stop ends polling and waits for it.
func (p *polling) stop(t *testing.T) {
	t.Helper()
	p.cancel()
	select {
	case err := <-p.result:
		p.result <- err
		if err != nil {
			t.Errorf("Poll: %v", err)
		}
	case <-time.After(patient):
		t.Fatal("Poll does not end")
	}
}

// run lets the clock pass in small steps for as long as somebody waits for it, until the test ends.
func run(t *testing.T, clock *clockwork.FakeClock) { t.Cleanup(passTime(clock)) }

// passTime does so until stop is called.
func passTime(clock *clockwork.FakeClock) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for clock.BlockUntilContext(ctx, 1) == nil {
			clock.Advance(50 * time.Millisecond)
		}
	}()
	return func() {
		cancel()
		<-ended
	}
}

// receive waits for a signal of the code under test.
func receive[T any](t *testing.T, signal <-chan T) T {
	t.Helper()
	select {
	case value := <-signal:
		return value
	case <-time.After(patient):
		t.Fatal("no signal")
		panic("unreachable")
	}
}
