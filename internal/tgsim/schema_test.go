package tgsim_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// newLoneWorld is a world whose violations are expected.
func newLoneWorld(t *testing.T) *world {
	w := &world{t: t, Sim: tgsim.New(tgsim.Options{})}
	w.srv = w.Serve()
	t.Cleanup(w.srv.Close)
	w.bot = w.AddBot("OstrakonBot", "Ostrakon")
	w.owner = w.AddUser("Olga")
	w.group = w.NewSupergroup("Chess club", w.owner)
	w.group.Add(w.bot)
	return w
}

func TestSchemaViolations(t *testing.T) {
	g := int64(-1001000000001)
	tests := []struct {
		name, method string
		args         object
		want         string
	}{
		{"unknown parameter", "sendMessage", object{"chat_id": g, "text": "x", "reply_to_message_id": 1}, "unknown parameter reply_to_message_id in sendMessage"},
		{"missing parameter", "sendMessage", object{"chat_id": g}, "parameter text of sendMessage is missing"},
		{"wrong type", "deleteMessage", object{"chat_id": g, "message_id": "one"}, "message_id of deleteMessage must be of type Integer"},
		{"fraction", "deleteMessage", object{"chat_id": g, "message_id": 1.5}, "message_id of deleteMessage must be of type Integer"},
		{"unknown field", "sendMessage", object{"chat_id": g, "text": "x", "reply_parameters": object{"id": 1}}, "reply_parameters of sendMessage: unknown field id in ReplyParameters"},
		{"old permissions", "restrictChatMember", object{"chat_id": g, "user_id": 1, "permissions": object{"can_send_media_messages": true}}, "unknown field can_send_media_messages in ChatPermissions"},
		{"missing field", "setMyCommands", object{"commands": []any{object{"command": "a"}}}, "field description of BotCommand is missing"},
		{"alphabet", "setMyCommands", object{"commands": []any{object{"command": "Report", "description": "d"}}}, "commands of setMyCommands[0].command may only have the characters a-z 0-9 _"},
		{"wrong constant", "setMyCommands", object{"commands": []any{}, "scope": object{"type": "galaxy"}}, "scope of setMyCommands.type must be"},
		{"subtype", "setMyCommands", object{"commands": []any{}, "scope": object{"type": "chat_member", "chat_id": g}}, "field user_id of BotCommandScopeChatMember is missing"},
		{"too many items", "deleteMessages", object{"chat_id": g, "message_ids": make([]int, 101)}, "message_ids of deleteMessages must have 1-100 items, has 101"},
		{"too many chars", "answerCallbackQuery", object{"callback_query_id": "1", "text": strings.Repeat("ж", 201)}, "text of answerCallbackQuery must have 0-200 chars, has 201"},
		{"too many bytes", "sendMessage", object{"chat_id": g, "text": "x", "reply_markup": object{"inline_keyboard": []any{[]any{object{"text": "b", "callback_data": strings.Repeat("ж", 33)}}}}}, "callback_data must have 1-64 bytes, has 66"},
		{"value", "getUpdates", object{"limit": 101}, "limit of getUpdates must be between 1 and 100, is 101"},
		{"union", "sendMessage", object{"chat_id": g, "text": "x", "reply_markup": object{"keyboard": []any{}, "inline": 1}}, "unknown field inline in ReplyKeyboardMarkup"},
		{"only true", "sendMessage", object{"chat_id": g, "text": "x", "reply_markup": object{"force_reply": false}}, "may only be true"},
		{"neither chat nor press", "sendMessage", object{"text": "x"}, "parameter chat_id of sendMessage is missing"},
		{"no chat for a receiver", "sendMessage", object{"text": "x", "ephemeral_message_parameters": object{"receiver_user_id": 1}}, "parameter chat_id of sendMessage is missing"},
		{"neither receiver nor press", "sendMessage", object{"chat_id": g, "text": "x", "ephemeral_message_parameters": object{}}, "field receiver_user_id of EphemeralMessageParameters is missing"},
		{"null", "sendMessage", object{"chat_id": g, "text": nil}, "text of sendMessage must be of type String"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newLoneWorld(t)
			a := w.try(tt.method, tt.args)
			if a.ErrorCode != 400 || !strings.HasPrefix(a.Description, "Bad Request: ") || !strings.Contains(a.Description, tt.want) {
				t.Errorf("got %d %q, want %q", a.ErrorCode, a.Description, tt.want)
			}
			if v := w.Violations(); len(v) != 1 || !strings.Contains(v[0], tt.want) {
				t.Errorf("violations %q", v)
			}
		})
	}
}

func TestUnknownMethodAndTokens(t *testing.T) {
	w := newLoneWorld(t)
	if a := w.try("sendMesage", nil); a.ErrorCode != 404 || len(w.Violations()) != 1 {
		t.Errorf("got %+v, violations %q", a, w.Violations())
	}
	if a := w.try("sendDice", object{"chat_id": 1}); a.ErrorCode != 400 || !strings.Contains(a.Description, "not simulated") {
		t.Errorf("got %+v", a)
	}
	other := tgsim.New(tgsim.Options{}).AddBot("Other", "Other", tgsim.Token("12:secret"))
	w.bot = other
	if a := w.try("getMe", nil); a.ErrorCode != 401 || a.Description != "Unauthorized" {
		t.Errorf("unknown token: got %+v", a)
	}
	w.bot = tgsim.New(tgsim.Options{}).AddBot("Other", "Other", tgsim.Token("nonsense"))
	if a := w.try("getMe", nil); a.ErrorCode != 404 || a.Description != "Not Found" {
		t.Errorf("bad token: got %+v", a)
	}
}

func TestFormsAreUnderstood(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	a := w.form("sendMessage", url.Values{
		"chat_id":              {"-1001000000001"},
		"text":                 {"x"},
		"disable_notification": {"true"},
		"reply_markup":         {`{"inline_keyboard":[[{"text":"b","callback_data":"d"}]]}`},
	})
	if !a.OK {
		t.Fatalf("got %+v", a)
	}
	if got := w.Calls()[0]; got.Int("chat_id") != w.group.ID() || got.Params["disable_notification"] != true ||
		got.JSON("reply_markup") != `{"inline_keyboard":[[{"callback_data":"d","text":"b"}]]}` {
		t.Errorf("got %v", got.Params)
	}
	if a := w.form("getUpdates", url.Values{"allowed_updates": {"null"}}); !a.OK {
		t.Errorf("null allowed_updates: %+v", a)
	}
}
