package ratelimit

import (
	"testing"
	"time"

	"github.com/jonboulle/clockwork"
)

var (
	ban    = Request{Chat: -5}
	answer = Request{Class: Answer}
)

func post(chat int64) Request { return Request{Chat: chat, Class: Post} }
func read(chat int64) Request { return Request{Chat: chat, Class: Read} }

// At no moment have more than 18 public messages gone to a group in the minute before.
func TestLimiterSlidingWindow(t *testing.T) {
	clock := clockwork.NewFakeClock()
	limits := New(clock)
	var sent []time.Time
	for range 200 {
		for {
			ready, ok := limits.Try(post(-5))
			if ok {
				break
			}
			clock.Advance(ready.Sub(clock.Now()))
		}
		sent = append(sent, clock.Now())
		clock.Advance(700 * time.Millisecond)
	}
	for i := 18; i < len(sent); i++ {
		if gap := sent[i].Sub(sent[i-18]); gap <= time.Minute {
			t.Fatalf("messages %d to %d within %v", i-18, i, gap)
		}
	}
}

func TestLimiterHolds(t *testing.T) {
	clock := clockwork.NewFakeClock()
	limits := New(clock)
	end := clock.Now().Add(time.Minute)
	limits.Hold(-5, end)
	limits.Hold(-5, end.Add(-30*time.Second))
	if ready := limits.Ready(ban); !ready.Equal(end) {
		t.Errorf("a later, shorter hold counts: %v", ready)
	}
	if ready := limits.Ready(post(-6)); ready.After(clock.Now()) {
		t.Errorf("another chat waits until %v", ready)
	}
	limits.Hold(0, end.Add(time.Minute))
	for _, call := range []Request{post(-5), post(-6)} {
		if ready := limits.Ready(call); !ready.Equal(end.Add(time.Minute)) {
			t.Errorf("chat %d waits until %v", call.Chat, ready)
		}
	}
	for _, call := range []Request{read(-5), answer} {
		if _, held := limits.Held(call); held {
			t.Errorf("class %d is held", call.Class)
		}
	}
}

// A call that yields goes while others find half of the limit free, and waits no longer than until they do.
func TestLimiterYields(t *testing.T) {
	t.Parallel()
	clock := clockwork.NewFakeClock()
	limits := New(clock)
	edit := Request{Chat: -5, Class: Edit}
	yielding := Request{Chat: -5, Class: Edit, Yields: true}
	var sent []time.Time
	for range 9 {
		clock.Advance(2 * time.Second)
		limits.Take(post(-5))
		sent = append(sent, clock.Now())
	}
	clock.Advance(5 * time.Second)
	if ready := limits.Ready(edit); ready.After(clock.Now()) {
		t.Errorf("what does not yield waits until %v", ready)
	}
	if ready, want := limits.Ready(yielding), sent[0].Add(groupLimit.span); !ready.Equal(want) {
		t.Errorf("what yields waits until %v, want %v", ready, want)
	}
	limits.Take(edit)
	if ready, want := limits.Ready(yielding), sent[1].Add(groupLimit.span); !ready.Equal(want) {
		t.Errorf("after one more it waits until %v, want %v", ready, want)
	}
}

// Too many questions hold further questions about that chat, and nothing else.
func TestLimiterHoldsReading(t *testing.T) {
	t.Parallel()
	clock := clockwork.NewFakeClock()
	limits := New(clock)
	end := clock.Now().Add(time.Minute)
	limits.HoldReading(-5, end)
	if until, held := limits.Held(read(-5)); !held || !until.Equal(end) {
		t.Errorf("a question about the chat is held: %v, until %v", held, until)
	}
	for _, call := range []Request{read(-6), post(-5), ban, answer} {
		if until, held := limits.Held(call); held {
			t.Errorf("class %d for %d is held until %v", call.Class, call.Chat, until)
		}
	}
	clock.Advance(time.Minute)
	limits.sweep(clock.Now())
	if len(limits.chats) != 0 {
		t.Error("what is over is not forgotten")
	}
}

func TestLimiterForgetsIdleChats(t *testing.T) {
	clock := clockwork.NewFakeClock()
	limits := New(clock)
	for chat := range int64(1000) {
		limits.Take(post(-chat - 1))
	}
	limits.Hold(-7, clock.Now().Add(time.Hour))
	clock.Advance(2 * time.Minute)
	limits.Take(post(-2000))
	if n := len(limits.chats); n != 2 {
		t.Errorf("%d chats remembered, want the held and the new one", n)
	}
}

func TestLimiterRoom(t *testing.T) {
	t.Parallel()
	clock := clockwork.NewFakeClock()
	limits := New(clock)
	for i, call := range []Request{post(1), ban, post(-2)} {
		if free, next := limits.Capacity(); free != 27-(i+1)/2 || !next.IsZero() {
			t.Errorf("before call %d there is room for %d, again at %v", i, free, next)
		}
		limits.Take(call)
	}
	clock.Advance(time.Second)
	for chat := range int64(25) {
		limits.Take(post(chat + 10))
	}
	soon := clock.Now().Add(overallLimit.span - time.Second)
	if free, next := limits.Capacity(); free != 0 || !next.Equal(soon) {
		t.Errorf("after 27 there is room for %d, again at %v; want %v", free, next, soon)
	}
	clock.Advance(overallLimit.span - time.Second)
	if free, next := limits.Capacity(); free != 2 || !next.IsZero() {
		t.Errorf("when the first two count no more there is room for %d, again at %v", free, next)
	}
	held := clock.Now().Add(time.Minute)
	limits.Hold(0, held)
	if free, next := limits.Capacity(); free != 0 || !next.Equal(held) {
		t.Errorf("while all is held there is room for %d, again at %v; want %v", free, next, held)
	}
}

func TestRequestClasses(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		r               Request
		public, metered bool
	}{
		{Request{Chat: -5, Class: Post}, true, true},
		{Request{Chat: 5, Class: Post}, false, true},
		{Request{Chat: -5, Class: Edit}, true, true},
		{Request{Chat: 5, Class: Edit}, false, true},
		{Request{Class: Post}, false, false},
		{ban, false, false},
		{answer, false, false},
		{read(-5), false, false},
	} {
		if test.r.public() != test.public || test.r.metered() != test.metered {
			t.Errorf("%+v: public %v, metered %v", test.r, test.r.public(), test.r.metered())
		}
	}
}
