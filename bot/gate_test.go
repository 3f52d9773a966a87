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
		"a short burst":                        {repeat(5, SendMessage(-5, "")), 0, 0},
		"one chat, one per second":             {repeat(15, SendMessage(5, "")), 10 * time.Second, 11 * time.Second},
		"a group, 18 per minute":               {repeat(36, SendMessage(-5, "")), 61 * time.Second, 80 * time.Second},
		"edits count like messages":            {append(repeat(18, EditMessageText(-5, 1, "")), repeat(18, SendMessage(-5, ""))...), 61 * time.Second, 80 * time.Second},
		"who yields leaves half":               {repeat(18, EditMessageText(-5, 1, "").Yield()), 61 * time.Second, 70 * time.Second},
		"ephemeral is not counted in groups":   {repeat(29, SendMessage(-5, "").Ephemeral(8, "", 0)), 0, 0},
		"neither is its edit":                  {repeat(29, EditEphemeralText(-5, 8, 77, "")), 0, 0},
		"deletions are not counted":            {repeat(100, DeleteMessages(-5, []int64{1})), 0, 0},
		"edits in private are counted overall": {repeat(27, EditMessageText(5, 1, "")), 0, 0},
		"27 per second overall":                {spread, 3 * time.Second, 4 * time.Second},
		"bans are not counted":                 {repeat(100, Ban(-5, 8, time.Time{})), 0, 0},
		"toasts are not counted":               {repeat(100, AnswerCallback("q", "", false)), 0, 0},
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

// At no moment have more than 18 public messages gone to a group in the minute before.
func TestGateSlidingWindow(t *testing.T) {
	clock := clockwork.NewFakeClock()
	gate := NewGate(clock)
	var sent []time.Time
	for range 200 {
		sendAll(gate, clock, repeat(1, SendMessage(-5, "")))
		sent = append(sent, clock.Now())
		clock.Advance(700 * time.Millisecond)
	}
	for i := 18; i < len(sent); i++ {
		if gap := sent[i].Sub(sent[i-18]); gap <= time.Minute {
			t.Fatalf("messages %d to %d within %v", i-18, i, gap)
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

// A call that yields goes while others find half of the limit free, and waits no longer than until they do.
func TestGateYields(t *testing.T) {
	t.Parallel()
	clock := clockwork.NewFakeClock()
	gate := NewGate(clock)
	edit := EditMessageText(-5, 1, "")
	var sent []time.Time
	for range 9 {
		clock.Advance(2 * time.Second)
		gate.Take(SendMessage(-5, ""))
		sent = append(sent, clock.Now())
	}
	clock.Advance(5 * time.Second)
	if ready := gate.Ready(edit); ready.After(clock.Now()) {
		t.Errorf("what does not yield waits until %v", ready)
	}
	if ready, want := gate.Ready(edit.Yield()), sent[0].Add(groupLimit.span); !ready.Equal(want) {
		t.Errorf("what yields waits until %v, want %v", ready, want)
	}
	gate.Take(edit)
	if ready, want := gate.Ready(edit.Yield()), sent[1].Add(groupLimit.span); !ready.Equal(want) {
		t.Errorf("after one more it waits until %v, want %v", ready, want)
	}
}

// Too many questions hold further questions about that chat, and nothing else.
func TestGateHoldsReading(t *testing.T) {
	t.Parallel()
	clock := clockwork.NewFakeClock()
	gate := NewGate(clock)
	end := clock.Now().Add(time.Minute)
	gate.HoldReading(-5, end)
	if until, held := gate.Held(GetChatMember(-5, 8)); !held || !until.Equal(end) {
		t.Errorf("a question about the chat is held: %v, until %v", held, until)
	}
	for _, call := range []Call{GetChatMember(-6, 8), SendMessage(-5, ""), Ban(-5, 8, time.Time{}), AnswerCallback("q", "", false)} {
		if until, held := gate.Held(call); held {
			t.Errorf("%s for %d is held until %v", call.Method, call.Chat, until)
		}
	}
	clock.Advance(time.Minute)
	gate.sweep(clock.Now())
	if len(gate.chats) != 0 {
		t.Error("what is over is not forgotten")
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
		if free, next := gate.Room(); free != 27-(i+1)/2 || !next.IsZero() {
			t.Errorf("before call %d there is room for %d, again at %v", i, free, next)
		}
		gate.Take(call)
	}
	clock.Advance(time.Second)
	for chat := range int64(25) {
		gate.Take(SendMessage(chat+10, ""))
	}
	soon := clock.Now().Add(overallLimit.span - time.Second)
	if free, next := gate.Room(); free != 0 || !next.Equal(soon) {
		t.Errorf("after 27 there is room for %d, again at %v; want %v", free, next, soon)
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
