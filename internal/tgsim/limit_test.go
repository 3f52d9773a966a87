package tgsim_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// Facts, section 4: one group bears 20 messages a minute; edits count, answerCallbackQuery never does.
func TestEditsCountAndAnswersDoNot(t *testing.T) {
	w := newWorld(t, tgsim.Options{Limits: true})
	press := w.pressed(w.anna, w.group)
	card := w.anna.Find(w.group, "card")
	edit := func(words string) object {
		return object{"chat_id": w.group.ID(), "message_id": card.ID(), "text": words}
	}
	for i := range 19 {
		w.do("editMessageText", edit(fmt.Sprint("edit ", i)))
		w.clock.Advance(time.Second)
	}
	if a := w.refused("editMessageText", edit("one more"), "Too Many Requests: retry after 41"); a.ErrorCode != 429 || a.Parameters.RetryAfter != 41 {
		t.Errorf("got %+v", a)
	}
	w.refused("sendMessage", object{"chat_id": w.group.ID(), "text": "x"}, "Too Many Requests: retry after 41")
	w.refused("editMessageReplyMarkup", object{"chat_id": w.group.ID(), "message_id": card.ID(), "reply_markup": object{
		"inline_keyboard": []any{[]any{object{"text": "b", "callback_data": "d"}}},
	}}, "Too Many Requests: retry after 41")
	for range 40 {
		w.do("answerCallbackQuery", object{"callback_query_id": press})
	}
	if card.Text() != "edit 18" {
		t.Errorf("a refused edit changed the message to %q", card.Text())
	}
	w.clock.Advance(41 * time.Second)
	w.do("editMessageText", edit("later"))
}
