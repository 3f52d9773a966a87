package wire

import (
	"encoding/json"
	"maps"
	"testing"
	"time"
)

func TestCallForm(t *testing.T) {
	until := time.Unix(1800000000, 0)
	all := `{"can_add_web_page_previews":true,"can_change_info":true,"can_edit_tag":true,"can_invite_users":true,"can_manage_topics":true,` +
		`"can_pin_messages":true,"can_react_to_messages":true,"can_send_audios":true,"can_send_documents":true,"can_send_messages":true,` +
		`"can_send_other_messages":true,"can_send_photos":true,"can_send_polls":true,"can_send_video_notes":true,"can_send_videos":true,"can_send_voice_notes":true}`
	plain := `{"can_add_web_page_previews":false,"can_change_info":true,"can_edit_tag":true,"can_invite_users":true,"can_manage_topics":true,` +
		`"can_pin_messages":true,"can_react_to_messages":true,"can_send_audios":false,"can_send_documents":false,"can_send_messages":true,` +
		`"can_send_other_messages":false,"can_send_photos":false,"can_send_polls":false,"can_send_video_notes":false,"can_send_videos":false,"can_send_voice_notes":false}`
	tests := map[string]struct {
		call   Call
		method string
		form   map[string]string
	}{
		"plain message": {
			SendMessage(-5, "hi"), "sendMessage", map[string]string{"chat_id": "-5", "text": "hi"},
		},
		"card": {
			SendMessage(-5, "vote").ReplyTo(9).Thread(4).Quiet().NoPreview().
				Keyboard([][]Button{{{Text: "🚩", Data: "a"}, {Text: "?", URL: "https://t.me/x"}}}),
			"sendMessage", map[string]string{
				"chat_id": "-5", "text": "vote", "message_thread_id": "4", "disable_notification": "true",
				"reply_parameters":     `{"allow_sending_without_reply":true,"message_id":9}`,
				"link_preview_options": `{"is_disabled":true}`,
				"reply_markup":         `{"inline_keyboard":[[{"callback_data":"a","text":"🚩"},{"text":"?","url":"https://t.me/x"}]]}`,
			},
		},
		"nothing to reply to": {
			SendMessage(-5, "hi").ReplyTo(0).Thread(0), "sendMessage", map[string]string{"chat_id": "-5", "text": "hi"},
		},
		"ephemeral after a press": {
			SendMessage(-5, "hi").Ephemeral(8, "q1", 0), "sendMessage", map[string]string{
				"chat_id": "-5", "text": "hi", "ephemeral_message_parameters": `{"callback_query_id":"q1","receiver_user_id":8}`,
			},
		},
		"ephemeral after a command": {
			SendMessage(-5, "hi").Ephemeral(8, "", 77), "sendMessage", map[string]string{
				"chat_id": "-5", "text": "hi", "ephemeral_message_parameters": `{"receiver_user_id":8}`,
				"reply_parameters": `{"ephemeral_message_id":77}`,
			},
		},
		"force reply": {
			SendMessage(5, "say").ForceReply(nil), "sendMessage", map[string]string{
				"chat_id": "5", "text": "say", "reply_markup": `{"force_reply":true,"selective":true}`,
			},
		},
		"force reply with a way out": {
			SendMessage(5, "say").ForceReply([][]Button{{{Text: "Skip", Data: "s"}}}), "sendMessage", map[string]string{
				"chat_id": "5", "text": "say", "reply_markup": `{"force_reply":true,"inline_keyboard":[[{"callback_data":"s","text":"Skip"}]]}`,
			},
		},
		"open the private chat": {
			AnswerCallbackURL("q", "https://t.me/OstrakonBot?start=x"), "answerCallbackQuery", map[string]string{
				"callback_query_id": "q", "url": "https://t.me/OstrakonBot?start=x",
			},
		},
		"leave": {Leave(-5), "leaveChat", map[string]string{"chat_id": "-5"}},
		"sticker again": {
			SendMedia(-5, "sticker", "F", "no caption"), "sendSticker", map[string]string{"chat_id": "-5", "sticker": "F"},
		},
		"video note again": {
			SendMedia(-5, "video_note", "F", ""), "sendVideoNote", map[string]string{"chat_id": "-5", "video_note": "F"},
		},
		"edit without buttons": {
			EditMessageText(-5, 9, "done").Keyboard(nil), "editMessageText", map[string]string{
				"chat_id": "-5", "message_id": "9", "text": "done", "reply_markup": `{"inline_keyboard":[]}`,
			},
		},
		"edit ephemeral": {
			EditEphemeralText(EphemeralRef{Chat: -5, Receiver: 8, ID: 77}, "done"), "editEphemeralMessageText", map[string]string{
				"chat_id": "-5", "receiver_user_id": "8", "ephemeral_message_id": "77", "text": "done",
			},
		},
		"delete one": {
			DeleteMessages(-5, []int64{3}), "deleteMessage", map[string]string{"chat_id": "-5", "message_id": "3"},
		},
		"delete several": {
			DeleteMessages(-5, []int64{3, 4}), "deleteMessages", map[string]string{"chat_id": "-5", "message_ids": "[3,4]"},
		},
		"ban for a time": {
			Ban(-5, 8, until), "banChatMember", map[string]string{"chat_id": "-5", "user_id": "8", "until_date": "1800000000"},
		},
		"ban for ever": {
			Ban(-5, 8, time.Time{}), "banChatMember", map[string]string{"chat_id": "-5", "user_id": "8"},
		},
		"unban keeps who is present": {
			Unban(-5, 8), "unbanChatMember", map[string]string{"chat_id": "-5", "user_id": "8", "only_if_banned": "true"},
		},
		"unrestrict": {
			RestrictTo(-5, 8, time.Time{}, PermissionsBut()), "restrictChatMember", map[string]string{
				"chat_id": "-5", "user_id": "8", "permissions": all, "use_independent_chat_permissions": "true",
			},
		},
		"plain text only": {
			RestrictTo(-5, 8, time.Time{}, PermissionsBut(BeyondWords()...)), "restrictChatMember", map[string]string{
				"chat_id": "-5", "user_id": "8", "permissions": plain, "use_independent_chat_permissions": "true",
			},
		},
		"toast": {
			AnswerCallback("q", "done", true), "answerCallbackQuery", map[string]string{
				"callback_query_id": "q", "text": "done", "show_alert": "true",
			},
		},
		"admins": {
			GetChatAdministrators(-5), "getChatAdministrators", map[string]string{"chat_id": "-5", "return_bots": "true"},
		},
		"commands": {
			SetMyCommands(Scope{Type: "chat", Chat: -5}, "ru", []BotCommand{{"report", "Report", true}, {"help", "Help", false}}),
			"setMyCommands", map[string]string{
				"language_code": "ru", "scope": `{"chat_id":-5,"type":"chat"}`,
				"commands": `[{"command":"report","description":"Report","is_ephemeral":true},{"command":"help","description":"Help"}]`,
			},
		},
		"updates": {
			GetUpdates(UpdatesQuery{Offset: 7, Limit: 100, Seconds: 50}), "getUpdates", map[string]string{
				"offset": "7", "limit": "100", "timeout": "50",
				"allowed_updates": `["message","edited_message","callback_query","my_chat_member","chat_member"]`,
			},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			form, err := test.call.Form()
			if err != nil {
				t.Fatal(err)
			}
			if test.call.Method != test.method || !maps.Equal(form, test.form) {
				t.Errorf("got  %s %v\nwant %s %v", test.call.Method, form, test.method, test.form)
			}
			stored, err := json.Marshal(test.call)
			if err != nil {
				t.Fatal(err)
			}
			var again Call
			if err := json.Unmarshal(stored, &again); err != nil {
				t.Fatal(err)
			}
			form, err = again.Form()
			if err != nil || again.Chat != test.call.Chat || !maps.Equal(form, test.form) {
				t.Errorf("after storing: %v %v", form, err)
			}
		})
	}
}

func TestMuteTakesEverything(t *testing.T) {
	for name, allowed := range RestrictTo(-5, 8, time.Unix(1800000000, 0), Permissions(false)).Params["permissions"].(map[string]bool) {
		if allowed {
			t.Errorf("%s is still allowed", name)
		}
	}
}

func TestSettersLeaveTheOriginal(t *testing.T) {
	plain := SendMessage(-5, "hi")
	plain.Quiet().ReplyTo(3).Ephemeral(8, "q", 0)
	if len(plain.Params) != 2 {
		t.Errorf("the original became %v", plain.Params)
	}
}

func TestUnanchored(t *testing.T) {
	for name, call := range map[string]Call{
		"press":   SendMessage(-5, "hi").Ephemeral(8, "q", 0),
		"command": SendMessage(-5, "hi").Ephemeral(8, "", 77),
		"both":    SendMessage(-5, "hi").Ephemeral(8, "q", 77),
	} {
		loose, anchored := call.Unanchored()
		form, err := loose.Form()
		want := map[string]string{"chat_id": "-5", "text": "hi", "ephemeral_message_parameters": `{"receiver_user_id":8}`}
		if err != nil || !anchored || !maps.Equal(form, want) {
			t.Errorf("%s: %v %v %v", name, anchored, form, err)
		}
		if _, anchored := loose.Unanchored(); anchored {
			t.Errorf("%s: still anchored", name)
		}
	}
	if _, anchored := SendMessage(-5, "hi").ReplyTo(3).Unanchored(); anchored {
		t.Error("an ordinary reply is no anchor")
	}
}
