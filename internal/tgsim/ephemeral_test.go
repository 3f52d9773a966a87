package tgsim_test

import (
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

func ephemeralList(names ...string) []any {
	var list []any
	for _, n := range names {
		list = append(list, object{"command": n, "description": n, "is_ephemeral": true})
	}
	return list
}

// newReportWorld is a world whose bot has an ephemeral /report.
func newReportWorld(t *testing.T, opts tgsim.Options) *world {
	w := newWorld(t, opts)
	w.do("setMyCommands", object{"commands": ephemeralList("report")})
	return w
}

func TestWhichCommandsAreEphemeral(t *testing.T) {
	public := []any{object{"command": "report", "description": "r"}}
	other := func(w *world, list any) {
		b := w.AddBot("OtherBot", "Other", tgsim.Unattended())
		w.group.Add(b)
		if _, err := b.Call("setMyCommands", object{"commands": list}); err != nil {
			w.t.Fatal(err)
		}
	}
	set := func(w *world, scope object, lang string, list any) {
		w.do("setMyCommands", object{"commands": list, "scope": scope, "language_code": lang})
	}
	tests := []struct {
		name string
		prep func(*world)
		who  func(*world) *tgsim.User
		text string
		opts []tgsim.SendOption
		want bool
	}{
		{"default list", nil, nil, "/report", nil, true},
		{"with words", nil, nil, "/report scam", nil, true},
		{"after a line break", nil, nil, "/report\nscam", nil, true},
		{"unknown command", nil, nil, "/raport", nil, false},
		{"no command", nil, nil, "report", nil, false},
		{"old app", nil, nil, "/report", []tgsim.SendOption{tgsim.OldApp()}, false},
		{"other bot has it too", func(w *world) { other(w, public) }, nil, "/report", nil, false},
		{"other bot has it too, but named", func(w *world) { other(w, public) }, nil, "/report@ostrakonbot", nil, true},
		{"other bot named", func(w *world) { other(w, public) }, nil, "/report@OtherBot", nil, false},
		{"group list wins over default", func(w *world) { set(w, object{"type": "all_group_chats"}, "", public) }, nil, "/report", nil, false},
		{"private list does not matter", func(w *world) { set(w, object{"type": "all_private_chats"}, "", public) }, nil, "/report", nil, true},
		{"chat list wins", func(w *world) {
			set(w, object{"type": "all_group_chats"}, "", public)
			set(w, object{"type": "chat", "chat_id": w.group.ID()}, "", ephemeralList("report"))
		}, nil, "/report", nil, true},
		{"list of all admins is for admins", func(w *world) { set(w, object{"type": "all_chat_administrators"}, "", public) }, nil, "/report", nil, true},
		{"admins have it", func(w *world) { set(w, object{"type": "all_chat_administrators"}, "", public) },
			func(w *world) *tgsim.User { return w.owner }, "/report", nil, false},
		{"chat's admins win over chat", func(w *world) {
			set(w, object{"type": "chat", "chat_id": w.group.ID()}, "", public)
			set(w, object{"type": "chat_administrators", "chat_id": w.group.ID()}, "", ephemeralList("report"))
		}, func(w *world) *tgsim.User { return w.owner }, "/report", nil, true},
		{"chat wins over all admins", func(w *world) {
			set(w, object{"type": "chat", "chat_id": w.group.ID()}, "", ephemeralList("report"))
			set(w, object{"type": "all_chat_administrators"}, "", public)
		}, func(w *world) *tgsim.User { return w.owner }, "/report", nil, true},
		{"member list wins over all", func(w *world) {
			set(w, object{"type": "chat_member", "chat_id": w.group.ID(), "user_id": w.anna.ID()}, "", public)
		}, nil, "/report", nil, false},
		{"language list wins", func(w *world) { set(w, object{"type": "default"}, "ru", public) },
			func(w *world) *tgsim.User { return w.ben }, "/report", nil, false},
		{"another language does not matter", func(w *world) { set(w, object{"type": "default"}, "ru", public) }, nil, "/report", nil, true},
		{"narrow scope wins over language", func(w *world) {
			set(w, object{"type": "default"}, "ru", public)
			set(w, object{"type": "all_group_chats"}, "", ephemeralList("report"))
		}, func(w *world) *tgsim.User { return w.ben }, "/report", nil, true},
		{"narrow list without it", func(w *world) { set(w, object{"type": "all_group_chats"}, "", ephemeralList("rules")) }, nil, "/report", nil, false},
		{"deleted list", func(w *world) {
			set(w, object{"type": "all_group_chats"}, "", public)
			w.do("deleteMyCommands", object{"scope": object{"type": "all_group_chats"}})
		}, nil, "/report", nil, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newReportWorld(t, tgsim.Options{})
			if tt.prep != nil {
				tt.prep(w)
			}
			who := w.anna
			if tt.who != nil {
				who = tt.who(w)
			}
			m, err := who.Command(w.group, tt.text, tt.opts...)
			if err != nil || m.Ephemeral() != tt.want {
				t.Errorf("ephemeral is %v, %v; want %v", m.Ephemeral(), err, tt.want)
			}
		})
	}
}

func TestIncomingEphemeralMessages(t *testing.T) {
	w := newReportWorld(t, tgsim.Options{})
	bad := w.send(w.ben, "buy now")
	w.updates()
	must(w.anna.Command(w.group, "/report", tgsim.ReplyTo(bad)))
	u := w.update("message")
	if id(u["message_id"]) != 0 || id(u["ephemeral_message_id"]) != 1 || id(dig(u, "receiver_user", "id")) != w.bot.ID() ||
		id(dig(u, "from", "id")) != w.anna.ID() || id(dig(u, "reply_to_message", "message_id")) != int64(bad.ID()) {
		t.Errorf("got %v", u)
	}
	must(w.owner.Command(w.group, "/report", tgsim.ReplyTo(bad)))
	if u := w.update("message"); id(u["ephemeral_message_id"]) != 1 {
		t.Errorf("each member has their own numbers: got %v", u["ephemeral_message_id"])
	}
	bad.Chat().Restrict(w.anna, tgsim.Permissions{}, time.Time{})
	if _, err := w.anna.Command(w.group, "/report"); err != nil {
		t.Errorf("a muted member's ephemeral command: %v", err)
	}
	w.group.Kick(w.anna)
	if _, err := w.anna.Command(w.group, "/report"); err == nil {
		t.Error("a banned user could report")
	}
	w.updates()
	w.group.Demote(w.bot)
	w.updates()
	must(w.owner.Command(w.group, "/report", tgsim.ReplyTo(w.send(w.ben, "x"))))
	if u := w.update("message"); u["reply_to_message"] != nil {
		t.Error("in privacy mode the target should be missing")
	}
}

func TestEphemeralCommandInTopic(t *testing.T) {
	w := newReportWorld(t, tgsim.Options{})
	forum := w.NewForum("Forum", w.owner)
	forum.Add(w.bot, w.anna)
	forum.Promote(w.bot, tgsim.AllRights())
	topic := forum.Topic("Openings")
	w.updates()
	must(w.anna.Command(forum, "/report", tgsim.InTopic(topic)))
	u := w.update("message")
	if u["message_thread_id"] != nil || dig(u, "reply_to_message", "forum_topic_created") == nil ||
		id(dig(u, "reply_to_message", "message_thread_id")) != int64(topic.ID()) {
		t.Errorf("got %v", u)
	}
}

func TestOutgoingEphemeralMessages(t *testing.T) {
	const noAction = "Bad Request: not enough rights to send ephemeral messages without an action of the user"
	const noReply = "Bad Request: message to be replied not found"
	const oldQuery = "Bad Request: query is too old and response timeout expired or query ID is invalid"
	tests := []struct {
		name  string
		admin bool
		reply bool // names the ephemeral command
		query bool // names the press
		late  time.Duration
		want  string
	}{
		{"admin, any time", true, false, false, time.Hour, ""},
		{"admin, reply in time", true, true, false, 15 * time.Second, ""},
		{"admin, late reply", true, true, false, 16 * time.Second, noReply},
		{"admin, late press", true, false, true, 16 * time.Second, oldQuery},
		{"member, no action", false, false, false, 0, noAction},
		{"member, reply in time", false, true, false, 15 * time.Second, ""},
		{"member, late reply", false, true, false, 16 * time.Second, noReply},
		{"member, press in time", false, false, true, 15 * time.Second, ""},
		{"member, late press", false, false, true, 16 * time.Second, oldQuery},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newReportWorld(t, tgsim.Options{})
			w.do("sendMessage", object{"chat_id": w.group.ID(), "text": "card", "reply_markup": object{
				"inline_keyboard": []any{[]any{object{"text": "ok", "callback_data": "ok"}}},
			}})
			if !tt.admin {
				w.group.Demote(w.bot)
			}
			w.updates()
			par := object{"receiver_user_id": w.anna.ID()}
			args := object{"chat_id": w.group.ID(), "text": "psst", "ephemeral_message_parameters": par}
			if tt.reply {
				must(w.anna.Command(w.group, "/report"))
				args["reply_parameters"] = object{"ephemeral_message_id": w.update("message")["ephemeral_message_id"]}
			}
			if tt.query {
				press, err := w.anna.Press(w.anna.Find(w.group, "card"), "ok")
				if err != nil {
					t.Fatal(err)
				}
				par["callback_query_id"] = press.ID()
			}
			w.clock.Advance(tt.late)
			if tt.want != "" {
				w.refused("sendMessage", args, tt.want)
				return
			}
			var sent object
			decode(w.do("sendMessage", args), &sent)
			if id(sent["message_id"]) != 0 || sent["ephemeral_message_id"] == nil || id(dig(sent, "receiver_user", "id")) != w.anna.ID() {
				t.Errorf("got %v", sent)
			}
			if w.anna.Find(w.group, "psst") == nil || w.ben.Find(w.group, "psst") != nil {
				t.Error("Anna, and only she, should see it")
			}
		})
	}
}

func TestEphemeralReceivers(t *testing.T) {
	w := newReportWorld(t, tgsim.Options{})
	other := w.AddBot("OtherBot", "Other", tgsim.Unattended())
	w.group.Add(other)
	must(w.anna.Start(w.bot, ""))
	send := func(chat, receiver int64) object {
		return object{"chat_id": chat, "text": "x", "ephemeral_message_parameters": object{"receiver_user_id": receiver}}
	}
	w.refused("sendMessage", send(w.group.ID(), other.ID()), "Bad Request: ephemeral messages can't be sent to bots")
	w.refused("sendMessage", send(w.group.ID(), w.carl.ID()), "Bad Request: USER_NOT_PARTICIPANT")
	w.refused("sendMessage", send(w.group.ID(), 5), "Bad Request: user not found")
	w.refused("sendMessage", send(w.anna.ID(), w.anna.ID()), "Bad Request: ephemeral messages can be sent only to groups and supergroups")
	w.refused("sendMessage", object{"chat_id": w.group.ID(), "text": "x", "reply_parameters": object{"ephemeral_message_id": 1}}, "Bad Request: a reply to an ephemeral message must be ephemeral")
	w.anna.SetOffline(true)
	w.do("sendMessage", send(w.group.ID(), w.anna.ID()))
	w.anna.SetOffline(false)
	for _, i := range w.anna.Sees(w.group) {
		if i.Ephemeral {
			t.Errorf("Anna was offline, but sees %v", i)
		}
	}
}

func TestEphemeralEditsAndButtons(t *testing.T) {
	w := newReportWorld(t, tgsim.Options{})
	var sent object
	keyboard := object{"inline_keyboard": []any{[]any{object{"text": "↩️ Undo", "callback_data": "u"}}}}
	args := object{"chat_id": w.group.ID(), "text": "Reported.", "reply_markup": keyboard, "ephemeral_message_parameters": object{"receiver_user_id": w.anna.ID()}}
	decode(w.do("sendMessage", args), &sent)
	m := w.anna.Find(w.group, "Reported.")
	if _, err := w.ben.PressRaw(m, "u"); err == nil {
		t.Error("Ben could press a button that he can't see")
	}
	press, err := w.anna.Press(m, "↩️")
	if err != nil {
		t.Fatal(err)
	}
	q := w.update("callback_query")
	if id(dig(q, "message", "message_id")) != 0 || dig(q, "message", "ephemeral_message_id") == nil || q["chat_instance"] != "0" {
		t.Errorf("got %v", q)
	}
	par := object{"receiver_user_id": w.anna.ID(), "callback_query_id": press.ID(), "replace_callback_query_message": true}
	w.refused("sendMessage", object{"chat_id": w.group.ID(), "text": "x", "ephemeral_message_parameters": par}, "Bad Request: callback query message is ephemeral and can't be replaced")
	w.refused("deleteMessage", object{"chat_id": w.group.ID(), "message_id": 0}, "Bad Request: message identifier is not specified")

	named := func(more object) object {
		o := object{"chat_id": w.group.ID(), "receiver_user_id": w.anna.ID(), "ephemeral_message_id": sent["ephemeral_message_id"]}
		for k, v := range more {
			o[k] = v
		}
		return o
	}
	w.do("editEphemeralMessageText", named(object{"text": "Taken back."}))
	if got := m.Text(); got != "Taken back." {
		t.Errorf("got %q", got)
	}
	w.do("editEphemeralMessageReplyMarkup", named(object{"reply_markup": keyboard}))
	w.do("deleteEphemeralMessage", named(nil))
	w.refused("deleteEphemeralMessage", named(nil), "Bad Request: message to delete not found")
	w.refused("editEphemeralMessageText", named(object{"text": "x"}), "Bad Request: message to edit not found")
	var again object
	decode(w.do("sendMessage", args), &again)
	if again["ephemeral_message_id"] != sent["ephemeral_message_id"] {
		t.Error("the number of a deleted ephemeral message should be used again")
	}
	if log, _ := w.group.RecentActions(w.owner); strings.Contains(w.VisibleTo(w.owner), "Reported.") || len(log) > 4 {
		t.Errorf("ephemeral messages leave traces: %v", log)
	}
}

func TestReplacingThePressedMessage(t *testing.T) {
	w := newReportWorld(t, tgsim.Options{})
	w.do("sendMessage", object{"chat_id": w.group.ID(), "text": "card", "reply_markup": object{
		"inline_keyboard": []any{[]any{object{"text": "ok", "callback_data": "ok"}}},
	}})
	press, _ := w.anna.Press(w.anna.Find(w.group, "card"), "ok")
	w.do("sendMessage", object{"chat_id": w.group.ID(), "text": "only you", "ephemeral_message_parameters": object{
		"receiver_user_id": w.anna.ID(), "callback_query_id": press.ID(), "replace_callback_query_message": true,
	}})
	if w.anna.Find(w.group, "card") != nil || w.anna.Find(w.group, "only you") == nil || w.ben.Find(w.group, "card") == nil {
		t.Error("the card should be replaced for Anna alone")
	}
}

func TestServerWithoutEphemeralSupport(t *testing.T) {
	w := newReportWorld(t, tgsim.Options{NoEphemeralSupport: true})
	if m, _ := w.anna.Command(w.group, "/report"); m.Ephemeral() {
		t.Error("the command is ephemeral")
	}
	got := w.do("sendMessage", object{"chat_id": w.group.ID(), "text": "psst", "ephemeral_message_parameters": object{"receiver_user_id": w.anna.ID()}})
	if strings.Contains(string(got), "ephemeral") || w.ben.Find(w.group, "psst") == nil {
		t.Errorf("an old server sends it to everybody: got %s", got)
	}
}

func TestWhisper(t *testing.T) {
	w := newReportWorld(t, tgsim.Options{})
	w.do("sendMessage", object{"chat_id": w.group.ID(), "text": "One sentence?", "ephemeral_message_parameters": object{"receiver_user_id": w.anna.ID()}})
	if _, err := w.anna.Whisper(w.anna.Find(w.group, "One sentence?"), "It was a joke."); err != nil {
		t.Fatal(err)
	}
	u := w.update("message")
	if u["text"] != "It was a joke." || dig(u, "reply_to_message", "ephemeral_message_id") == nil {
		t.Errorf("got %v", u)
	}
	w.do("deleteEphemeralMessage", object{"chat_id": w.group.ID(), "receiver_user_id": w.anna.ID(), "ephemeral_message_id": 2})
	asked := w.anna.Find(w.group, "One sentence?")
	w.group.Kick(w.anna)
	if _, err := w.anna.Whisper(asked, "It was."); err == nil {
		t.Error("who is not there any more could answer")
	}
}

func TestReplyInPrivate(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	must(w.anna.Start(w.bot, ""))
	markup := object{"inline_keyboard": []any{[]any{object{"text": "Skip", "callback_data": "x"}}}, "force_reply": true}
	w.do("sendMessage", object{"chat_id": w.anna.ID(), "text": "One sentence?", "reply_markup": markup})
	w.updates()
	asked := w.anna.FindPrivate(w.bot, "One sentence?")
	must(w.anna.SendPrivate(w.bot, "It was a joke.", tgsim.ReplyTo(asked)))
	u := w.update("message")
	if id(dig(u, "reply_to_message", "message_id")) != int64(asked.ID()) || id(dig(u, "reply_to_message", "from", "id")) != w.bot.ID() {
		t.Errorf("got %v", u)
	}
	if dig(u, "reply_to_message", "reply_markup", "inline_keyboard") == nil {
		t.Errorf("the buttons come along: got %v", u)
	}
}
