package bot

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// Telegram gives a request up while the store is down, and sends the update again while the first one still waits. It is handled
// once, and nothing of it stays.
func TestWebhookSendsAgain(t *testing.T) {
	client, clock := newTelegram(t).dial()
	s, begun, release := newStore(), make(chan int64, 10), make(chan struct{})
	s.down = true
	r := NewReceiver(client, s.hangs(agora, begun, release), ReceiverOptions{Inbox: s, InboxSize: 5})
	hook := r.Webhook(testSecret)
	given, giveUp := context.WithCancel(t.Context())
	first := make(chan int, 1)
	go func() {
		req := httptest.NewRequestWithContext(given, http.MethodPost, "/", strings.NewReader(pressUpdate(1, agora, "x")))
		req.Header.Set(secretHeader, testSecret)
		out := httptest.NewRecorder()
		hook.ServeHTTP(out, req)
		first <- out.Code
	}()
	receive(t, begun)
	giveUp()
	if code := receive(t, first); code == http.StatusOK {
		t.Error("what is not kept was confirmed")
	}
	s.mu.Lock()
	s.down = false
	s.mu.Unlock()
	run(t, clock)
	if code := knock(hook, "POST", testSecret, pressUpdate(1, agora, "x")); code != http.StatusOK {
		t.Errorf("answered %d", code)
	}
	close(release)
	receive(t, r.Rest())
	if len(s.waiting()) > 0 || len(s.handled[agora]) != 1 || r.dispatch.room != 5 {
		t.Errorf("kept are %v, handled %v, free %d", s.waiting(), s.handled, r.dispatch.room)
	}
	r.Stop(t.Context())
}

// A request that waits for a slow update holds up no stop: the update is left to the next process, and the request goes when its
// connection is cut.
func TestWebhookStops(t *testing.T) {
	client, clock := newTelegram(t).dial()
	s := &replica{store: newStore()}
	left := make(chan []int64, 1)
	s.leave = func(updates []int64) error { left <- updates; return nil }
	begun := make(chan int64, 10)
	c := &clerk{handle: func(ctx context.Context, u wire.Update) ([]wire.Call, error) {
		select { // it is tried again for as long as time passes, and nobody counts
		case begun <- u.ID:
		default:
		}
		<-ctx.Done()
		return nil, ctx.Err()
	}}
	r := NewReceiver(client, c, ReceiverOptions{Inbox: s})
	hook := r.Webhook(testSecret)
	codes := make(chan int, 2)
	go func() { codes <- knock(hook, "POST", testSecret, pressUpdate(1, agora, "x")) }()
	receive(t, begun)
	go func() { codes <- knock(hook, "POST", testSecret, pressUpdate(2, agora, "x")) }()
	run(t, clock)
	for range 2 {
		if code := receive(t, codes); code != http.StatusOK {
			t.Errorf("answered %d", code)
		}
	}
	over, end := context.WithCancel(context.Background())
	end()
	r.Stop(over)
	if got := receive(t, left); len(got) != 2 {
		t.Errorf("left are %v", got)
	}
}
