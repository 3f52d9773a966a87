package tgsim_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// Facts, section 4: sending limits.
func TestFactsOfLimits(t *testing.T) {
	hold(t, tgsim.Options{Limits: true}, []fact{
		{"one group: 20 messages a minute; beyond: 429 with retry_after", func(w *world) {
			args := object{"chat_id": w.group.ID(), "text": "x"}
			for range 20 {
				w.do("sendMessage", args)
			}
			w.is(w.refused("sendMessage", args, "Too Many Requests: retry after 60").Parameters.RetryAfter, int64(60))
			w.clock.Advance(time.Minute)
			w.do("sendMessage", args)
		}},
		{"edits do count, answerCallbackQuery never does", func(w *world) {
			card := w.card()
			press := w.query(w.anna, card, "🚩")
			for i := range 19 {
				w.do("editMessageText", object{"chat_id": w.group.ID(), "message_id": card.ID(), "text": fmt.Sprint(i)})
			}
			w.is(w.try("editMessageText", object{"chat_id": w.group.ID(), "message_id": card.ID(), "text": "x"}).ErrorCode, 429)
			w.do("answerCallbackQuery", object{"callback_query_id": press["id"]})
		}},
		{"overall about 30 a second", func(w *world) {
			must(w.anna.Start(w.bot, ""))
			for range 30 {
				w.do("sendMessage", object{"chat_id": w.anna.ID(), "text": "x"})
			}
			w.is(w.try("sendMessage", object{"chat_id": w.anna.ID(), "text": "x"}).Parameters.RetryAfter, int64(1))
		}},
		{"reading calls can be refused with 429 as well", func(w *world) {
			w.Fail(tgsim.Fault{Kind: tgsim.TooManyRequests, Method: "getChatMember", RetryAfter: 7})
			w.is(w.try("getChatMember", w.about(nil)).Parameters.RetryAfter, int64(7))
			w.do("getChatMember", w.about(nil))
		}},
		{"text 1-4096 counted in code points, caption 0-1024", func(w *world) {
			args := object{"chat_id": w.group.ID(), "text": strings.Repeat("👋", 4096)}
			w.do("sendMessage", args)
			args["text"] = strings.Repeat("👋", 4097)
			w.refused("sendMessage", args, "Bad Request: message is too long")
			args["text"] = " "
			w.refused("sendMessage", args, "Bad Request: message text is empty")
		}},
		{"late answerCallbackQuery: the query is too old", func(w *world) {
			press := w.query(w.anna, w.card(), "🚩")
			w.clock.Advance(151 * time.Second)
			w.refused("answerCallbackQuery", object{"callback_query_id": press["id"]},
				"Bad Request: query is too old and response timeout expired or query ID is invalid")
		}},
		{"a bot cannot write first in private", func(w *world) {
			a := w.refused("sendMessage", object{"chat_id": w.anna.ID(), "text": "x"}, "Forbidden: bot can't initiate conversation with a user")
			w.is(a.ErrorCode, 403)
		}},
		{"deep link: the parameter arrives as /start P, up to 64 of A-Z a-z 0-9 _ -", func(w *world) {
			if err := w.anna.Open("https://t.me/OstrakonBot?start=case_7-KQ2"); err != nil {
				w.t.Fatal(err)
			}
			w.is(w.update("message")["text"], "/start case_7-KQ2")
			for _, bad := range []string{strings.Repeat("a", 65), "case.7"} {
				if err := w.anna.Open("https://t.me/OstrakonBot?start=" + bad); err == nil {
					w.t.Errorf("%q was taken", bad)
				}
			}
		}},
		{"message link t.me/c/ID/MSG: the id without -100, for members only", func(w *world) {
			m := w.send(w.anna, "x")
			w.is(m.Link(), fmt.Sprintf("https://t.me/c/%s/%d", strings.TrimPrefix(fmt.Sprint(w.group.ID()), "-100"), m.ID()))
			w.is(w.ben.Open(m.Link()), nil)
			w.is(w.carl.Open(m.Link()) == nil, false)
		}},
		{"an album has 2 to 10 items", func(w *world) {
			for _, n := range []int{1, 11} {
				if _, err := w.anna.SendAlbum(w.group, make([]string, n)); err == nil {
					w.t.Errorf("%d items", n)
				}
			}
		}},
	})
}

// Facts, section 4: what the schema limits.
func TestFactsOfLengths(t *testing.T) {
	commands := func(n int, name, about string) object {
		var list []any
		for range n {
			list = append(list, object{"command": name, "description": about})
		}
		return object{"commands": list}
	}
	for _, tt := range []struct {
		says, method string
		args         object
		want         string
	}{
		{"callback_data 1-64 bytes", "sendMessage", object{"chat_id": -1, "text": "x", "reply_markup": keyboard("b", strings.Repeat("x", 65))}, "must have 1-64 bytes"},
		{"answerCallbackQuery text 0-200 characters", "answerCallbackQuery", object{"callback_query_id": "1", "text": strings.Repeat("x", 201)}, "must have 0-200 chars"},
		{"100 commands per list", "setMyCommands", commands(101, "a", "a"), "must have 0-100 items"},
		{"a command's name has 1-32 characters", "setMyCommands", commands(1, strings.Repeat("a", 33), "a"), "must have 1-32 chars"},
		{"its description 1-256", "setMyCommands", commands(1, "a", strings.Repeat("a", 257)), "must have 1-256 chars"},
		{"over 100 identifiers at once", "deleteMessages", object{"chat_id": -1, "message_ids": make([]int, 101)}, "must have 1-100 items"},
		{"ChatPermissions has no can_send_media_messages", "restrictChatMember",
			object{"chat_id": -1, "user_id": 1, "permissions": object{"can_send_media_messages": true}}, "unknown field can_send_media_messages"},
	} {
		t.Run(tt.says, func(t *testing.T) {
			w := newLoneWorld(t)
			if a := w.try(tt.method, tt.args); !strings.Contains(a.Description, tt.want) {
				t.Errorf("got %q, want %q", a.Description, tt.want)
			}
		})
	}
}
