package tgsim_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

func TestMigration(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	old := w.NewGroup("Club", w.owner)
	old.Add(w.bot, w.anna)
	old.Promote(w.bot, tgsim.AllRights())
	m, _ := w.anna.Send(old, "before")
	w.updates()
	up := old.Migrate()
	got := w.updates()
	if len(got) != 2 || id(dig(got[0], "message", "migrate_to_chat_id")) != up.ID() || id(dig(got[1], "message", "migrate_from_chat_id")) != old.ID() {
		t.Fatalf("got %v", got)
	}
	if id(dig(got[1], "message", "message_id")) != 1 {
		t.Error("message ids should start again")
	}
	a := w.refused("sendMessage", object{"chat_id": old.ID(), "text": "x"}, "Bad Request: group chat was upgraded to a supergroup chat")
	w.refused("deleteEphemeralMessage", object{"chat_id": old.ID(), "receiver_user_id": w.anna.ID(), "ephemeral_message_id": 1},
		"Bad Request: group chat was upgraded to a supergroup chat")
	if a.Parameters.MigrateToChatID != up.ID() {
		t.Errorf("got %+v", a.Parameters)
	}
	w.refused("deleteMessage", object{"chat_id": up.ID(), "message_id": m.ID()}, "Bad Request: message to delete not found")
	if s := up.Status(w.bot); s.Status != tgsim.Administrator || !s.Rights.DeleteMessages {
		t.Errorf("got %+v", s)
	}
	if _, err := w.anna.Send(old, "x"); err == nil {
		t.Error("the old group should be closed")
	}
	if _, err := w.anna.Send(up, "after"); err != nil {
		t.Error(err)
	}
}

func TestPrivacyMode(t *testing.T) {
	tests := []struct {
		name string
		prep func(*world)
		send func(*world, *tgsim.Message)
		want bool
	}{
		{"chatter", nil, func(w *world, _ *tgsim.Message) { w.send(w.anna, "hello") }, false},
		{"command", nil, func(w *world, _ *tgsim.Message) { w.send(w.anna, "/help") }, true},
		{"command for it", nil, func(w *world, _ *tgsim.Message) { w.send(w.anna, "/help@OstrakonBot x") }, true},
		{"command for another", nil, func(w *world, _ *tgsim.Message) { w.send(w.anna, "/help@OtherBot") }, false},
		{"reply to it", nil, func(w *world, m *tgsim.Message) { w.send(w.anna, "thanks", tgsim.ReplyTo(m)) }, true},
		{"reply to a person", nil, func(w *world, _ *tgsim.Message) { w.send(w.anna, "no", tgsim.ReplyTo(w.send(w.ben, "hm"))) }, false},
		{"service message", nil, func(w *world, _ *tgsim.Message) { w.join(w.carl) }, true},
		{"command after another bot spoke", func(w *world) {
			other := w.AddBot("OtherBot", "Other", tgsim.Unattended())
			w.group.Add(other)
			if _, err := other.Call("sendMessage", object{"chat_id": w.group.ID(), "text": "beep"}); err != nil {
				w.t.Fatal(err)
			}
		}, func(w *world, _ *tgsim.Message) { w.send(w.anna, "/help") }, false},
		{"privacy off", func(w *world) { w.bot.SetPrivacy(false) }, func(w *world, _ *tgsim.Message) { w.send(w.anna, "hello") }, true},
		{"admin", func(w *world) { w.group.Promote(w.bot, tgsim.Rights{}) }, func(w *world, _ *tgsim.Message) { w.send(w.anna, "hello") }, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t, tgsim.Options{})
			w.group.Demote(w.bot)
			w.do("sendMessage", object{"chat_id": w.group.ID(), "text": "I am a bot"})
			if tt.prep != nil {
				tt.prep(w)
			}
			w.updates()
			tt.send(w, w.anna.Find(w.group, "I am a bot"))
			if got := len(w.updates()) == 1; got != tt.want {
				t.Errorf("delivered: %v, want %v", got, tt.want)
			}
		})
	}
}

func TestBotsDoNotHearBots(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	other := w.AddBot("OtherBot", "Other", tgsim.Unattended())
	w.group.Add(other)
	w.updates()
	must(other.Call("sendMessage", object{"chat_id": w.group.ID(), "text": "/report@OstrakonBot"}))
	w.do("sendMessage", object{"chat_id": w.group.ID(), "text": "x"})
	if got := w.updates(); len(got) != 0 {
		t.Errorf("got %v", got)
	}
}

func TestRecentActions(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	w.clock.Advance(49 * time.Hour)
	m := w.send(w.anna, "/report")
	w.do("deleteMessage", object{"chat_id": w.group.ID(), "message_id": m.ID()})
	own := w.send(w.ben, "my own")
	if err := w.ben.Delete(own); err != nil {
		t.Fatal(err)
	}
	w.group.Promote(w.ben, tgsim.Rights{})
	log, err := w.group.RecentActions(w.ben)
	if err != nil || len(log) != 2 || log[0].String() != "recent action: Ostrakon did delete Anna: /report" {
		t.Errorf("got %v, %v", log, err)
	}
	if _, err := w.group.RecentActions(w.anna); err == nil {
		t.Error("a member could read recent actions")
	}
	if !strings.Contains(w.VisibleTo(w.owner), "Anna: /report") || strings.Contains(w.VisibleTo(w.carl, w.anna), "/report") {
		t.Error("admins, and they alone, see who wrote the deleted message")
	}
	w.clock.Advance(48 * time.Hour)
	if log, _ := w.group.RecentActions(w.owner); len(log) != 0 {
		t.Errorf("after 48 h: got %v", log)
	}
}

func TestWhoSeesWhat(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	w.send(w.anna, "hello")
	public := w.NewSupergroup("Square", w.owner, tgsim.Public("square"))
	public.Add(w.bot)
	if _, err := w.owner.Send(public, "notice"); err != nil {
		t.Fatal(err)
	}
	if w.carl.Find(w.group, "hello") != nil || w.carl.Find(public, "notice") == nil {
		t.Error("a stranger sees public groups only")
	}
	if _, err := w.carl.Send(public, "x"); err == nil {
		t.Error("a stranger could write")
	}
	w.do("sendMessage", object{"chat_id": public.ID(), "text": "card", "reply_markup": object{
		"inline_keyboard": []any{[]any{object{"text": "👌 Fine", "callback_data": "f"}}},
	}})
	card := w.carl.Find(public, "card")
	w.updates()
	if _, err := w.carl.Press(card, "👌"); err != nil {
		t.Errorf("strangers can press buttons in public groups: %v", err)
	}
	w.update("callback_query")
	if got := w.do("getChatMember", object{"chat_id": public.ID(), "user_id": w.carl.ID()}); !strings.Contains(string(got), `"left"`) {
		t.Errorf("got %s", got)
	}
	if _, err := w.carl.PressRaw(card, "forged", tgsim.Inaccessible()); err != nil {
		t.Error(err)
	}
	if q := w.update("callback_query"); q["data"] != "forged" || dig(q, "message", "date") != 0.0 {
		t.Errorf("got %v", q)
	}
	public.Kick(w.carl)
	if _, err := w.carl.Press(card, "👌"); err == nil || len(w.carl.Sees(public)) != 0 {
		t.Error("a banned user still sees the group")
	}
}

func TestVisibleToIsStable(t *testing.T) {
	run := func(report bool) string {
		w := newReportWorld(t, tgsim.Options{})
		bad := w.send(w.ben, "buy now")
		if report {
			if _, err := w.anna.Command(w.group, "/report", tgsim.ReplyTo(bad)); err != nil {
				t.Fatal(err)
			}
		}
		w.send(w.owner, "next")
		w.group.Restrict(w.ben, tgsim.Permissions{}, time.Time{})
		return w.VisibleTo(w.EveryoneBut(w.anna)...)
	}
	a, b, c := run(false), run(false), run(true)
	if a != b || a != c {
		t.Errorf("worlds differ:\n%s\n%s\n%s", a, b, c)
	}
	for _, want := range []string{"== Olga", "-- Chess club (supergroup)", "Ben: buy now", "member Ben: restricted", "recent action: Olga did restrict Ben"} {
		if !strings.Contains(a, want) {
			t.Errorf("%q is missing in:\n%s", want, a)
		}
	}
}

func TestPrivateDialog(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	if w.anna.Private(w.bot) != nil {
		t.Error("a dialog before /start")
	}
	must(w.anna.Start(w.bot, "case-7"))
	u := w.update("message")
	if u["text"] != "/start case-7" || dig(u, "chat", "type") != "private" || id(dig(u, "chat", "id")) != w.anna.ID() {
		t.Errorf("got %v", u)
	}
	w.do("sendMessage", object{"chat_id": w.anna.ID(), "text": "hello", "reply_markup": object{
		"inline_keyboard": []any{[]any{object{"text": "again", "url": "https://t.me/OstrakonBot?start=again"}}},
	}})
	items := w.anna.Private(w.bot)
	if len(items) != 2 || items[1].From != "Ostrakon" || items[1].Buttons[0][0].Label != "again" {
		t.Errorf("got %v", items)
	}
	if _, err := w.anna.Press(items[1].Message, "again"); err != nil {
		t.Error(err)
	}
	if u := w.update("message"); u["text"] != "/start again" {
		t.Errorf("got %v", u)
	}
}

func TestBotTexts(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	w.do("setMyDescription", object{"description": "судья", "language_code": "ru"})
	if got := w.bot.About("description", "ru"); got != "судья" {
		t.Errorf("got %q", got)
	}
	if got := string(w.do("getMyDescription", object{"language_code": "ru"})); got != `{"description":"судья"}` {
		t.Errorf("got %s", got)
	}
	if got := string(w.do("getMyName", nil)); got != `{"name":"Ostrakon"}` {
		t.Errorf("got %s", got)
	}
	w.do("setMyCommands", object{"commands": ephemeralList("report"), "scope": object{"type": "chat", "chat_id": fmt.Sprint(w.group.ID())}})
	if got := string(w.do("getMyCommands", object{"scope": object{"type": "chat", "chat_id": w.group.ID()}})); got != `[{"command":"report","description":"report","is_ephemeral":true}]` {
		t.Errorf("got %s", got)
	}
	if menu := w.anna.Menu(w.group, w.bot); len(menu) != 1 || !menu[0].IsEphemeral {
		t.Errorf("got %v", menu)
	}
	var me object
	decode(w.do("getMe", nil), &me)
	if me["username"] != "OstrakonBot" || me["can_read_all_group_messages"] != false {
		t.Errorf("got %v", me)
	}
}

func TestInviteLink(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	invite := func(with object) string {
		with["chat_id"] = w.group.ID()
		var link object
		decode(w.do("createChatInviteLink", with), &link)
		return link["invite_link"].(string)
	}
	refused := func(u *tgsim.User, link, why string) {
		t.Helper()
		if err := u.Open(link); err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%s follows %s: got %v, want %q", u.Name(), link, err, why)
		}
	}
	once := invite(object{"member_limit": 1})
	w.group.Ban(w.carl, time.Time{})
	refused(w.carl, once, "banned")
	w.group.Unban(w.carl)
	if err := errors.Join(w.anna.Open(once), w.carl.Open(once)); err != nil || !w.group.Status(w.carl).In {
		t.Errorf("Anna is in already, and Carl is the first: %v", err)
	}
	dora := w.AddUser("Dora")
	refused(dora, once, "used up")
	brief := invite(object{"expire_date": w.Now().Add(time.Hour).Unix()})
	w.clock.Advance(time.Hour)
	refused(dora, brief, "expired")
	refused(dora, invite(object{"creates_join_request": true}), "requests")
	refused(dora, "https://t.me/+sim00000099", "out of the simulation")
	w.refused("createChatInviteLink", object{"chat_id": w.group.ID(), "expire_date": 1}, "Bad Request: EXPIRE_DATE_INVALID")
	w.refused("createChatInviteLink", object{"chat_id": w.group.ID(), "creates_join_request": true, "member_limit": 1},
		"Bad Request: member limit can't be specified for links requiring administrator approval")
	unlimited := invite(object{})
	w.group.Promote(w.bot, tgsim.Rights{})
	w.refused("createChatInviteLink", object{"chat_id": w.group.ID()}, "Bad Request: not enough rights to manage chat invite link")
	w.group.Delete()
	refused(dora, unlimited, "no more")
}

func TestPublicNameInvites(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	w.NewSupergroup("Club", w.owner, tgsim.Public("club"))
	if err := w.carl.Open("https://t.me/Club"); err != nil || w.carl.Find(w.Chats()[1], "added Carl") == nil {
		t.Errorf("Carl comes by the group's name: %v", err)
	}
}

func TestLookups(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	m := w.send(w.anna, "x")
	if w.Chat(w.group.ID()) != w.group || w.User(w.anna.ID()) != w.anna || w.User(w.bot.ID()) != nil || w.group.Message(m.ID()) != m ||
		len(w.Chats()) != 1 || len(w.Bots()) != 1 || len(w.group.Members()) != 4 || !w.group.CanSee(w.anna) || w.group.CanSee(w.carl) {
		t.Error("lookups are wrong")
	}
	if got := m.Link(); got != fmt.Sprintf("https://t.me/c/1000000001/%d", m.ID()) {
		t.Errorf("got %s", got)
	}
}
