package bot

import (
	"context"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// asks is a clerk that asks Telegram about one member for each update, and notes how that went.
func asks(client *Client, went chan<- error) *clerk {
	return &clerk{handle: func(ctx context.Context, u wire.Update) ([]wire.Call, error) {
		_, err := client.Do(ctx, wire.GetChatMember(u.Chat(), 8))
		went <- err
		return nil, nil
	}}
}

const memberAnswer = `{"status":"member","user":{"id":8,"is_bot":false,"first_name":"Anna"}}`

func repeatAnswer(n int, answer http.HandlerFunc) []http.HandlerFunc {
	all := make([]http.HandlerFunc, n)
	for i := range all {
		all[i] = answer
	}
	return all
}

// refusedOnce refuses the first question about each chat, and answers the next.
func refusedOnce() http.HandlerFunc {
	var asked sync.Map
	return func(w http.ResponseWriter, r *http.Request) {
		if _, again := asked.LoadOrStore(r.Form.Get("chat_id"), true); again {
			ok(memberAnswer)(w, r)
			return
		}
		refused(502, "Bad Gateway")(w, r)
	}
}

// drive lets the clock pass from one pause to the next of updates that wait for Telegram, and no further.
func drive(t *testing.T, clock *clockwork.FakeClock, r *Receiver) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for ctx.Err() == nil {
			next, changes := r.NextRetry()
			if left := next.Sub(clock.Now()); !next.IsZero() && left > 0 {
				clock.Advance(left)
			}
			select {
			case <-changes:
			case <-ctx.Done():
			}
		}
	}()
	t.Cleanup(func() {
		cancel()
		<-ended
	})
}

func TestReadIsTriedAgain(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		answers  []http.HandlerFunc
		least    time.Duration
		want     wire.Kind
		attempts int
	}{
		"it breaks":                   {repeatAnswer(3, refused(502, "Bad Gateway")), 700 * time.Millisecond, wire.KindOK, 4},
		"too many":                    {[]http.HandlerFunc{refused(429, "Too Many Requests", "retry_after", 4)}, 4 * time.Second, wire.KindOK, 2},
		"too many, for too long":      {[]http.HandlerFunc{refused(429, "Too Many Requests", "retry_after", 11)}, 0, wire.KindTooMany, 1},
		"it says by chance: not here": {repeatAnswer(2, refused(400, "Bad Request: PARTICIPANT_ID_INVALID")), 200 * time.Millisecond, wire.KindOK, 3},
		"by chance, after failures":   {append(repeatAnswer(2, refused(502, "Bad Gateway")), repeatAnswer(2, refused(400, "Bad Request: PARTICIPANT_ID_INVALID"))...), 400 * time.Millisecond, wire.KindOK, 5},
		"not here":                    {repeatAnswer(9, refused(400, "Bad Request: PARTICIPANT_ID_INVALID")), 200 * time.Millisecond, wire.KindGone, 3},
		"it may not ask":              {[]http.HandlerFunc{refused(400, "Bad Request: chat not found")}, 0, wire.KindRemoved, 1},
		"never":                       {repeatAnswer(99, refused(502, "Bad Gateway")), 10 * time.Second, wire.KindTemporary, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tg := newTelegram(t)
			client, clock := tg.dial()
			tg.answer("getChatMember", append(test.answers, repeatAnswer(9, ok(memberAnswer))...)...)
			went := make(chan error, 1)
			began := clock.Now()
			tg.push(pressUpdate(1, agora, "x"))
			drive(t, clock, poll(t, client, asks(client, went), ReceiverOptions{}).receiver)
			err := receive(t, went)
			if kind := wire.KindOf(err); kind != test.want {
				t.Errorf("it went %s: %v", kind, err)
			}
			tg.confirmed(2)
			took, n := clock.Since(began), len(tg.calls(1))
			if took < test.least || took > retryFor {
				t.Errorf("it took %v", took)
			}
			if n != test.attempts && test.attempts > 0 || n < 4 && test.attempts == 0 {
				t.Errorf("it was asked %d times", n)
			}
		})
	}
}

// Who waits for Telegram to answer takes nobody's place: more of them than are handled at once, and others go on
// without any time passing.
func TestReadHoldsUpNobody(t *testing.T) {
	t.Parallel()
	tg := newTelegram(t)
	client, clock := tg.dial()
	const resting = maxSingles + 5
	tg.answer("getChatMember", repeatAnswer(2*resting, refusedOnce())...)
	went := make(chan error, resting)
	others := make(chan int64, 10)
	asking := asks(client, went)
	c := &clerk{handle: func(ctx context.Context, u wire.Update) ([]wire.Call, error) {
		if u.ID > resting {
			others <- u.ID
			return nil, nil
		}
		return asking.handle(ctx, u)
	}}
	for id := range int64(resting) {
		tg.push(pressUpdate(id+1, -1000-id, "x"))
	}
	tg.push(pressUpdate(resting+1, agora, "x"))
	p := poll(t, client, c, ReceiverOptions{})
	receive(t, others)
	drive(t, clock, p.receiver)
	for range resting {
		if err := receive(t, went); err != nil {
			t.Error(err)
		}
	}
	tg.confirmed(resting + 2)
}

// While an answer is on its way the clock stands still, whoever else pauses.
func TestNoRetryWhileAsking(t *testing.T) {
	t.Parallel()
	tg := newTelegram(t)
	client, clock := tg.dial()
	answer, went := make(chan struct{}), make(chan error, 2)
	hangs := func(w http.ResponseWriter, r *http.Request) {
		<-answer
		refused(502, "Bad Gateway")(w, r)
	}
	tg.answer("getChatMember", hangs, refused(502, "Bad Gateway"), ok(memberAnswer), ok(memberAnswer))
	tg.push(pressUpdate(1, agora, "x"), pressUpdate(2, pnyx, "x"))
	r := poll(t, client, asks(client, went), ReceiverOptions{}).receiver
	until := func(next func() (time.Time, <-chan struct{})) {
		t.Helper()
		for at, changes := next(); at.IsZero(); at, changes = next() {
			receive(t, changes)
		}
	}
	until(r.pauses.next)
	if next, _ := r.NextRetry(); !next.IsZero() {
		t.Errorf("the clock may go to %s", next)
	}
	close(answer)
	until(r.NextRetry)
	drive(t, clock, r)
	for range 2 {
		if err := receive(t, went); err != nil {
			t.Error(err)
		}
	}
}

// What is not an update's question, such as an effect's, is asked once, and not while Telegram wants to hear none.
func TestReadWithoutRetries(t *testing.T) {
	t.Parallel()
	tg := newTelegram(t)
	client, clock := tg.dial()
	tg.answer("getChatMember", refused(502, "Bad Gateway"), refused(429, "Too Many Requests", "retry_after", 30), ok(memberAnswer), ok(memberAnswer))
	ask := func(chat int64, want wire.Kind, calls int) {
		t.Helper()
		_, err := client.Do(t.Context(), wire.GetChatMember(chat, 8))
		if kind := wire.KindOf(err); kind != want {
			t.Errorf("%s, want %s: %v", kind, want, err)
		}
		if n := len(tg.calls(calls)); n != calls {
			t.Errorf("Telegram was asked %d times, want %d", n, calls)
		}
	}
	ask(agora, wire.KindTemporary, 1)
	ask(agora, wire.KindTooMany, 2)
	ask(agora, wire.KindTooMany, 2)
	ask(pnyx, wire.KindOK, 3)
	clock.Advance(30 * time.Second)
	ask(agora, wire.KindOK, 4)
}

// Those that wait behind another have waited already: together they take no longer than one.
func TestReadBudgetIsShared(t *testing.T) {
	t.Parallel()
	tg := newTelegram(t)
	client, clock := tg.dial()
	tg.answer("getChatMember", repeatAnswer(200, refused(502, "Bad Gateway"))...)
	went := make(chan error, 3)
	began := clock.Now()
	tg.push(pressUpdate(1, agora, "x"), pressUpdate(2, agora, "x"), pressUpdate(3, agora, "x"))
	drive(t, clock, poll(t, client, asks(client, went), ReceiverOptions{}).receiver)
	for range 3 {
		receive(t, went)
	}
	tg.confirmed(4)
	if took := clock.Since(began); took > retryFor+2*retryAtLeast {
		t.Errorf("three took %v", took)
	}
}
