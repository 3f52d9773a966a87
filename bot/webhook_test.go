package bot

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

const testSecret = "s3cret_-token"

func knock(handler http.Handler, method, secret, body string) int {
	req := httptest.NewRequest(method, "/hook", strings.NewReader(body))
	if secret != "" {
		req.Header.Set("X-Telegram-Bot-Api-Secret-Token", secret)
	}
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, req)
	return w.Code
}

func TestWebhook(t *testing.T) {
	client, _ := newTelegram(t).dial()
	c := &clerk{handle: func(_ context.Context, u wire.Update) ([]wire.Call, error) {
		switch u.Callback.Data {
		case "fail":
			return nil, errors.New("no")
		case "panic":
			panic("no")
		}
		return nil, nil
	}}
	hook := NewReceiver(client, c, ReceiverOptions{}).Webhook(testSecret)
	tests := map[string]struct {
		method, secret, body string
		status               int
	}{
		"message":        {"POST", testSecret, messageUpdate(1, agora, "x"), 200},
		"press":          {"POST", testSecret, pressUpdate(2, agora, "x"), 200},
		"handler fails":  {"POST", testSecret, pressUpdate(3, agora, "fail"), 500},
		"handler panics": {"POST", testSecret, pressUpdate(4, agora, "panic"), 500},
		"unreadable":     {"POST", testSecret, `{"update_id":5,"message":7}`, 200},
		"unwanted":       {"POST", testSecret, `{"update_id":6,"poll":{}}`, 200},
		"no secret":      {"POST", "", messageUpdate(7, agora, "x"), 401},
		"wrong secret":   {"POST", testSecret + "x", messageUpdate(8, agora, "x"), 401},
		"wrong method":   {"GET", testSecret, "", 405},
		"too large":      {"POST", testSecret, messageUpdate(9, agora, strings.Repeat("x", maxUpdate)), 413},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := knock(hook, test.method, test.secret, test.body); got != test.status {
				t.Errorf("answered %d, want %d", got, test.status)
			}
		})
	}
	c.expect(t, 1, 2)
	if got := knock(NewReceiver(client, c, ReceiverOptions{}).Webhook(""), "POST", "", messageUpdate(1, agora, "x")); got != 401 {
		t.Errorf("a webhook without a secret lets people in: %d", got)
	}
}

// While a bulk is busy, what comes in is gathered and committed together, beside it
// only if it takes long; a poisonous update in it fails alone.
func TestWebhookGathers(t *testing.T) {
	client, clock := newTelegram(t).dial()
	begun, release := make(chan struct{}, maxBulks), make(chan struct{})
	c := &clerk{}
	c.bulk = func(_ context.Context, updates []wire.Update) error {
		if updates[0].ID <= maxBulks {
			begun <- struct{}{}
			<-release
		}
		if slices.ContainsFunc(updates, func(u wire.Update) bool { return u.Message.Text == "poison" }) {
			return errors.New("no")
		}
		return nil
	}
	hook := NewReceiver(client, c, ReceiverOptions{}).Webhook(testSecret).(*webhook)
	var group sync.WaitGroup
	enter := func(id int64, text string, want int) {
		group.Go(func() {
			if got := knock(hook, "POST", testSecret, messageUpdate(id, -id, text)); got != want {
				t.Errorf("update %d: %d, want %d", id, got, want)
			}
		})
	}
	for id := range int64(maxBulks) {
		enter(id+1, "x", 200)
		hook.waiting(t, int(id)+1)
		if id > 0 {
			select {
			case <-begun:
				t.Errorf("bulk %d did not wait for the one before", id+1)
			default:
			}
			clock.Advance(bulkTime)
		}
		receive(t, begun)
	}
	want := []int64{1, 2, 3, 4}
	for id := int64(10); id < 20; id++ {
		enter(id, "x", 200)
		want = append(want, id)
	}
	enter(20, "poison", 500)
	hook.waiting(t, maxBulks+11)
	close(release)
	group.Wait()
	c.expect(t, want...)
	if bulks := len(c.work); bulks > maxBulks+1+11 {
		t.Errorf("%d commits: %q", bulks, c.work)
	}
}

// waiting returns once so many chats have unfinished jobs.
func (w *webhook) waiting(t *testing.T, chats int) {
	t.Helper()
	for {
		w.dispatch.mu.Lock()
		n := len(w.dispatch.chats)
		w.dispatch.mu.Unlock()
		if n == chats {
			return
		}
		if t.Context().Err() != nil {
			t.Fatal("never")
		}
	}
}

// Updates of one chat that come at the same time are handled one after the other.
func TestWebhookOneAtATimePerChat(t *testing.T) {
	client, _ := newTelegram(t).dial()
	var inside sync.Mutex
	c := &clerk{handle: func(context.Context, wire.Update) ([]wire.Call, error) {
		if !inside.TryLock() {
			t.Error("two at once")
			return nil, nil
		}
		defer inside.Unlock()
		return nil, nil
	}}
	receiver := NewReceiver(client, c, ReceiverOptions{})
	hook := receiver.Webhook(testSecret)
	var group sync.WaitGroup
	for id := range int64(50) {
		group.Go(func() { knock(hook, "POST", testSecret, pressUpdate(id+1, agora, "x")) })
	}
	group.Wait()
	if err := receiver.Drain(t.Context()); err != nil {
		t.Error(err)
	}
}
