package tgsim_test

import (
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// A server from before Bot API 10.5 that knows ephemeral messages all the same.
func TestServerWithoutSettings(t *testing.T) {
	w := newWorld(t, tgsim.Options{NoSettings: true})
	if a := w.try("setMySettings", object{"can_join_groups": true}); a.ErrorCode != 404 || a.Description != "Not Found: method not found" {
		t.Errorf("got %+v", a)
	}
	if last := w.Calls()[w.CallCount()-1]; last.Method != "setMySettings" || last.Code != 404 {
		t.Errorf("the call is in the log: got %+v", last)
	}
	if me := w.ask("getMe", nil); dig(me, "active_usernames") != nil || dig(me, "username") != "OstrakonBot" {
		t.Errorf("got %v", me)
	}
}

// Into groups that it may not join nobody can bring the bot.
func TestBotThatJoinsNoGroups(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	w.do("setMySettings", object{"can_join_groups": false})
	shut := w.NewSupergroup("Shogi club", w.owner)
	if shut.Add(w.bot, w.anna); shut.Status(w.bot).In || !shut.Status(w.anna).In {
		t.Error("the bot was added, or Anna was not")
	}
	log := w.NewChannel("Log", w.owner)
	if log.Add(w.bot); !log.Status(w.bot).In {
		t.Error("channels are no groups")
	}
}

// A message whose press came without it can be edited by what the press called it.
func TestEditsOfInlineMessages(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	w.do("setMySettings", object{"callback_query_mode": "inline"})
	w.pressed(w.anna, w.group)
	must(w.ben.Press(w.ben.Find(w.group, "card"), "🔍"))
	q := w.update("callback_query")
	name, _ := q["inline_message_id"].(string)
	if got := w.do("editMessageText", object{"inline_message_id": name, "text": "done"}); string(got) != "true" {
		t.Errorf("got %s", got)
	}
	if w.anna.Find(w.group, "done") == nil {
		t.Error("the message was not edited")
	}
	w.refused("editMessageText", object{"inline_message_id": "x" + name, "text": "done"}, "Bad Request: MESSAGE_ID_INVALID")
	// The chat of such a press can be answered in all the same.
	w.do("sendMessage", object{"text": "only you", "ephemeral_message_parameters": answering(q["id"].(string))})
	if w.ben.Find(w.group, "only you") == nil {
		t.Error("Ben was not answered")
	}
}
