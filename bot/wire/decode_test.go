package wire

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// everyday is a group message the length of an everyday one; %d is the update's
// number, the message's number and the chat.
const everyday = `{"update_id":%d,"message":{"message_id":%d,"from":{"id":7100000001,"is_bot":false,` +
	`"first_name":"Themistokles","last_name":"of Phrearrhioi","username":"themistokles","language_code":"en"},` +
	`"chat":{"id":-10010000%05d,"title":"Pnyx, a group for talk","username":"pnyx","type":"supergroup","is_forum":true},` +
	`"date":1787000000,"message_thread_id":42,"is_topic_message":true,` +
	`"text":"Did anybody see who left the gate open last night? The goats are all over the agora again.",` +
	`"entities":[{"offset":0,"length":3,"type":"bold"}]}}`

// seeds are updates as Telegram sends them, and some it does not.
var seeds = []string{
	fmt.Sprintf(everyday, 1, 1, 1),
	`{"update_id":2,"message":{"message_id":0,"ephemeral_message_id":77,"receiver_user":{"id":42,"is_bot":true,"first_name":"Ostrakon"},` +
		`"date":1787000000,"chat":{"id":-100,"type":"supergroup"},"from":{"id":5,"is_bot":false,"first_name":"K"},"text":"/report","entities":[{"type":"bot_command","offset":0,"length":7}],` +
		`"reply_to_message":{"message_id":9,"date":1786999999,"chat":{"id":-100,"type":"supergroup"},"sender_chat":{"id":-200,"type":"channel","title":"C"},"from":{"id":136817688,"is_bot":true,"first_name":"Channel"},` +
		`"photo":[{"file_id":"s","file_unique_id":"us","width":1,"height":1},{"file_id":"L","file_unique_id":"uL","width":9,"height":9}],"caption":"buy \ud83d\ude80 \u0441\u0435\u0439\u0447\u0430\u0441","media_group_id":"12345",` +
		`"reply_to_message":{"message_id":1,"date":1,"chat":{"id":-100,"type":"supergroup"}}}}}`,
	`{"update_id":3,"edited_message":{"message_id":9,"date":1,"edit_date":2,"chat":{"id":5,"type":"private"},"text":"x"}}`,
	`{"update_id":4,"callback_query":{"id":"99","from":{"id":5,"is_bot":false,"first_name":"K"},"message":{"chat":{"id":-100,"type":"supergroup"},"message_id":3,"date":0},"chat_instance":"0","data":"v:1"}}`,
	`{"update_id":5,"callback_query":{"id":"99","from":{"id":5,"is_bot":false,"first_name":"K"},"inline_message_id":"x","chat_instance":"0","data":"v:1"}}`,
	`{"update_id":6,"my_chat_member":{"chat":{"id":-100,"type":"supergroup"},"from":{"id":5},"date":7,"old_chat_member":{"user":{"id":42,"is_bot":true},"status":"member"},` +
		`"new_chat_member":{"user":{"id":42,"is_bot":true},"status":"administrator","can_delete_messages":true,"can_restrict_members":false,"is_anonymous":false}}}`,
	`{"update_id":7,"chat_member":{"chat":{"id":-100,"type":"supergroup"},"from":{"id":5},"date":7,"old_chat_member":{"user":{"id":8},"status":"member"},` +
		`"new_chat_member":{"user":{"id":8},"status":"restricted","is_member":true,"can_send_messages":false,"can_invite_users":true,"until_date":99}}}`,
	`{"update_id":8,"message":{"message_id":1,"date":1,"chat":{"id":-5,"type":"group"},"migrate_to_chat_id":-1001}}`,
	`{"update_id":9,"message":{"message_id":1,"date":1,"chat":{"id":-5,"type":"group"},"new_chat_members":[{"id":1,"is_bot":false},{"id":2,"is_bot":true}],"new_chat_member":{"id":1}}}`,
	`{"update_id":10,"message":{"message_id":1,"date":1,"chat":{"id":-5,"type":"group"},"pinned_message":{"message_id":3,"date":1,"chat":{"id":-5,"type":"group"},"text":"\"}]"}}}`,
	`{"update_id":11,"message":{"message_id":1,"date":1,"chat":{"id":5,"type":"private"},"forward_origin":{"type":"channel","date":3,"chat":{"id":-9,"type":"channel"},"message_id":4},"venue":{},"location":{"latitude":1.5e3}}}`,
	`{"update_id":12,"message":{"message_id":1,"date":1,"chat":{"id":5,"type":"private"},"something_new":{"a":[1,2,{"b":null}]}}}`,
	`{"update_id":13,"poll":{"id":"1"}}`,
	`{"update_id":14,"message":{"message_id":"one"}}`,
	`{"message":{"chat":7},"update_id":15}`,
	`{"update_id":16,"message":`,
	`{"update_id":1e3}`, `[]`, `null`, ``, `{`, `"`, `{"update_id":17,"message":{"chat":{"id":1},"text":"\ud800"}}`,
	"{\"update_id\":18,\"message\":{\"chat\":{\"id\":1},\"text\":\"\xff\"}}",
}

func decodeSeed(t *testing.T, id int64) Update {
	t.Helper()
	for _, seed := range seeds {
		if strings.HasPrefix(seed, fmt.Sprintf(`{"update_id":%d,`, id)) {
			u, err := DecodeUpdate([]byte(seed))
			if err != nil || u.ID != id {
				t.Fatalf("%v: %v", u.ID, err)
			}
			return u
		}
	}
	t.Fatalf("no seed %d", id)
	return Update{}
}

func TestDecodeMessage(t *testing.T) {
	want := Update{ID: 1, Message: &Message{
		ID: 1, Thread: 42, Topic: true, Date: 1787000000,
		Chat:     Chat{ID: -1001000000001, Type: "supergroup", Title: "Pnyx, a group for talk", Username: "pnyx", Forum: true},
		From:     &User{ID: 7100000001, FirstName: "Themistokles", LastName: "of Phrearrhioi", Username: "themistokles", Language: "en"},
		Text:     "Did anybody see who left the gate open last night? The goats are all over the agora again.",
		Entities: []Entity{{Type: "bold", Length: 3}},
		Plain:    true,
	}}
	if got := decodeSeed(t, 1); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got.Message, want.Message)
	}
}

func TestDecodeEphemeralReport(t *testing.T) {
	m := decodeSeed(t, 2).Message
	if m.ID != 0 || m.EphemeralID != 77 || m.Receiver.ID != 42 || m.Inaccessible() {
		t.Errorf("%+v", m)
	}
	target := m.ReplyTo
	want := &Message{
		ID: 9, Date: 1786999999, Chat: m.Chat, Album: "12345", Text: "buy 🚀 сейчас", Media: "photo",
		File: MediaFile{ID: "L", Unique: "uL"}, From: &User{ID: 136817688, Bot: true, FirstName: "Channel"},
		SenderChat: &Chat{ID: -200, Type: "channel", Title: "C"},
	}
	if !reflect.DeepEqual(target, want) {
		t.Errorf("got  %+v\nwant %+v", target, want)
	}
}

func TestDecodeOthers(t *testing.T) {
	if u := decodeSeed(t, 3); !u.Edited || u.Kind() != "edited_message" || u.Chat() != 5 || !u.Message.Chat.Private() {
		t.Errorf("edit: %+v", u)
	}
	if u := decodeSeed(t, 4); !u.Callback.Message.Inaccessible() || u.Callback.Message.Media != "" || u.Chat() != -100 || u.Callback.Data != "v:1" {
		t.Errorf("press: %+v", u.Callback.Message)
	}
	if u := decodeSeed(t, 5); u.Callback.Message != nil || u.Chat() != 5 {
		t.Errorf("inline press: %+v", u.Callback)
	}
	if u := decodeSeed(t, 6); !u.MyStatus.New.Admin() || !u.MyStatus.New.CanDelete || u.MyStatus.New.CanRestrict || !u.MyStatus.Old.InChat() {
		t.Errorf("own status: %+v", u.MyStatus)
	}
	if u := decodeSeed(t, 7); u.Membership.User.ID != 8 || !u.Membership.New.InChat() || u.Membership.New.CanSend || u.Membership.New.CanInvite || u.Membership.New.Until != 99 {
		t.Errorf("membership: %+v", u.Membership)
	}
	if m := decodeSeed(t, 11).Message; m.Media != "venue" || m.Forward.Chat.ID != -9 || m.Forward.MessageID != 4 {
		t.Errorf("forwarded venue: %+v", m)
	}
	if m := decodeSeed(t, 12).Message; m.Media != "unknown" || m.Service != ServiceNone {
		t.Errorf("unknown content: %+v", m)
	}
	if u := decodeSeed(t, 13); u.Kind() != "other" || u.Chat() != 0 {
		t.Errorf("unwanted kind: %+v", u)
	}
}

func TestAnonymousAdmin(t *testing.T) {
	for sender, want := range map[string]bool{`{"id":-5,"type":"group"}`: true, `{"id":-9,"type":"channel"}`: false, `null`: false} {
		u, err := DecodeUpdate(json.RawMessage(`{"update_id":1,"message":{"message_id":1,"date":99,"chat":{"id":-5,"type":"group"},"text":"x","sender_chat":` + sender + `}}`))
		if err != nil || u.Message.AnonymousAdmin() != want || u.Message.Time().Unix() != 99 {
			t.Errorf("%s: %+v, %v", sender, u.Message, err)
		}
	}
}

func TestDecodeButtons(t *testing.T) {
	for markup, want := range map[string][]string{
		`{"inline_keyboard":[[{"text":"🚩","callback_data":"v:7KQ2:breaks"},{"text":"?","url":"https://t.me/x"}],[{"callback_data":"b"}]]}`: {"v:7KQ2:breaks", "b"},
		`{"inline_keyboard":[]}`:        nil,
		`{"inline_keyboard":[7]}`:       nil,
		`{"keyboard":[["Yes"]]}`:        nil,
		`{"inline_keyboard":[[["a"]]]}`: nil,
		`null`:                          nil,
	} {
		u, err := DecodeUpdate(json.RawMessage(`{"update_id":1,"message":{"message_id":1,"date":99,"chat":{"id":-5,"type":"group"},"text":"x","reply_markup":` + markup + `}}`))
		if err != nil || !slices.Equal(u.Message.Buttons, want) || u.Message.Text != "x" {
			t.Errorf("%s: %+v, %v", markup, u.Message, err)
		}
	}
}

func TestDecodeService(t *testing.T) {
	if m := decodeSeed(t, 8).Message; m.Service != ServiceMigratedTo || m.MigrateTo != -1001 {
		t.Errorf("migration: %+v", m)
	}
	if m := decodeSeed(t, 9).Message; m.Service != ServiceJoined || len(m.Joined) != 2 || !m.Joined[1].Bot {
		t.Errorf("join: %+v", m)
	}
	if m := decodeSeed(t, 10).Message; m.Service != ServiceOther || m.Media != "" {
		t.Errorf("pin: %+v", m)
	}
	for field, want := range map[string]Service{
		`"forum_topic_created":{"name":"x","icon_color":1}`: ServiceTopicCreated,
		`"left_chat_member":{"id":7}`:                       ServiceLeft,
		`"migrate_from_chat_id":-5`:                         ServiceMigratedFrom,
		`"group_chat_created":true`:                         ServiceOther,
		`"video_chat_ended":{"duration":3}`:                 ServiceOther,
		`"video_chat_ended":null`:                           ServiceNone,
		`"giveaway":{}`:                                     ServiceNone,
	} {
		u, err := DecodeUpdate(json.RawMessage(`{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":-5,"type":"group"},` + field + `}}`))
		if err != nil || u.Message.Service != want {
			t.Errorf("%s: %v, %v", field, u.Message, err)
		}
	}
}

func TestDecodeMedia(t *testing.T) {
	for fields, want := range map[string]string{
		`"document":{"file_id":"d"},"animation":{"file_id":"a"}`: "animation a",
		`"animation":{"file_id":"a"},"document":{"file_id":"d"}`: "animation a",
		`"location":{},"venue":{}`:                               "venue ",
		`"sticker":{"file_id":"s","emoji":"x"}`:                  "sticker s",
		`"poll":{"id":"1","question":"?"}`:                       "poll ",
		`"photo":[]`:                                             "photo ",
		`"text":"plain"`:                                         " ",
	} {
		u, err := DecodeUpdate(json.RawMessage(`{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":-5,"type":"group"},` + fields + `}}`))
		if err != nil || u.Message.Media+" "+u.Message.File.ID != want {
			t.Errorf("%s: %+v, %v", fields, u.Message, err)
		}
	}
}

func TestDecodePlain(t *testing.T) {
	tests := []struct {
		fields string
		plain  bool
	}{
		{`"text":"Good morning"`, true},
		{`"text":"x","entities":[{"type":"bold","offset":0,"length":1},{"type":"mention","offset":0,"length":1}]`, true},
		{`"text":"x","entities":[{"type":"email","offset":0,"length":1},{"type":"phone_number","offset":0,"length":1}]`, true},
		{`"text":"x","entities":[{"type":"text_mention","offset":0,"length":1,"user":{"id":7}},{"type":"bot_command","offset":0,"length":1}]`, true},
		{`"text":"x","reply_to_message":{"message_id":9,"date":1,"chat":{"id":-5,"type":"group"},"photo":[{"file_id":"p"}]}`, true},
		{`"text":"x","link_preview_options":{"is_disabled":true}`, true},
		{`"text":"x","forward_origin":null,"via_bot":null,"photo":null`, true},
		{`"ephemeral_message_id":3,"text":"/report"`, true},

		{`"text":"see HTTP://EXAMPLE.COM","entities":[{"type":"url","offset":4,"length":18}]`, false},
		{`"entities":[{"type":"bold","offset":0,"length":4},{"type":"text_link","offset":0,"length":4,"url":"http://a.org/"}],"text":"here"`, false},
		{`"text":"x","link_preview_options":{"prefer_large_media":true,"url":"http://a.org/"}`, false},
		{`"text":"x","forward_origin":{"type":"hidden_user","date":1,"sender_user_name":"K"}`, false},
		{`"text":"x","forward_origin":{"type":"channel","date":1,"chat":{"id":-9,"type":"channel"},"message_id":1},"is_automatic_forward":true`, false},
		{`"text":"x","via_bot":{"id":9,"is_bot":true,"first_name":"gif"}`, false},
		{`"caption":"only words","photo":[{"file_id":"p"}]`, false},
		{`"caption":"a.org","caption_entities":[{"type":"url","offset":0,"length":5}],"video":{"file_id":"v"}`, false},
		{`"checklist":{"title":"x"}`, false},
		{`"paid_media":{"star_count":1}`, false},
		{`"contact":{"phone_number":"1"}`, false},
		{`"location":{"latitude":1.5}`, false},
		{`"story":{"id":1}`, false},
		{`"rich_message":{}`, false},
		{`"text":"x","poll":{"id":"1"}`, false},
		{`"new_chat_members":[{"id":1}]`, false},
		{`"pinned_message":{"message_id":3,"date":1,"chat":{"id":-5,"type":"group"},"text":"x"}`, false},
		{`"something_new":{}`, false},
	}
	check := func(fields string, want bool) {
		u, err := DecodeUpdate(json.RawMessage(`{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":-5,"type":"group"},` + fields + `}}`))
		if err != nil || u.Message.Plain != want {
			t.Errorf("%s: %+v, %v", fields, u.Message, err)
		}
	}
	for _, test := range tests {
		check(test.fields, test.plain)
	}
	for name := range mediaFields {
		check(`"caption":"x","`+name+`":{"file_id":"f"}`, false)
	}
	if m := decodeSeed(t, 4).Callback.Message; m.Plain {
		t.Error("of a message that is out of reach nobody knows whether it is plain")
	}
}

// What somebody may not do is known of those who are restricted, and of nobody else.
func TestDecodeDenied(t *testing.T) {
	tests := []struct {
		member  string
		canSend bool
		denied  string
	}{
		{`"status":"restricted","is_member":true,"can_send_messages":false,"can_send_photos":false`, false, "can_send_messages can_send_photos"},
		{`"can_send_photos":false,"can_send_messages":true,"is_member":true,"status":"restricted"`, true, "can_send_photos"},
		{`"status":"restricted","can_send_messages":true,"can_pin_messages":false,"can_invite_users":false,"can_fly":false`, true, "can_invite_users can_pin_messages"},
		{`"status":"member"`, true, ""},
		{`"status":"administrator","can_pin_messages":false`, true, ""},
		{`"status":"left"`, false, ""},
	}
	for _, test := range tests {
		m, err := (Result{Raw: json.RawMessage(`{"user":{"id":8},` + test.member + `}`)}).Member()
		if err != nil || m.CanSend != test.canSend || strings.Join(m.Denied, " ") != test.denied {
			t.Errorf("%s: %+v, %v", test.member, m, err)
		}
	}
}

// An update that cannot be read still tells its number, and the error tells
// nothing of what stood in it.
func TestDecodeFailure(t *testing.T) {
	for raw, id := range map[string]int64{
		`{"update_id":14,"message":{"message_id":"Themistokles"}}`:        14,
		`{"message":{"chat":"Themistokles"},"update_id":15}`:              15,
		`{"update_id":16,"message":{"text":"Themistokles`:                 16,
		`{"update_id":17,"message":{"text":"Themistokles"}}`:              17,
		`{"update_id":18,"message":{"chat":{"id":1.5}}}`:                  18,
		`{"update_id":19} trailing`:                                       19,
		`{"update_id":20,"chat_member":{"new_chat_member":{}}}`:           20,
		`{"update_id":21,"message":{"chat":{"id":99999999999999999999}}}`: 21,
		`{"message":{"message_id":1,"date":1,"chat":{"id":-5}}}`:          0,
		`<html>Themistokles</html>`:                                       0,
	} {
		u, err := DecodeUpdate(json.RawMessage(raw))
		if err == nil || u.ID != id || strings.Contains(err.Error(), "Themistokles") {
			t.Errorf("%s: id %d, %v", raw, u.ID, err)
		}
		if u.Message != nil || u.Membership != nil {
			t.Errorf("%s: half an update", raw)
		}
	}
}

func TestUnescape(t *testing.T) {
	for _, literal := range []string{
		`"\u0441\u0435\u0439"`, `"\ud83d\ude80"`, `"\uD83D\uDE80!"`, `"\ud83d"`, `"\ude80\ud83d"`, `"\ud83d\u0041"`,
		`"\"\\\/\b\f\n\r\t"`, "\"\xff\xfe ok\"", "\"\xf0\x9f\x9a\"", `"plain"`, `"\u0000"`, `"日本\u8a9e"`,
		`"\u12"`, `"\x"`, `"\u12g4"`,
	} {
		var want string
		bad := json.Unmarshal([]byte(literal), &want) != nil
		r := newReader([]byte(literal))
		if got := r.text(); got != want || (r.bad != nil) != bad {
			t.Errorf("%s: %q, %v; want %q", literal, got, r.bad, want)
		}
	}
}

// FuzzDecodeUpdate looks for panics, and for valid JSON that our reader and
// encoding/json understand differently.
func FuzzDecodeUpdate(f *testing.F) {
	for _, seed := range seeds {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		u, err := DecodeUpdate(raw)
		_ = u.Chat()
		if u.Message != nil {
			_, _ = u.Message.Command("OstrakonBot")
		}
		if err != nil || !json.Valid(raw) {
			return
		}
		var plain map[string]json.RawMessage
		if json.Unmarshal(raw, &plain) != nil {
			t.Fatalf("not an object, yet decoded: %s", raw)
		}
		if string(plain["update_id"]) != fmt.Sprint(u.ID) {
			t.Fatalf("update %d, in plain %s", u.ID, plain["update_id"])
		}
		compareText(t, plain, u)
	})
}

// compareText compares what stands in a message with what encoding/json finds.
func compareText(t *testing.T, plain map[string]json.RawMessage, u Update) {
	if _, both := plain["edited_message"]; both || plain["message"] == nil || u.Message == nil {
		return
	}
	var message map[string]json.RawMessage
	if json.Unmarshal(plain["message"], &message) != nil {
		t.Fatalf("message is no object: %s", plain["message"])
	}
	var text string
	// Halves of characters are replaced by both, though not always by as many signs.
	whole := strings.NewReplacer("\uFFFD", "")
	if json.Unmarshal(message["text"], &text) == nil && text != "" && whole.Replace(text) != whole.Replace(u.Message.Text) {
		t.Fatalf("text %q, in plain %q", u.Message.Text, text)
	}
}

func TestDecodeFiles(t *testing.T) {
	for field, c := range map[string]struct {
		raw  string
		want MediaFile
	}{
		"document": {`{"file_id":"F","file_unique_id":"U","file_name":"a.pdf","mime_type":"application/pdf","file_size":7,"thumbnail":{"file_id":"T"}}`,
			MediaFile{ID: "F", Unique: "U", Name: "a.pdf", Size: 7}},
		"photo": {`[{"file_id":"s","file_unique_id":"us","width":1,"height":1,"file_size":1},{"file_id":"F","file_unique_id":"U","width":9,"height":9,"file_size":9}]`,
			MediaFile{ID: "F", Unique: "U", Size: 9}},
		"sticker": {`{"file_id":"F","file_unique_id":"U","is_animated":true,"is_video":false,"file_size":3}`,
			MediaFile{ID: "F", Unique: "U", Size: 3}},
		"voice": {`{"file_id":"F","file_unique_id":"U","duration":3,"mime_type":"audio/ogg"}`, MediaFile{ID: "F", Unique: "U"}},
	} {
		u, err := DecodeUpdate([]byte(`{"update_id":1,"edited_message":{"message_id":1,"date":1,"edit_date":5,"chat":{"id":-5,"type":"group"},"` + field + `":` + c.raw + `}}`))
		if err != nil || u.Message.File != c.want {
			t.Errorf("%s: %+v, %v; want %+v", field, u.Message.File, err, c.want)
		}
	}
}

func TestDecodeEntities(t *testing.T) {
	raw := `[{"type":"text_link","offset":1,"length":2,"url":"https://a.example"},{"type":"text_mention","offset":0,"length":3,"user":{"id":77,"is_bot":false,"first_name":"B"}},` +
		`{"type":"pre","offset":0,"length":1,"language":"go"},{"type":"custom_emoji","offset":0,"length":2,"custom_emoji_id":"99"},` +
		`{"type":"date_time","offset":0,"length":2,"unix_time":5,"date_time_format":"wDT"}]`
	want := []Entity{
		{Type: "text_link", Offset: 1, Length: 2, URL: "https://a.example"}, {Type: "text_mention", Length: 3, User: 77},
		{Type: "pre", Length: 1, Language: "go"}, {Type: "custom_emoji", Length: 2, CustomEmoji: "99"},
		{Type: "date_time", Length: 2, Time: 5},
	}
	u, err := DecodeUpdate([]byte(`{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":-5,"type":"group"},"text":"abcdef","entities":` + raw + `}}`))
	if err != nil || !reflect.DeepEqual(u.Message.Entities, want) {
		t.Errorf("%+v, %v\nwant %+v", u.Message.Entities, err, want)
	}
}

func BenchmarkDecodeUpdate(b *testing.B) {
	latin := fmt.Sprintf(everyday, 1, 1, 1)
	russian := strings.Replace(latin, "Did anybody see", strings.Repeat(`\u0414\u0430 `, 50), 1) // as Telegram writes it
	for name, raw := range map[string]string{"latin": latin, "escaped": russian} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(raw)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := DecodeUpdate([]byte(raw)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
