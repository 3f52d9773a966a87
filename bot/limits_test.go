package bot

import (
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/ostrakon-bot/ostrakon/bot/ratelimit"
	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// sendAll sends as fast as the limits allow and returns how long it took.
func sendAll(limits *ratelimit.Limiter, clock *clockwork.FakeClock, calls []wire.Call) time.Duration {
	started := clock.Now()
	for _, call := range calls {
		for {
			ready, ok := limits.Try(limitsOf(call))
			if ok {
				break
			}
			clock.Advance(ready.Sub(clock.Now()))
		}
	}
	return clock.Since(started)
}

func repeat(n int, call wire.Call) []wire.Call {
	calls := make([]wire.Call, n)
	for i := range calls {
		calls[i] = call
	}
	return calls
}

func TestLimits(t *testing.T) {
	spread := make([]wire.Call, 90)
	for i := range spread {
		spread[i] = wire.SendMessage(int64(i+1), "hi")
	}
	tests := map[string]struct {
		calls    []wire.Call
		min, max time.Duration
	}{
		"a short burst":                        {repeat(5, wire.SendMessage(-5, "")), 0, 0},
		"one chat, one per second":             {repeat(15, wire.SendMessage(5, "")), 10 * time.Second, 11 * time.Second},
		"a group, 18 per minute":               {repeat(36, wire.SendMessage(-5, "")), 61 * time.Second, 80 * time.Second},
		"edits count like messages":            {append(repeat(18, wire.EditMessageText(-5, 1, "")), repeat(18, wire.SendMessage(-5, ""))...), 61 * time.Second, 80 * time.Second},
		"who yields leaves half":               {repeat(18, wire.EditMessageText(-5, 1, "").Yield()), 61 * time.Second, 70 * time.Second},
		"ephemeral is not counted in groups":   {repeat(29, wire.SendMessage(-5, "").Ephemeral(8, "", 0)), 0, 0},
		"neither is its edit":                  {repeat(29, wire.EditEphemeralText(wire.EphemeralRef{Chat: -5, Receiver: 8, ID: 77}, "")), 0, 0},
		"deletions are not counted":            {repeat(100, wire.DeleteMessages(-5, []int64{1})), 0, 0},
		"edits in private are counted overall": {repeat(27, wire.EditMessageText(5, 1, "")), 0, 0},
		"27 per second overall":                {spread, 3 * time.Second, 4 * time.Second},
		"bans are not counted":                 {repeat(100, wire.Ban(-5, 8, time.Time{})), 0, 0},
		"toasts are not counted":               {repeat(100, wire.AnswerCallback("q", "", false)), 0, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			clock := clockwork.NewFakeClock()
			took := sendAll(ratelimit.New(clock), clock, test.calls)
			if took < test.min || took > test.max {
				t.Errorf("took %v, want %v to %v", took, test.min, test.max)
			}
		})
	}
}

func TestCallClasses(t *testing.T) {
	tests := []struct {
		call   wire.Call
		class  ratelimit.Class
		public bool
	}{
		{wire.SendMessage(-5, ""), ratelimit.Post, true},
		{wire.SendMessage(5, ""), ratelimit.Post, false},
		{wire.SendMessage(-5, "").Ephemeral(8, "", 0), ratelimit.Other, false},
		{wire.SendPhoto(-5, "week.png", nil, ""), ratelimit.Post, true},
		{wire.EditMessageText(-5, 1, ""), ratelimit.Edit, true},
		{wire.EditMessageText(5, 1, ""), ratelimit.Edit, false},
		{wire.EditEphemeralText(wire.EphemeralRef{Chat: -5, Receiver: 8, ID: 1}, ""), ratelimit.Other, false},
		{wire.DeleteMessages(-5, []int64{1}), ratelimit.Other, false},
		{wire.Ban(-5, 8, time.Time{}), ratelimit.Other, false},
		{wire.AnswerCallback("q", "", false), ratelimit.Answer, false},
		{wire.GetChat(-5), ratelimit.Read, false},
		{wire.DeleteWebhook(), ratelimit.Other, false},
	}
	for _, test := range tests {
		c := test.call
		if class := limitsOf(c).Class; class != test.class || c.Public() != test.public {
			t.Errorf("%s to %d: class %v, public %v", c.Method, c.Chat, class, c.Public())
		}
	}
}
