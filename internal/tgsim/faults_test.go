package tgsim_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// post makes a call and returns the status and the body, or the error.
func (w *world) post(ctx context.Context, method string, args object) (int, []byte, error) {
	body, _ := json.Marshal(args)
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, w.srv.URL+"/bot"+w.bot.Token()+"/"+method, bytes.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, nil, err
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	return res.StatusCode, answer, err
}

func TestFaults(t *testing.T) {
	tests := []struct {
		fault  tgsim.Fault
		status int // 0: no answer
		body   string
		done   bool
	}{
		{tgsim.Fault{Kind: tgsim.TooManyRequests, RetryAfter: 7}, 429, `{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 7","parameters":{"retry_after":7}}`, false},
		{tgsim.Fault{Kind: tgsim.ServerError}, 502, "<html>", false},
		{tgsim.Fault{Kind: tgsim.Refuse, Description: "because"}, 400, `{"ok":false,"error_code":400,"description":"Bad Request: because"}`, false},
		{tgsim.Fault{Kind: tgsim.Reset}, 0, "", false},
		{tgsim.Fault{Kind: tgsim.LostAnswer}, 0, "", true},
	}
	for _, tt := range tests {
		t.Run(string(tt.fault.Kind), func(t *testing.T) {
			w := newWorld(t, tgsim.Options{})
			tt.fault.Method = "sendMessage"
			tt.fault.Chat = w.group.ID()
			armed := w.Fail(tt.fault)
			args := object{"chat_id": w.group.ID(), "text": "hi"}
			status, body, err := w.post(w.ctx(), "sendMessage", args)
			if status != tt.status || !bytes.HasPrefix(body, []byte(tt.body)) || (err != nil) != (tt.status == 0) {
				t.Errorf("got %d %s %v", status, body, err)
			}
			if done := w.anna.Find(w.group, "hi") != nil; done != tt.done {
				t.Errorf("done: %v", done)
			}
			if c := w.Calls(); len(c) != 1 || c[0].Fault != tt.fault.Kind || c[0].OK() != tt.done {
				t.Errorf("log: %+v", c)
			}
			if w.do("sendMessage", args); armed.Hits() != 1 {
				t.Errorf("hits: %d", armed.Hits())
			}
		})
	}
}

func TestFaultsMatch(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	a := w.Fail(tgsim.Fault{Kind: tgsim.Refuse, Method: "getChat", Skip: 1, Times: 2, Description: "x"})
	w.do("getMe", nil)
	args := object{"chat_id": w.group.ID()}
	w.do("getChat", args)
	w.refused("getChat", args, "Bad Request: x")
	w.refused("getChat", args, "Bad Request: x")
	w.do("getChat", args)
	if err := a.WaitHit(w.ctx(), 2); err != nil {
		t.Error(err)
	}
	b := w.Fail(tgsim.Fault{Kind: tgsim.Refuse, Chat: 1, Times: -1})
	w.do("getChat", args)
	b.Release()
	c := w.Fail(tgsim.Fault{Kind: tgsim.Refuse, Times: -1, Description: "y"})
	w.do("getUpdates", nil)
	w.refused("getMe", nil, "Bad Request: y")
	c.Release()
	w.do("getMe", nil)
}

func TestHang(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	a := w.Fail(tgsim.Fault{Kind: tgsim.Hang, Method: "getMe", Times: -1})
	done := make(chan answer)
	go func() { done <- w.try("getMe", nil) }()
	if err := a.WaitHit(w.ctx(), 1); err != nil {
		t.Fatal(err)
	}
	w.do("getChat", object{"chat_id": w.group.ID()}) // others go on meanwhile
	ctx, cancel := context.WithCancel(w.ctx())
	gone := make(chan error)
	go func() {
		_, _, err := w.post(ctx, "getMe", nil)
		gone <- err
	}()
	if err := a.WaitHit(w.ctx(), 2); err != nil {
		t.Fatal(err)
	}
	cancel()
	if err := <-gone; err == nil {
		t.Error("the cancelled call was answered")
	}
	a.Release()
	if got := <-done; !got.OK {
		t.Errorf("got %+v", got)
	}
}

func TestOddAndDuplicateUpdates(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	w.send(w.anna, "once")
	first := w.updates()
	a := w.Fail(tgsim.Fault{Kind: tgsim.Duplicate})
	again := w.updates()
	if len(again) != 1 || again[0]["update_id"] != first[0]["update_id"] || a.Hits() != 1 {
		t.Errorf("got %v", again)
	}
	w.bot.Inject("message", tgsim.OddMessage)
	w.bot.Inject("callback_query", tgsim.CallbackWithoutMessage)
	w.bot.Inject("message", tgsim.MessageWithoutFrom)
	got := w.updates()
	if len(got) != 3 || got[0]["message"] != "x" || dig(got[1], "callback_query", "message") != nil || dig(got[2], "message", "from") != nil {
		t.Errorf("got %v", got)
	}
}

func TestChaosIsRepeatable(t *testing.T) {
	run := func() string {
		w := newWorld(t, tgsim.Options{})
		w.SetChaos(&tgsim.Chaos{Seed: 3, Probability: 0.5})
		var out bytes.Buffer
		for range 30 {
			status, _, err := w.post(w.ctx(), "getMe", nil)
			out.WriteString(http.StatusText(status))
			if err != nil {
				out.WriteString("-")
			}
		}
		w.SetChaos(nil)
		w.do("getMe", nil)
		return out.String()
	}
	a, b := run(), run()
	if a != b || !bytes.Contains([]byte(a), []byte("-")) {
		t.Errorf("got %s and %s", a, b)
	}
}

func TestLimits(t *testing.T) {
	w := newWorld(t, tgsim.Options{Limits: true})
	args := object{"chat_id": w.group.ID(), "text": "x"}
	for range 20 {
		w.do("sendMessage", args)
	}
	if a := w.refused("sendMessage", args, "Too Many Requests: retry after 60"); a.ErrorCode != 429 || a.Parameters.RetryAfter != 60 {
		t.Errorf("got %+v", a)
	}
	w.do("sendMessage", object{"chat_id": w.group.ID(), "text": "x", "ephemeral_message_parameters": object{"receiver_user_id": w.anna.ID()}})
	w.clock.Advance(60e9)
	w.do("sendMessage", args)
	must(w.anna.Start(w.bot, ""))
	args["chat_id"] = w.anna.ID()
	for range 29 {
		w.do("sendMessage", args)
	}
	w.refused("sendMessage", args, "Too Many Requests: retry after 1")
}
