package tgsim_test

import (
	"fmt"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// ask is what the answer to a call holds.
func (w *world) ask(method string, args object) any {
	var v object
	decode(w.do(method, args), &v)
	return v
}

func TestSetMySettings(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	w.do("setMySettings", object{"can_join_groups": false, "supports_inline_queries": true})
	w.do("setMySettings", object{"can_read_all_group_messages": true})
	me := w.ask("getMe", nil)
	if dig(me, "can_join_groups") != false || dig(me, "supports_inline_queries") != true || dig(me, "can_read_all_group_messages") != true {
		t.Errorf("what is not named keeps its value, but: %v", me)
	}
	w.refused("setMySettings", object{"callback_query_mode": "never"}, "Bad Request: invalid callback query mode specified")
	w.bot.SetUsernames("NewBot", "OtherName")
	if me := w.ask("getMe", nil); dig(me, "username") != "NewBot" || fmt.Sprint(dig(me, "active_usernames")) != "[NewBot OtherName]" {
		t.Errorf("names: %v", me)
	}
	rights := object{
		"is_anonymous": false, "can_manage_chat": true, "can_delete_messages": true, "can_manage_video_chats": false, "can_restrict_members": false,
		"can_promote_members": false, "can_change_info": false, "can_invite_users": false, "can_post_stories": false, "can_edit_stories": false,
		"can_delete_stories": false, "can_send_welcome_messages": false,
	}
	w.do("setMyDefaultAdministratorRights", object{"rights": rights})
	if is := w.ask("getMyDefaultAdministratorRights", nil); dig(is, "can_delete_messages") != true {
		t.Errorf("rights: %v", is)
	}
	if is := w.ask("getMyDefaultAdministratorRights", object{"for_channels": true}); dig(is, "can_delete_messages") != false {
		t.Errorf("in channels: %v", is)
	}
}

// A server of long ago does not know the method, which nobody can know beforehand.
func TestOldServerHasNoSettings(t *testing.T) {
	w := newWorld(t, tgsim.Options{NoEphemeralSupport: true})
	w.refused("setMySettings", object{"callback_query_mode": "default"}, "Not Found: method not found")
}

func TestCallbackModes(t *testing.T) {
	for _, tt := range []struct {
		mode    string
		old     bool
		message bool
	}{
		{"default", false, true}, {"default", true, true}, {"auto", false, true}, {"auto", true, false}, {"inline", false, false}, {"inline", true, false},
	} {
		w := newWorld(t, tgsim.Options{})
		w.do("setMySettings", object{"callback_query_mode": tt.mode})
		w.do("sendMessage", object{"chat_id": w.group.ID(), "text": "card", "reply_markup": object{"inline_keyboard": []any{[]any{object{"text": "b", "callback_data": "x"}}}}})
		w.updates()
		var opts []tgsim.PressOption
		if tt.old {
			opts = append(opts, tgsim.Inaccessible())
		}
		if _, err := w.anna.Press(w.anna.Find(w.group, "card"), "b", opts...); err != nil {
			t.Fatal(err)
		}
		q := dig(w.updates()[0], "callback_query")
		message, inline := dig(q, "message") != nil, dig(q, "inline_message_id") != nil
		if message != tt.message || inline == tt.message || dig(q, "chat_instance") == nil || dig(q, "data") != "x" {
			t.Errorf("%+v: %v", tt, q)
		}
	}
}
