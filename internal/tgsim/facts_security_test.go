package tgsim_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// Facts, section 5: security.
func TestFactsOfSecurity(t *testing.T) {
	hold(t, tgsim.Options{}, []fact{
		{"a client may send callback data that no button holds", func(w *world) {
			card := w.card()
			w.updates()
			must(w.anna.PressRaw(card, "forged"))
			w.is(w.update("callback_query")["data"], "forged")
		}},
		{"in public groups non-members can press buttons", func(w *world) {
			w.group.SetUsername("chessclub")
			q := w.query(w.carl, w.card(), "🚩")
			w.is(id(dig(q, "from", "id")), w.carl.ID()) // the presser, whoever it was meant for
		}},
		{"what only one sees, others cannot press", func(w *world) {
			w.whisper(object{"reply_markup": keyboard("↩️", "u")})
			if _, err := w.ben.PressRaw(w.anna.Find(w.group, "only you"), "u"); err == nil {
				w.t.Error("Ben pressed what Anna alone sees")
			}
		}},
		{"anyone can type /start anything", func(w *world) {
			must(w.carl.SendPrivate(w.bot, "/start admin_1"))
			w.is(w.update("message")["text"], "/start admin_1")
		}},
		{"whoever has the token can change privacy mode, joining groups and how presses arrive", func(w *world) {
			must(w.bot.Call("setMySettings", object{"can_read_all_group_messages": true, "can_join_groups": false, "callback_query_mode": "inline"}))
			me := w.ask("getMe", nil)
			w.is(dig(me, "can_read_all_group_messages"), true)
			w.is(dig(me, "can_join_groups"), false)
		}},
		{"file links contain the token", func(w *world) {
			w.send(w.anna, "x", tgsim.WithDocument("a.txt"))
			name := dig(w.update("message"), "document", "file_id")
			path, _ := dig(w.ask("getFile", object{"file_id": name}), "file_path").(string)
			for token, want := range map[string]int{w.bot.Token(): 200, "1:wrong": 401} {
				res, err := http.Get(w.srv.URL + "/file/bot" + token + "/" + path)
				if err != nil {
					w.t.Fatal(err)
				}
				res.Body.Close()
				w.is(res.StatusCode, want)
			}
		}},
		{"users control names and texts: nothing of them is escaped for a parse mode", func(w *world) {
			w.send(w.anna, "<b>bold</b> & more")
			w.is(w.update("message")["text"], "<b>bold</b> & more")
			a := w.try("sendMessage", object{"chat_id": w.group.ID(), "text": "<b>Anna", "parse_mode": "HTML"})
			w.is(strings.Contains(a.Description, "can't parse entities"), true)
		}},
	})
}
