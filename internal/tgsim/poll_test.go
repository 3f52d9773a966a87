package tgsim_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

func ids(t *testing.T, raw json.RawMessage) []int64 {
	t.Helper()
	var batch []struct {
		ID int64 `json:"update_id"`
	}
	if err := json.Unmarshal(raw, &batch); err != nil {
		t.Fatal(err)
	}
	var out []int64
	for _, u := range batch {
		out = append(out, u.ID)
	}
	return out
}

func TestOffsets(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	for i := range 5 {
		w.send(w.anna, fmt.Sprint(i))
	}
	get := func(args object) []int64 { return ids(t, w.do("getUpdates", args)) }
	all := get(nil)
	first := all[0]
	tests := []struct {
		name string
		args object
		want []int64
	}{
		{"without offset they come again", object{}, all},
		{"limit", object{"limit": 2}, all[:2]},
		{"an offset confirms the lower ones", object{"offset": first + 1}, all[1:]},
		{"confirmed for good", object{"offset": first}, all[1:]},
		{"zero means the earliest", object{"offset": 0}, all[1:]},
		{"negative keeps so many", object{"offset": -2}, all[3:]},
		{"negative beyond the start", object{"offset": -10}, all[3:]},
		{"beyond the end", object{"offset": first + 100}, nil},
		{"nothing left", object{}, nil},
	}
	for _, tt := range tests {
		if got := get(tt.args); fmt.Sprint(got) != fmt.Sprint(tt.want) {
			t.Errorf("%s: got %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestAllowedUpdates(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	kinds := func() string {
		var s []string
		for _, u := range w.updates() {
			for k := range u {
				if k != "update_id" {
					s = append(s, k)
				}
			}
		}
		return strings.Join(s, " ")
	}
	act := func() {
		w.send(w.anna, "x")
		w.join(w.carl)
		w.group.Leave(w.carl)
	}
	act()
	if got := kinds(); got != "message message message" {
		t.Errorf("default: got %s", got)
	}
	w.do("getUpdates", object{"allowed_updates": []string{"chat_member"}})
	act()
	if got := kinds(); got != "chat_member chat_member" {
		t.Errorf("chat_member: got %s", got)
	}
	act()
	if got := kinds(); got != "chat_member chat_member" {
		t.Errorf("remembered: got %s", got)
	}
	w.do("getUpdates", object{"allowed_updates": []string{}})
	act()
	if got := kinds(); got != "message message message" {
		t.Errorf("empty: got %s", got)
	}
}

func TestUpdatesExpire(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	w.do("sendMessage", object{"chat_id": w.group.ID(), "text": "card", "reply_markup": object{
		"inline_keyboard": []any{[]any{object{"text": "ok", "callback_data": "ok"}}},
	}})
	w.send(w.anna, "x")
	press, _ := w.anna.Press(w.anna.Find(w.group, "card"), "ok")
	w.clock.Advance(150 * time.Second)
	if got := w.updates(); len(got) != 1 || got[0]["message"] == nil {
		t.Errorf("after 150 s: got %v", got)
	}
	w.do("answerCallbackQuery", object{"callback_query_id": press.ID()})
	w.clock.Advance(time.Second)
	w.refused("answerCallbackQuery", object{"callback_query_id": press.ID()}, "Bad Request: query is too old and response timeout expired or query ID is invalid")
	w.refused("answerCallbackQuery", object{"callback_query_id": "7"}, "Bad Request: query is too old and response timeout expired or query ID is invalid")
	w.send(w.anna, "y")
	w.clock.Advance(24 * time.Hour)
	if got := w.updates(); len(got) != 0 {
		t.Errorf("after a day: got %v", got)
	}
}

func TestLongPollWakes(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	done := make(chan json.RawMessage)
	go func() { done <- w.do("getUpdates", object{"timeout": 50}) }()
	w.send(w.anna, "wake up")
	if raw := <-done; !strings.Contains(string(raw), "wake up") {
		t.Errorf("got %s", raw)
	}
}

func TestSecondPollerEndsTheFirst(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	answers := make(chan answer, 2)
	for range 2 {
		go func() { answers <- w.try("getUpdates", object{"timeout": 50}) }()
	}
	first := <-answers
	if first.ErrorCode != 409 || first.Description != "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running" {
		t.Errorf("got %+v", first)
	}
	w.send(w.anna, "x")
	if second := <-answers; !second.OK {
		t.Errorf("got %+v", second)
	}
}

// hookWorld is a world whose bot has a webhook that refuses the first of
// each update.
type hookWorld struct {
	*world
	mu    sync.Mutex
	texts []string
	seen  map[int64]int
}

func newHookWorld(t *testing.T) *hookWorld {
	h := &hookWorld{world: newWorld(t, tgsim.Options{}), seen: map[int64]int{}}
	hook := httptest.NewServer(http.HandlerFunc(h.receive))
	t.Cleanup(hook.Close)
	h.do("setWebhook", object{"url": hook.URL, "secret_token": "s3cret", "max_connections": 4})
	return h
}

func (h *hookWorld) receive(rw http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	if r.Header.Get("X-Telegram-Bot-Api-Secret-Token") != "s3cret" {
		h.t.Error("no secret")
	}
	var u struct {
		ID      int64 `json:"update_id"`
		Message struct {
			Text string
			Chat struct{ ID int64 }
		}
	}
	decode(body, &u)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.seen[u.ID]++
	if h.seen[u.ID] == 1 {
		rw.WriteHeader(http.StatusInternalServerError)
		return
	}
	h.texts = append(h.texts, fmt.Sprintf("%d %s", u.Message.Chat.ID, u.Message.Text))
	if u.Message.Text == "answer me" {
		fmt.Fprintf(rw, `{"method":"sendMessage","chat_id":%d,"text":"by webhook"}`, u.Message.Chat.ID)
	}
}

func TestWebhook(t *testing.T) {
	h := newHookWorld(t)
	other := h.NewSupergroup("Other", h.owner)
	other.Add(h.bot)
	other.Promote(h.bot, tgsim.AllRights())
	var want []string
	for i := range 10 {
		h.send(h.anna, fmt.Sprint(i))
		must(h.owner.Send(other, fmt.Sprint(i)))
		want = append(want, fmt.Sprintf("%d %d", h.group.ID(), i))
	}
	h.send(h.anna, "answer me")
	if err := h.WaitConfirmed(h.ctx()); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, text := range h.texts {
		if strings.HasPrefix(text, fmt.Sprint(h.group.ID())) && !strings.HasSuffix(text, "answer me") {
			got = append(got, text)
		}
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("order of a chat: got %v", got)
	}
	if h.anna.Find(h.group, "by webhook") == nil {
		t.Error("the call in the answer was not made")
	}
	h.refused("getUpdates", nil, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
	var info object
	decode(h.do("getWebhookInfo", nil), &info)
	if info["pending_update_count"] != 0.0 || info["last_error_message"] == nil || info["max_connections"] != 4.0 {
		t.Errorf("got %v", info)
	}
	h.do("deleteWebhook", nil)
	h.send(h.anna, "x")
	h.update("message")
	h.refused("setWebhook", object{"url": "http://example.org/"}, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
}

func TestWebhookEndsPoll(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	done := make(chan answer)
	polling := make(chan struct{})
	go func() {
		close(polling)
		done <- w.try("getUpdates", object{"timeout": 50})
	}()
	<-polling
	w.do("setWebhook", object{"url": "http://127.0.0.1:1/"})
	if a := <-done; a.ErrorCode != 409 {
		t.Errorf("got %+v", a)
	}
}

func TestFlood(t *testing.T) {
	w := newWorld(t, tgsim.Options{KeepMessages: 50, NoCallLog: true})
	other := w.NewSupergroup("Other", w.owner)
	other.Add(w.bot, w.anna)
	other.Promote(w.bot, tgsim.AllRights())
	w.updates()
	const n = 2500
	w.Flood(w.bot, n, tgsim.Chatter([]*tgsim.Chat{w.group, other}, []*tgsim.User{w.anna, w.owner}, "chatter"))
	if got := len(w.updates()); got != n {
		t.Errorf("got %d updates, want %d", got, n)
	}
	if err := w.WaitConfirmed(w.ctx()); err != nil {
		t.Error(err)
	}
	if got := len(w.anna.Sees(w.group)); got < 50 || got > 100 {
		t.Errorf("kept %d messages", got)
	}
	if len(w.Calls()) != 0 {
		t.Error("calls were logged")
	}
}

func TestWaiting(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	ctx, cancel := context.WithCancel(context.Background())
	w.send(w.anna, "x")
	cancel()
	if err := w.WaitConfirmed(ctx); err == nil {
		t.Error("an unconfirmed update was taken for confirmed")
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		w.updates()
		w.do("sendMessage", object{"chat_id": w.group.ID(), "text": "hi"})
	}()
	if err := w.WaitConfirmed(w.ctx()); err != nil {
		t.Error(err)
	}
	c, err := w.WaitCall(w.ctx(), func(c tgsim.Call) bool { return c.Method == "sendMessage" && c.OK() })
	if err != nil || c.Text("text") != "hi" || c.AfterUpdate == 0 || c.Code != 200 {
		t.Errorf("got %+v, %v", c, err)
	}
	if _, err := w.anna.WaitFind(w.ctx(), w.group, "hi"); err != nil {
		t.Error(err)
	}
	if _, err := w.anna.WaitFind(ctx, w.group, "nothing"); err == nil {
		t.Error("found nothing")
	}
	<-done
}

func TestConfirmationAloneWakes(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	w.send(w.anna, "x")
	confirmed := make(chan error)
	go func() { confirmed <- w.WaitConfirmed(w.ctx()) }()
	polled := make(chan answer)
	go func() { polled <- w.try("getUpdates", object{"offset": 1 << 40, "timeout": 50}) }()
	if err := <-confirmed; err != nil {
		t.Error(err)
	}
	w.send(w.anna, "y")
	<-polled
}

func TestOnChange(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	var seen []int
	w.OnChange(func() { seen = append(seen, len(w.anna.Sees(w.group))) })
	w.send(w.anna, "1")
	w.do("getMe", nil)
	m := w.send(w.anna, "2")
	if err := w.anna.Delete(m); err != nil {
		t.Error(err)
	}
	if len(seen) != 3 || seen[1] != seen[0]+1 || seen[2] != seen[0] {
		t.Errorf("got %v", seen)
	}
}
