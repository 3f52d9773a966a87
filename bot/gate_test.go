package bot

import (
	"testing"
	"time"

	"github.com/jonboulle/clockwork"
)

// sendAll sends as fast as the gate allows and returns how long it took.
func sendAll(gate *Gate, clock *clockwork.FakeClock, calls []Call) time.Duration {
	started := clock.Now()
	for _, call := range calls {
		for {
			ready, ok := gate.Try(call)
			if ok {
				break
			}
			clock.Advance(ready.Sub(clock.Now()))
		}
	}
	return clock.Since(started)
}

func repeat(n int, call Call) []Call {
	calls := make([]Call, n)
	for i := range calls {
		calls[i] = call
	}
	return calls
}

func TestGateLimits(t *testing.T) {
	spread := make([]Call, 90)
	for i := range spread {
		spread[i] = SendMessage(int64(i+1), "hi")
	}
	tests := map[string]struct {
		calls    []Call
		min, max time.Duration
	}{
		"a short burst":                      {repeat(5, SendMessage(-5, "")), 0, 0},
		"one chat, one per second":           {repeat(15, SendMessage(5, "")), 10 * time.Second, 11 * time.Second},
		"a group, 20 per minute":             {repeat(40, SendMessage(-5, "")), 61 * time.Second, 80 * time.Second},
		"ephemeral is not counted in groups": {repeat(29, SendMessage(-5, "").Ephemeral(8, "", 0)), 0, 0},
		"edits are not counted in groups":    {repeat(29, EditMessageText(-5, 1, "")), 0, 0},
		"30 per second overall":              {spread, 2 * time.Second, 3 * time.Second},
		"bans are not counted":               {repeat(100, Ban(-5, 8, time.Time{})), 0, 0},
		"toasts are not counted":             {repeat(100, AnswerCallback("q", "", false)), 0, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			clock := clockwork.NewFakeClock()
			took := sendAll(NewGate(clock), clock, test.calls)
			if took < test.min || took > test.max {
				t.Errorf("took %v, want %v to %v", took, test.min, test.max)
			}
		})
	}
}

// At no moment have more than 20 public messages gone to a group in the minute before.
func TestGateSlidingWindow(t *testing.T) {
	clock := clockwork.NewFakeClock()
	gate := NewGate(clock)
	var sent []time.Time
	for range 200 {
		sendAll(gate, clock, repeat(1, SendMessage(-5, "")))
		sent = append(sent, clock.Now())
		clock.Advance(700 * time.Millisecond)
	}
	for i := 20; i < len(sent); i++ {
		if gap := sent[i].Sub(sent[i-20]); gap <= time.Minute {
			t.Fatalf("messages %d to %d within %v", i-20, i, gap)
		}
	}
}

func TestGateHolds(t *testing.T) {
	clock := clockwork.NewFakeClock()
	gate := NewGate(clock)
	end := clock.Now().Add(time.Minute)
	gate.Hold(-5, end)
	gate.Hold(-5, end.Add(-30*time.Second))
	if ready := gate.Ready(Ban(-5, 8, time.Time{})); !ready.Equal(end) {
		t.Errorf("a later, shorter hold counts: %v", ready)
	}
	if ready := gate.Ready(SendMessage(-6, "")); ready.After(clock.Now()) {
		t.Errorf("another chat waits until %v", ready)
	}
	gate.Hold(0, end.Add(time.Minute))
	for _, call := range []Call{SendMessage(-5, ""), SendMessage(-6, "")} {
		if ready := gate.Ready(call); !ready.Equal(end.Add(time.Minute)) {
			t.Errorf("chat %d waits until %v", call.Chat, ready)
		}
	}
	for _, call := range []Call{GetChatMember(-5, 8), AnswerCallback("q", "", false)} {
		if _, held := gate.Held(call); held {
			t.Errorf("%s is held", call.Method)
		}
	}
}

func TestGateForgetsIdleChats(t *testing.T) {
	clock := clockwork.NewFakeClock()
	gate := NewGate(clock)
	for chat := range int64(1000) {
		gate.Take(SendMessage(-chat-1, ""))
	}
	gate.Hold(-7, clock.Now().Add(time.Hour))
	clock.Advance(2 * time.Minute)
	gate.Take(SendMessage(-2000, ""))
	if n := len(gate.chats); n != 2 {
		t.Errorf("%d chats remembered, want the held and the new one", n)
	}
}

func TestGateRoom(t *testing.T) {
	t.Parallel()
	clock := clockwork.NewFakeClock()
	gate := NewGate(clock)
	for i, call := range []Call{SendMessage(1, ""), Ban(-5, 8, time.Time{}), SendMessage(-2, "")} {
		if free, next := gate.Room(); free != 30-(i+1)/2 || !next.IsZero() {
			t.Errorf("before call %d there is room for %d, again at %v", i, free, next)
		}
		gate.Take(call)
	}
	clock.Advance(time.Second)
	for chat := range int64(28) {
		gate.Take(SendMessage(chat+10, ""))
	}
	soon := clock.Now().Add(overallLimit.span - time.Second)
	if free, next := gate.Room(); free != 0 || !next.Equal(soon) {
		t.Errorf("after 30 there is room for %d, again at %v; want %v", free, next, soon)
	}
	clock.Advance(overallLimit.span - time.Second)
	if free, next := gate.Room(); free != 2 || !next.IsZero() {
		t.Errorf("when the first two count no more there is room for %d, again at %v", free, next)
	}
	held := clock.Now().Add(time.Minute)
	gate.Hold(0, held)
	if free, next := gate.Room(); free != 0 || !next.Equal(held) {
		t.Errorf("while all is held there is room for %d, again at %v; want %v", free, next, held)
	}
}
