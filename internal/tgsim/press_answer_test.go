package tgsim_test

import (
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// pressed is the id of a press of the only button that the bot has in the chat.
func (w *world) pressed(u *tgsim.User, chat *tgsim.Chat) string {
	w.t.Helper()
	w.do("sendMessage", object{"chat_id": chat.ID(), "text": "card", "reply_markup": object{
		"inline_keyboard": []any{[]any{object{"text": "🔍 More", "callback_data": "more"}}},
	}})
	if _, err := u.Press(u.Find(chat, "card"), "🔍"); err != nil {
		w.t.Fatal(err)
	}
	return w.update("callback_query")["id"].(string)
}

func answering(press string) object { return object{"callback_query_id": press} }

// Facts, section 1: to a press the bot may answer with callback_query_id alone, in any chat.
func TestAnswerToAPressAlone(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	channel := w.NewChannel("Log", w.owner)
	channel.Add(w.anna, w.bot)
	channel.Promote(w.bot, tgsim.AllRights())
	must(w.anna.Start(w.bot, ""))
	basic := w.NewGroup("Club", w.owner)
	basic.Add(w.anna, w.bot)
	for _, chat := range []*tgsim.Chat{w.group, basic, channel, w.anna.Dialog(w.bot)} {
		w.updates()
		press := w.pressed(w.anna, chat)
		var got object
		decode(w.do("sendMessage", object{"text": "only you", "ephemeral_message_parameters": answering(press)}), &got)
		if id(dig(got, "chat", "id")) != chat.ID() || id(dig(got, "receiver_user", "id")) != w.anna.ID() ||
			id(dig(got, "from", "id")) != w.bot.ID() || id(got["ephemeral_message_id"]) == 0 || id(got["message_id"]) != 0 {
			t.Errorf("%s: got %v", chat.Title(), got)
		}
		if w.anna.Find(chat, "only you") == nil || w.owner.Find(chat, "only you") != nil {
			t.Errorf("%s: Anna, and she alone, should see the answer", chat.Title())
		}
		if w.try("answerCallbackQuery", object{"callback_query_id": press, "text": "here"}); len(w.anna.Toasts()) == 0 {
			t.Errorf("%s: the press is still to be answered", chat.Title())
		}
	}
}

func TestAnswerToAPressIsRefused(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	press := w.pressed(w.anna, w.group)
	w.refused("sendMessage", object{"text": "x", "ephemeral_message_parameters": answering("1")},
		"Bad Request: query is too old and response timeout expired or query ID is invalid")
	w.refused("sendMessage", object{"chat_id": w.group.ID(), "text": "x", "ephemeral_message_parameters": object{
		"receiver_user_id": w.ben.ID(), "callback_query_id": press,
	}}, "Bad Request: query is too old and response timeout expired or query ID is invalid")
	w.do("sendMessage", object{"chat_id": w.group.ID(), "text": "all three", "ephemeral_message_parameters": object{
		"receiver_user_id": w.anna.ID(), "callback_query_id": press,
	}})
	w.clock.Advance(16 * time.Second)
	w.refused("sendMessage", object{"text": "late", "ephemeral_message_parameters": answering(press)},
		"Bad Request: query is too old and response timeout expired or query ID is invalid")
}

// Facts, section 1: the other ephemeral messages go to groups and supergroups alone.
func TestEphemeralWithoutAPressNeedsAGroup(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	channel := w.NewChannel("Log", w.owner)
	channel.Add(w.anna, w.bot)
	channel.Promote(w.bot, tgsim.AllRights())
	w.refused("sendMessage", object{
		"chat_id": channel.ID(), "text": "x", "ephemeral_message_parameters": object{"receiver_user_id": w.anna.ID()},
	}, "Bad Request: ephemeral messages can be sent only to groups and supergroups")
}

// An old server knows neither the parameter nor that chat_id may be missing.
func TestOldServerWantsAChat(t *testing.T) {
	w := newWorld(t, tgsim.Options{NoEphemeralSupport: true})
	press := w.pressed(w.anna, w.group)
	w.refused("sendMessage", object{"text": "x", "ephemeral_message_parameters": answering(press)}, "Bad Request: chat_id is empty")
}
