package bot

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// sample is a group message the length of an everyday one; %d is the update's
// number, the message's number and the chat.
const sample = `{"update_id":%d,"message":{"message_id":%d,"from":{"id":7100000001,"is_bot":false,` +
	`"first_name":"Themistokles","last_name":"of Phrearrhioi","username":"themistokles","language_code":"en"},` +
	`"chat":{"id":-10010000%05d,"title":"Pnyx, a group for talk","username":"pnyx","type":"supergroup","is_forum":true},` +
	`"date":1787000000,"message_thread_id":42,"is_topic_message":true,` +
	`"text":"Did anybody see who left the gate open last night? The goats are all over the agora again.",` +
	`"entities":[{"offset":0,"length":3,"type":"bold"}]}}`

// nothing is a handler that does nothing, to every update alike.
type nothing struct{ handled atomic.Int64 }

func (n *nothing) Ordinary(u *wire.Update) bool { return u.Message != nil }
func (n *nothing) Bulk(_ context.Context, updates []wire.Update) error {
	n.handled.Add(int64(len(updates)))
	return nil
}
func (n *nothing) Admit(*wire.Update) (bool, []wire.Call)                   { return true, nil }
func (n *nothing) Ahead(context.Context, *wire.Update)                      {}
func (n *nothing) Unavailable(*wire.Update) []wire.Call                     { return nil }
func (n *nothing) Dropped(*wire.Update) []wire.Call                         { return nil }
func (n *nothing) Handle(context.Context, wire.Update) ([]wire.Call, error) { return nil, nil }

// BenchmarkPoll measures the way from Telegram's answer to the commit: HTTP over
// loopback, decoding, dispatching, with 40 chats and a handler that does nothing.
// Run with -cpu 1 to have server and bot share a single core.
func BenchmarkPoll(b *testing.B) {
	const batch, chats = 100, 40
	ctx, cancel := context.WithCancel(b.Context())
	defer cancel()
	var served atomic.Int64
	var body bytes.Buffer
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path[len(r.URL.Path)-5:] == "getMe" {
			fmt.Fprint(w, `{"ok":true,"result":{"id":1,"is_bot":true,"first_name":"O","username":"OstrakonBot"}}`)
			return
		}
		first := served.Load()
		if first >= int64(b.N) {
			cancel()
		}
		body.Reset()
		body.WriteString(`{"ok":true,"result":[`)
		for i := range int64(batch) {
			if i > 0 {
				body.WriteByte(',')
			}
			fmt.Fprintf(&body, sample, first+i+1, first+i+1, i%chats)
		}
		body.WriteString(`]}`)
		served.Store(first + batch)
		w.Write(body.Bytes())
	}))
	defer server.Close()
	client, err := Dial(ctx, Options{Token: "1:token", URL: server.URL})
	if err != nil {
		b.Fatal(err)
	}
	handler := new(nothing)
	b.ReportAllocs()
	b.ResetTimer()
	if err := NewReceiver(client, handler, ReceiverOptions{Inbox: newStore()}).Poll(ctx); err != nil {
		b.Fatal(err)
	}
	b.StopTimer()
	b.ReportMetric(float64(handler.handled.Load())/b.Elapsed().Seconds(), "updates/s")
}
