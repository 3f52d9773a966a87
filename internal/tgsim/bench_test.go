package tgsim_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// benchWorld is a group with a bot, without the checks of tests.
func benchWorld(b *testing.B) (*tgsim.Sim, *tgsim.Server, *tgsim.Bot, *tgsim.Chat, *tgsim.User) {
	sim := tgsim.New(tgsim.Options{KeepMessages: 100, NoCallLog: true})
	srv := sim.Serve()
	b.Cleanup(srv.Close)
	owner := sim.AddUser("Olga")
	bot := sim.AddBot("OstrakonBot", "Ostrakon")
	g := sim.NewSupergroup("Chess club", owner)
	g.Add(bot)
	g.Promote(bot, tgsim.AllRights())
	return sim, srv, bot, g, owner
}

func benchPost(b *testing.B, srv *tgsim.Server, bot *tgsim.Bot, method, body string) []byte {
	res, err := http.Post(srv.URL+"/bot"+bot.Token()+"/"+method, "application/json", bytes.NewBufferString(body))
	if err != nil {
		b.Fatal(err)
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		b.Fatal(err)
	}
	return answer
}

func BenchmarkFloodedGetUpdates(b *testing.B) {
	sim, srv, bot, g, owner := benchWorld(b)
	n := b.N // not b.Loop: the flood must be known before
	sim.Flood(bot, n, tgsim.Chatter([]*tgsim.Chat{g}, []*tgsim.User{owner}, "one ordinary message among very many"))
	b.ReportAllocs()
	b.ResetTimer()
	for offset := int64(0); n > 0; {
		var got struct {
			Result []struct {
				ID int64 `json:"update_id"`
			}
		}
		if err := json.Unmarshal(benchPost(b, srv, bot, "getUpdates", fmt.Sprintf(`{"offset":%d}`, offset)), &got); err != nil {
			b.Fatal(err)
		}
		n -= len(got.Result)
		offset = got.Result[len(got.Result)-1].ID + 1
	}
}

// BenchmarkNothing is the price of an HTTP call by itself.
func BenchmarkNothing(b *testing.B) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Write([]byte(`{"ok":true,"result":true}`))
	}))
	defer srv.Close()
	_, _, bot, _, _ := benchWorld(b)
	for b.Loop() {
		benchPost(b, &tgsim.Server{URL: srv.URL}, bot, "getMe", "{}")
	}
}

func BenchmarkGetChatMember(b *testing.B) {
	_, srv, bot, g, owner := benchWorld(b)
	for b.Loop() {
		benchPost(b, srv, bot, "getChatMember", fmt.Sprintf(`{"chat_id":%d,"user_id":%d}`, g.ID(), owner.ID()))
	}
}

func BenchmarkSendMessage(b *testing.B) {
	_, srv, bot, g, _ := benchWorld(b)
	body := fmt.Sprintf(`{"chat_id":%d,"text":"A member reported this message.","reply_markup":{"inline_keyboard":[[{"text":"a","callback_data":"1"},{"text":"b","callback_data":"2"}]]}}`, g.ID())
	for b.Loop() {
		benchPost(b, srv, bot, "sendMessage", body)
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		tgsim.New(tgsim.Options{})
	}
}
