package tgsim_test

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/png"
	"maps"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// dig follows keys into nested JSON objects.
func dig(v any, keys ...string) any {
	for _, k := range keys {
		m, ok := v.(object)
		if !ok {
			return nil
		}
		v = m[k]
	}
	return v
}

func TestShapesOfMessages(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	first := w.send(w.ben, "first")
	channel := w.NewChannel("Anna's diary", w.anna)
	w.group.Promote(w.owner, tgsim.Rights{Anonymous: true})
	w.updates()
	tests := []struct {
		name string
		send func() (*tgsim.Message, error)
		want map[string]any // dotted path: value; nil for absent
	}{
		{"text", func() (*tgsim.Message, error) { return w.anna.Send(w.group, "hello") }, map[string]any{
			"text": "hello", "from.first_name": "Anna", "from.language_code": "en", "sender_chat": nil, "reply_to_message": nil,
		}},
		{"reply", func() (*tgsim.Message, error) { return w.anna.Send(w.group, "re", tgsim.ReplyTo(first)) }, map[string]any{
			"reply_to_message.text": "first", "message_thread_id": float64(first.ID()), "is_topic_message": nil,
		}},
		{"photo", func() (*tgsim.Message, error) { return w.anna.Send(w.group, "look /now", tgsim.WithPhoto()) }, map[string]any{
			"caption": "look /now", "text": nil,
		}},
		{"sticker", func() (*tgsim.Message, error) { return w.anna.Send(w.group, "😀", tgsim.WithSticker()) }, map[string]any{
			"sticker.emoji": "😀",
		}},
		{"document", func() (*tgsim.Message, error) { return w.anna.Send(w.group, "", tgsim.WithDocument("a.exe")) }, map[string]any{
			"document.file_name": "a.exe",
		}},
		{"video", func() (*tgsim.Message, error) { return w.anna.Send(w.group, "", tgsim.WithVideo()) }, map[string]any{
			"video.duration": 7.0,
		}},
		{"animation", func() (*tgsim.Message, error) { return w.anna.Send(w.group, "ha", tgsim.WithAnimation()) }, map[string]any{
			"animation.width": 800.0, "document.file_id": "SIManimation00000005", "caption": "ha",
		}},
		{"music", func() (*tgsim.Message, error) { return w.anna.Send(w.group, "la", tgsim.WithAudio()) }, map[string]any{
			"audio.duration": 7.0, "caption": "la",
		}},
		{"voice", func() (*tgsim.Message, error) { return w.anna.Send(w.group, "", tgsim.WithVoice()) }, map[string]any{
			"voice.duration": 7.0, "caption": nil,
		}},
		{"video note", func() (*tgsim.Message, error) { return w.anna.Send(w.group, "", tgsim.WithVideoNote()) }, map[string]any{
			"video_note.length": 240.0,
		}},
		{"poll", func() (*tgsim.Message, error) { return w.anna.Send(w.group, "Which pills?", tgsim.WithPoll()) }, map[string]any{
			"poll.question": "Which pills?", "text": nil, "caption": nil,
		}},
		{"contact", func() (*tgsim.Message, error) { return w.anna.Send(w.group, "Cheap pills", tgsim.WithContact()) }, map[string]any{
			"contact.first_name": "Cheap pills", "text": nil,
		}},
		{"forwarded poll", func() (*tgsim.Message, error) { return w.anna.Forward(w.ben.Find(w.group, "Which pills?"), w.group) }, map[string]any{
			"poll.question": "Which pills?", "forward_origin.type": "user", "text": nil,
		}},
		{"channel", func() (*tgsim.Message, error) { return w.anna.Send(w.group, "x", tgsim.AsChannel(channel)) }, map[string]any{
			"from.id": 136817688.0, "sender_chat.id": float64(channel.ID()), "sender_chat.type": "channel",
		}},
		{"anonymous admin", func() (*tgsim.Message, error) { return w.owner.Send(w.group, "x") }, map[string]any{
			"from.id": 1087968824.0, "sender_chat.id": float64(w.group.ID()),
		}},
		{"forward", func() (*tgsim.Message, error) { return w.anna.Forward(first, w.group) }, map[string]any{
			"forward_origin.type": "user", "forward_origin.sender_user.first_name": "Ben", "text": "first",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m, err := tt.send()
			if err != nil {
				t.Fatal(err)
			}
			got := w.update("message")
			if id(got["message_id"]) != int64(m.ID()) {
				t.Errorf("got id %v, want %d", got["message_id"], m.ID())
			}
			for path, want := range tt.want {
				if v := dig(got, strings.Split(path, ".")...); v != want {
					t.Errorf("%s: got %v, want %v", path, v, want)
				}
			}
		})
	}
}

func TestForwardOrigins(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	shy := w.AddUser("Shy", tgsim.HideForwards())
	w.join(shy)
	channel := w.NewChannel("News", w.owner)
	w.group.Promote(w.owner, tgsim.Rights{Anonymous: true})
	post, err := w.owner.Send(channel, "post")
	if err != nil {
		t.Fatal(err)
	}
	hidden, _ := shy.Send(w.group, "x")
	masked, _ := w.owner.Send(w.group, "y")
	w.updates()
	for m, want := range map[*tgsim.Message]string{post: "channel", hidden: "hidden_user", masked: "chat"} {
		if _, err := w.anna.Forward(m, w.anna.Dialog(w.bot)); err != nil {
			t.Fatal(err)
		}
		if got := dig(w.update("message"), "forward_origin", "type"); got != want {
			t.Errorf("got %v, want %s", got, want)
		}
	}
}

func TestEntities(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	tests := []struct{ text, want string }{
		{"plain", ""},
		{"/start", "bot_command 0 6"},
		{"👋 /a@Bot1 b", "bot_command 3 7"},
		{"see https://x.org/y or @somebody", "url 4 15, mention 23 9"},
		{"a/b 1/2", ""},
		{"see example.com.", "url 4 11"},
		{"ПИЛЮЛИ: EXAMPLE.COM/Buy?a=1, now", "url 8 19"},
		{"👋 Https://here/ or http://here.internal:8080", "url 20 25"},
		{"(t.me/joinchat/x)", "url 1 15"},
		{"(https://en.wikipedia.org/wiki/Elo_(chess))", "url 1 41"},
		{"кремль.рф и 10.1.2.3/x", "url 0 9, url 12 10"},
		{"write to anna@example.com", "email 9 16"},
		{"https://anna@example.com/ and anna@example.com/x", "url 0 25, url 30 18"},
		{"Hello.World and file.txt, 1.5 at 12.30, v1.2.3, a.m. @example.com", "mention 53 8"},
	}
	for _, tt := range tests {
		w.send(w.anna, tt.text)
		var got []string
		list, _ := w.update("message")["entities"].([]any)
		for _, e := range list {
			got = append(got, fmt.Sprintf("%v %v %v", dig(e, "type"), dig(e, "offset"), dig(e, "length")))
		}
		if s := strings.Join(got, ", "); s != tt.want {
			t.Errorf("%q: got %s, want %s", tt.text, s, tt.want)
		}
	}
}

// A link may hide behind words; nothing else is found under it.
func TestHiddenLinks(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	w.send(w.anna, "👋 look at a.org or b.org", tgsim.WithLink("a.org", "https://pills.example/"))
	list, _ := w.update("message")["entities"].([]any)
	want := object{"type": "text_link", "offset": 11.0, "length": 5.0, "url": "https://pills.example/"}
	if len(list) != 2 || !maps.Equal(list[0].(object), want) || dig(list[1], "type") != "url" {
		t.Errorf("got %v", list)
	}
	m := w.send(w.anna, "look", tgsim.WithPhoto(), tgsim.WithLink("", "https://pills.example/"))
	if list, _ := w.update("message")["caption_entities"].([]any); len(list) != 1 {
		t.Errorf("got %v", list)
	}
	must(w.ben.Forward(m, w.group))
	if list, _ := w.update("message")["caption_entities"].([]any); len(list) != 1 {
		t.Errorf("the forward lost its link: %v", list)
	}
	if _, err := w.anna.Send(w.group, "look", tgsim.WithLink("here", "https://pills.example/")); err == nil {
		t.Error("a link on words that are not there")
	}
	got := w.do("sendMessage", object{"chat_id": w.group.ID(), "text": `<code>a.org</code> b.org`, "parse_mode": "HTML"})
	var sent struct{ Entities []tgsim.Entity }
	decode(got, &sent)
	if len(sent.Entities) != 2 || sent.Entities[1].Type != "url" {
		t.Errorf("got %v", sent.Entities)
	}
}

func TestAlbum(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	album, err := w.anna.SendAlbum(w.group, []string{"caption", ""})
	if err != nil || len(album) != 2 {
		t.Fatalf("got %v, %v", album, err)
	}
	all := w.updates()
	a, b := all[0]["message"], all[1]["message"]
	if len(all) != 2 || dig(a, "media_group_id") == nil || dig(a, "media_group_id") != dig(b, "media_group_id") || dig(b, "photo") == nil {
		t.Errorf("got %v", all)
	}
}

func TestTopics(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	forum := w.NewForum("Forum", w.owner)
	forum.Add(w.bot, w.anna)
	forum.Promote(w.bot, tgsim.AllRights())
	topic := forum.Topic("Openings")
	w.updates()
	m, err := w.anna.Send(forum, "e4", tgsim.InTopic(topic))
	if err != nil {
		t.Fatal(err)
	}
	u := w.update("message")
	if dig(u, "reply_to_message", "forum_topic_created", "name") != "Openings" || dig(u, "is_topic_message") != true ||
		id(dig(u, "message_thread_id")) != int64(topic.ID()) {
		t.Errorf("got %v", u)
	}
	must(w.anna.Send(forum, "e5", tgsim.ReplyTo(m)))
	if u = w.update("message"); dig(u, "reply_to_message", "text") != "e4" || id(dig(u, "message_thread_id")) != int64(topic.ID()) {
		t.Errorf("got %v", u)
	}
	must(w.anna.Send(forum, "general"))
	if u = w.update("message"); dig(u, "message_thread_id") != nil || dig(u, "reply_to_message") != nil {
		t.Errorf("got %v", u)
	}
	w.do("sendMessage", object{"chat_id": forum.ID(), "text": "in topic", "message_thread_id": topic.ID()})
	w.refused("sendMessage", object{"chat_id": forum.ID(), "text": "x", "message_thread_id": 999}, "Bad Request: message thread not found")
	r := w.send(w.anna, "x", tgsim.ReplyTo(w.send(w.ben, "y")))
	w.refused("sendMessage", object{"chat_id": w.group.ID(), "text": "x", "message_thread_id": r.ID() - 1}, "Bad Request: message thread not found")
	w.refused("deleteMessage", object{"chat_id": forum.ID(), "message_id": topic.ID()}, "Bad Request: message can't be deleted")
	w.refused("deleteMessage", object{"chat_id": forum.ID(), "message_id": 1}, "Bad Request: message can't be deleted")
}

func TestLinkedChannel(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	channel := w.NewChannel("News", w.owner)
	w.group.Link(channel)
	if _, err := w.owner.Send(channel, "post"); err != nil {
		t.Fatal(err)
	}
	u := w.update("message")
	if dig(u, "is_automatic_forward") != true || id(dig(u, "from", "id")) != 777000 || id(dig(u, "sender_chat", "id")) != channel.ID() {
		t.Errorf("got %v", u)
	}
	w.refused("banChatSenderChat", object{"chat_id": w.group.ID(), "sender_chat_id": channel.ID()}, "Bad Request: can't ban the linked channel")
}

func TestChannelsCanBeBanned(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	one, two := w.NewChannel("One", w.anna), w.NewChannel("Two", w.anna)
	args := object{"chat_id": w.group.ID(), "sender_chat_id": one.ID()}
	w.do("banChatSenderChat", args)
	if _, err := w.anna.Send(w.group, "x", tgsim.AsChannel(two)); err == nil {
		t.Error("the owner of a banned channel could post as another channel")
	}
	if !w.group.ChannelBanned(one) {
		t.Error("the channel is not banned")
	}
	w.do("unbanChatSenderChat", args)
	w.send(w.anna, "x", tgsim.AsChannel(one))
}

func TestEdits(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	m := w.send(w.anna, "hello")
	w.updates()
	if err := w.anna.Edit(m, "buy now"); err != nil {
		t.Fatal(err)
	}
	if u := w.update("edited_message"); u["text"] != "buy now" || u["edit_date"] == nil {
		t.Errorf("got %v", u)
	}
	if w.ben.Edit(m, "x") == nil {
		t.Error("Ben could edit Anna's message")
	}
	sent := w.do("sendMessage", object{"chat_id": w.group.ID(), "text": "card"})
	var card struct {
		ID int `json:"message_id"`
	}
	decode(sent, &card)
	edit := object{"chat_id": w.group.ID(), "message_id": card.ID, "text": "card"}
	w.refused("editMessageText", edit, "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message")
	edit["text"] = "outcome"
	w.do("editMessageText", edit)
	edit["message_id"] = m.ID()
	w.refused("editMessageText", edit, "Bad Request: message can't be edited")
	edit["message_id"] = 999
	w.refused("editMessageText", edit, "Bad Request: message to edit not found")
	edit["message_id"] = 0
	w.refused("editMessageText", edit, "Bad Request: message identifier is not specified")
	w.refused("editMessageReplyMarkup", object{"chat_id": w.group.ID(), "message_id": card.ID}, "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message")
	if got := w.updates(); len(got) != 0 {
		t.Errorf("the bot heard of its own edits: %v", got)
	}
}

func TestDeletion(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	old := w.send(w.anna, "old")
	w.clock.Advance(48*time.Hour - time.Second)
	args := func(id int) object { return object{"chat_id": w.group.ID(), "message_id": id} }
	fresh := w.send(w.anna, "fresh")
	w.do("deleteMessage", args(old.ID()))
	w.refused("deleteMessage", args(old.ID()), "Bad Request: message to delete not found")
	w.clock.Advance(48 * time.Hour)
	w.refused("deleteMessage", args(fresh.ID()), "Bad Request: message can't be deleted")
	m1, m2 := w.send(w.anna, "1"), w.send(w.anna, "2")
	w.do("deleteMessages", object{"chat_id": w.group.ID(), "message_ids": []int{m1.ID(), 999, m2.ID()}})
	if !m1.Deleted() || !m2.Deleted() {
		t.Error("messages stay")
	}
	w.group.Promote(w.bot, tgsim.Rights{RestrictMembers: true})
	m3 := w.send(w.anna, "3")
	w.refused("deleteMessage", args(m3.ID()), "Bad Request: message can't be deleted")
	if err := w.ben.Delete(m3); err == nil {
		t.Error("Ben could delete Anna's message")
	}
	w.updates()
	if err := w.anna.Delete(m3); err != nil || len(w.updates()) != 0 {
		t.Errorf("%v, or the bot heard of a deletion", err)
	}
	reply := w.do("sendMessage", object{"chat_id": w.group.ID(), "text": "x", "reply_parameters": object{"message_id": m3.ID(), "allow_sending_without_reply": true}})
	if bytes.Contains(reply, []byte("reply_to_message")) {
		t.Errorf("got %s", reply)
	}
	w.refused("sendMessage", object{"chat_id": w.group.ID(), "text": "x", "reply_parameters": object{"message_id": m3.ID()}}, "Bad Request: message to be replied not found")
}

func TestTexts(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	send := func(text, mode string) object {
		args := object{"chat_id": w.group.ID(), "text": text}
		if mode != "" {
			args["parse_mode"] = mode
		}
		return args
	}
	w.refused("sendMessage", send(" ", ""), "Bad Request: message text is empty")
	w.refused("sendMessage", send(strings.Repeat("ж", 4097), ""), "Bad Request: message is too long")
	w.do("sendMessage", send("<b>"+strings.Repeat("ж", 4096)+"</b>", "HTML"))
	w.refused("sendMessage", send("<b>x", "HTML"), `Bad Request: can't parse entities: Can't find end tag corresponding to start tag "b"`)
	w.refused("sendMessage", send("a < b", "HTML"), "Bad Request: can't parse entities: Unclosed start tag")
	w.refused("sendMessage", send("<x>a</x>", "HTML"), `Bad Request: can't parse entities: Unsupported start tag "x"`)
	w.refused("sendMessage", send("x", "BBCode"), "Bad Request: unsupported parse_mode")
	got := w.do("sendMessage", send(`👋 <b>1 &lt; 2</b> <a href="https://x.org/?a&amp;b">x</a>`, "HTML"))
	var m struct {
		Text     string
		Entities []tgsim.Entity
	}
	decode(got, &m)
	if m.Text != "👋 1 < 2 x" || len(m.Entities) != 2 || m.Entities[0].Offset != 3 || m.Entities[0].Length != 5 || m.Entities[1].URL != "https://x.org/?a&b" {
		t.Errorf("got %+v", m)
	}
}

func TestPhotoUpload(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	var pic bytes.Buffer
	if err := png.Encode(&pic, image.NewGray(image.Rect(0, 0, 40, 30))); err != nil {
		t.Fatal(err)
	}
	upload := func(data []byte) answer {
		var body bytes.Buffer
		form := multipart.NewWriter(&body)
		err := errors.Join(form.WriteField("chat_id", fmt.Sprint(w.group.ID())), form.WriteField("caption", "week 34"))
		part := must(form.CreateFormFile("photo", "week.png"))
		must(part.Write(data))
		if err := errors.Join(err, form.Close()); err != nil {
			t.Fatal(err)
		}
		res, err := http.Post(w.srv.URL+"/bot"+w.bot.Token()+"/sendPhoto", form.FormDataContentType(), &body)
		if err != nil {
			t.Fatal(err)
		}
		return w.read("sendPhoto", res)
	}
	a := upload(pic.Bytes())
	if !a.OK {
		t.Fatalf("got %+v", a)
	}
	if calls := w.Calls(); !bytes.Equal(calls[len(calls)-1].Files["photo"], pic.Bytes()) {
		t.Error("the log of calls does not have the picture")
	}
	m := w.anna.Find(w.group, "week 34")
	if m == nil || !bytes.Equal(m.Upload(), pic.Bytes()) {
		t.Error("the picture did not arrive")
	}
	var sent struct {
		Photo []struct {
			FileID string `json:"file_id"`
			Width  int
		}
	}
	decode(a.Result, &sent)
	last := sent.Photo[len(sent.Photo)-1]
	if last.Width != 40 {
		t.Errorf("got %+v", sent)
	}
	w.do("sendPhoto", object{"chat_id": w.group.ID(), "photo": last.FileID})
	if a := upload([]byte("no picture")); a.Description != "Bad Request: IMAGE_PROCESS_FAILED" {
		t.Errorf("got %+v", a)
	}
}
