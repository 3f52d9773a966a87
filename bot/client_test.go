package bot

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

func TestDial(t *testing.T) {
	tg := newTelegram(t)
	client, _ := tg.dial()
	want := wire.User{ID: 42, Bot: true, FirstName: "Ostrakon", Username: "OstrakonBot", ReadsAll: true}
	if client.Me().User != want {
		t.Errorf("me: %+v", client.Me())
	}
	for name, o := range map[string]Options{
		"wrong token":     {Token: "1:other", URL: tg.url},
		"malformed token": {Token: "a/../b", URL: tg.url},
		"no token":        {URL: tg.url},
	} {
		if _, err := Dial(t.Context(), o); !errors.Is(err, wire.ErrUnauthorized) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, address := range []string{"ftp://x", "nonsense", "http://", "http://%zz"} {
		if _, err := Dial(t.Context(), Options{Token: testToken, URL: address}); err == nil {
			t.Errorf("%s was accepted", address)
		}
	}
}

// The token is part of every address, and net/http prints addresses.
func TestTokenNeverShows(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed := "http://" + listener.Addr().String()
	listener.Close()
	_, err = Dial(t.Context(), Options{Token: testToken, URL: closed})
	if err == nil || strings.Contains(err.Error(), testToken) || strings.Contains(err.Error(), "http://") {
		t.Errorf("dial: %v", err)
	}
	for e := err; e != nil; e = errors.Unwrap(e) {
		if strings.Contains(e.Error(), testToken) {
			t.Errorf("cause: %v", e)
		}
	}
	if wire.KindOf(err) != wire.KindTemporary {
		t.Errorf("kind %s", wire.KindOf(err))
	}
}

func TestDo(t *testing.T) {
	tg := newTelegram(t)
	var observed []string
	client, _ := tg.dial(func(o *Options) {
		o.Observe = func(method string, _ time.Duration, kind wire.Kind) {
			observed = append(observed, method+" "+string(kind))
		}
	})
	tg.answer("sendMessage",
		ok(`{"message_id":12}`),
		refused(400, "Bad Request: group chat was upgraded to a supergroup chat", "migrate_to_chat_id", int64(-100777)),
		page(502, "<html>bad gateway</html>"),
		page(200, "<html>captive portal</html>"),
		page(200, `{"ok":true,"result":{"message_`),
		page(403, "<html>blocked by a proxy</html>"),
		page(200, `{"ok":false,"error_code":400,"description":"Bad Request: message text is empty"}`),
	)
	result, err := client.Do(t.Context(), wire.SendMessage(-5, "hi"))
	if sent, bad := result.Sent(); err != nil || bad != nil || sent != (wire.Sent{MessageID: 12}) {
		t.Errorf("sent %+v, %v, %v", sent, err, bad)
	}
	for _, want := range []wire.Kind{wire.KindMigrated, wire.KindTemporary, wire.KindTemporary, wire.KindTemporary, wire.KindTemporary, wire.KindInvalid} {
		_, err := client.Do(t.Context(), wire.SendMessage(-5, "hi"))
		if wire.KindOf(err) != want {
			t.Errorf("%v: kind %s, want %s", err, wire.KindOf(err), want)
		}
		if e, ok := errors.AsType[*wire.Error](err); !ok || want == wire.KindMigrated && e.MigrateTo != -100777 {
			t.Errorf("%#v", err)
		}
	}
	if got := strings.Join(observed, ", "); !strings.HasPrefix(got, "sendMessage ok, sendMessage migrated, sendMessage temporary") {
		t.Errorf("observed %s", got)
	}
}

func TestDoStopsWithTheCaller(t *testing.T) {
	tg := newTelegram(t)
	client, _ := tg.dial()
	ctx, cancel := context.WithCancel(t.Context())
	tg.answer("getChat", func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	})
	_, err := client.Do(ctx, wire.GetChat(-5))
	if !errors.Is(err, context.Canceled) || wire.KindOf(err) != wire.KindTemporary {
		t.Errorf("got %v", err)
	}
}

func TestMalformedCall(t *testing.T) {
	client, _ := newTelegram(t).dial()
	_, err := client.Do(t.Context(), wire.Call{Method: "sendMessage", Params: map[string]any{"x": func() {}}})
	if wire.KindOf(err) != wire.KindInvalid {
		t.Errorf("got %v", err)
	}
}

func TestUpload(t *testing.T) {
	tg := newTelegram(t)
	client, _ := tg.dial()
	var name, caption string
	tg.answer("sendPhoto",
		func(w http.ResponseWriter, r *http.Request) {
			_, header, err := r.FormFile("photo")
			if err != nil {
				t.Error(err)
				return
			}
			name, caption = header.Filename, r.Form.Get("caption")
			ok(`{"message_id":1}`)(w, r)
		},
		refused(429, "Too Many Requests: retry after 3", "retry_after", 3),
	)
	call := wire.SendPhoto(-5, "week.png", []byte("png"), "The week")
	if _, err := client.Do(t.Context(), call); err != nil || name != "week.png" || caption != "The week" {
		t.Errorf("%v, name %q, caption %q", err, name, caption)
	}
	_, err := client.Do(t.Context(), call)
	if wire.KindOf(err) != wire.KindTooMany || wire.RetryAfter(err) != 3*time.Second {
		t.Errorf("a refused upload lost its code: %v", err)
	}
}

func TestTooManyHoldsTheChat(t *testing.T) {
	tg := newTelegram(t)
	client, clock := tg.dial()
	tg.answer("sendMessage", refused(429, "Too Many Requests: retry after 7", "retry_after", 7))
	if _, err := client.Do(t.Context(), wire.SendMessage(-5, "hi")); wire.KindOf(err) != wire.KindTooMany {
		t.Fatal(err)
	}
	for _, held := range []wire.Call{wire.SendMessage(-5, "hi"), wire.Ban(-5, 8, time.Time{}), wire.DeleteMessages(-5, []int64{1})} {
		until, is := client.held(held)
		if !is || !until.Equal(clock.Now().Add(7*time.Second)) {
			t.Errorf("%s: held %v until %v", held.Method, is, until)
		}
	}
	for _, free := range []wire.Call{wire.GetChat(-5), wire.AnswerCallback("q", "", false), wire.SendMessage(-6, "hi")} {
		if _, is := client.held(free); is {
			t.Errorf("%s is held", free.Method)
		}
	}
	clock.Advance(7 * time.Second)
	if _, is := client.held(wire.SendMessage(-5, "hi")); is {
		t.Error("still held when the time is over")
	}
}

func TestEphemeral(t *testing.T) {
	anchored := wire.SendMessage(-5, "secret").Ephemeral(8, "", 77)
	t.Run("anchor gone", func(t *testing.T) {
		tg := newTelegram(t)
		client, _ := tg.dial()
		tg.answer("sendMessage", refused(400, "Bad Request: message to be replied not found"), ok(`{"message_id":0,"ephemeral_message_id":4}`))
		result, err := client.Do(t.Context(), anchored)
		if sent, _ := result.Sent(); err != nil || sent.EphemeralID != 4 {
			t.Fatal(sent, err)
		}
		calls := tg.calls(2)
		if calls[0].form.Get("reply_parameters") == "" || calls[1].form.Get("reply_parameters") != "" {
			t.Errorf("sent %v", calls)
		}
	})
	t.Run("no right is not the anchor's fault", func(t *testing.T) {
		tg := newTelegram(t)
		client, _ := tg.dial()
		tg.answer("sendMessage", refused(403, "Forbidden: bot was kicked from the supergroup chat"))
		if _, err := client.Do(t.Context(), anchored); wire.KindOf(err) != wire.KindRemoved || len(tg.calls(1)) != 1 {
			t.Errorf("%v after %v", err, tg.calls(1))
		}
	})
	t.Run("shown to everybody", func(t *testing.T) {
		tg := newTelegram(t)
		client, _ := tg.dial()
		tg.answer("sendMessage", ok(`{"message_id":15}`), ok(`{"message_id":2}`), ok(`{"message_id":3}`))
		if _, err := client.Do(t.Context(), anchored); err != nil {
			t.Errorf("got %v", err)
		}
		calls := tg.calls(3)
		if took := calls[1]; took.method != "deleteMessage" || took.form.Get("message_id") != "15" {
			t.Errorf("not taken back: %v", took)
		}
		if said := calls[2]; said.form.Get("chat_id") != "8" || said.form.Has("ephemeral_message_parameters") || said.form.Has("reply_parameters") {
			t.Errorf("not sent in private: %v", said)
		}
		if _, err := client.Do(t.Context(), anchored.Thread(4)); err != nil || tg.calls(4)[3].form.Get("chat_id") != "8" || tg.calls(4)[3].form.Has("message_thread_id") {
			t.Errorf("the next one was sent to the group: %v, %v", err, tg.calls(4)[3])
		}
	})
	alone := wire.SendMessage(-100, "secret").ForCallback("q1")
	t.Run("an answer to a press names no chat, and is not tried without the press", func(t *testing.T) {
		tg := newTelegram(t)
		client, _ := tg.dial()
		tg.answer("sendMessage", refused(400, "Bad Request: chat_id is empty"))
		_, err := client.Do(t.Context(), alone)
		if wire.KindOf(err) != wire.KindInvalid {
			t.Errorf("got %v", err)
		}
		form := tg.calls(1)[0].form
		if form.Has("chat_id") || form.Get("ephemeral_message_parameters") != `{"callback_query_id":"q1"}` {
			t.Errorf("sent %v", form)
		}
	})
	t.Run("an answer to a press that everybody sees", func(t *testing.T) {
		tg := newTelegram(t)
		client, _ := tg.dial()
		tg.answer("sendMessage", ok(`{"message_id":15}`))
		if _, err := client.Do(t.Context(), alone); !errors.Is(err, wire.ErrNotEphemeral) {
			t.Errorf("got %v", err)
		}
		if last := tg.calls(2)[1]; last.method != "deleteMessage" || last.form.Get("chat_id") != "-100" {
			t.Errorf("not taken back: %v", last)
		}
	})
}

// Calls side by side must not open a connection each.
func TestConnectionsAreReused(t *testing.T) {
	var opened atomic.Int64
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/getMe") {
			fmt.Fprint(w, `{"ok":true,"result":{"id":42}}`)
			return
		}
		w.WriteHeader(http.StatusBadRequest) // refusals must not cost the connection either
		fmt.Fprintf(w, `{"ok":false,"error_code":400,"description":"Bad Request: chat not found"%s}`, strings.Repeat(" ", 10_000))
	}))
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			opened.Add(1)
		}
	}
	server.Start()
	defer server.Close()
	client, err := Dial(t.Context(), Options{Token: testToken, URL: server.URL})
	if err != nil {
		t.Fatal(err)
	}
	const side, rounds = 32, 20
	var group sync.WaitGroup
	for range side {
		group.Go(func() {
			for range rounds {
				if _, err := client.Do(t.Context(), wire.GetChat(-5)); wire.KindOf(err) != wire.KindRemoved {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	if n := opened.Load(); n > 2*side {
		t.Errorf("%d connections for %d calls, %d at a time", n, side*rounds, side)
	}
}

func TestLogsHoldNoSecrets(t *testing.T) {
	tg := newTelegram(t)
	var log bytes.Buffer
	client, _ := tg.dial(func(o *Options) { o.Log = slog.New(slog.NewJSONHandler(&log, nil)) })
	tg.answer("sendMessage", ok(`{"message_id":15}`))
	tg.answer("deleteMessage", refused(400, "Bad Request: message can't be deleted"))
	_, _ = client.Do(t.Context(), wire.SendMessage(-5, "the text").Ephemeral(7100000001, "", 0))
	if log.Len() == 0 {
		t.Fatal("nobody is told that a private answer stays public")
	}
	for _, secret := range []string{testToken, "the text", "7100000001"} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("the log shows %q", secret)
		}
	}
}
