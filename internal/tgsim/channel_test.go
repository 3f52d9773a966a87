package tgsim_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// keyboard is a reply_markup with one button that carries data.
func keyboard(label, data string) object {
	return object{"inline_keyboard": []any{[]any{object{"text": label, "callback_data": data}}}}
}

func TestBotInChannel(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	channel := w.NewChannel("Log", w.owner)
	if err := channel.Join(w.anna); err != nil {
		t.Fatal(err)
	}
	channel.Promote(w.bot, tgsim.AllRights())
	if u := w.update("my_chat_member"); dig(u, "new_chat_member", "can_post_messages") != true || dig(u, "new_chat_member", "can_pin_messages") != nil {
		t.Errorf("got %v", u)
	}
	var sent object
	decode(w.do("sendMessage", object{"chat_id": channel.ID(), "text": "Case", "reply_markup": keyboard("🔍 Show", "e:1")}), &sent)
	if sent["from"] != nil || id(dig(sent, "sender_chat", "id")) != channel.ID() || dig(sent, "chat", "type") != "channel" {
		t.Errorf("got %v", sent)
	}
	post := w.anna.Find(channel, "Case")
	if _, err := w.ben.Press(post, "🔍"); err == nil {
		t.Error("who is not in the channel could press")
	}
	press, err := w.anna.Press(post, "🔍")
	if err != nil {
		t.Fatal(err)
	}
	q := w.update("callback_query")
	if q["data"] != "e:1" || id(dig(q, "message", "message_id")) != int64(post.ID()) || dig(q, "message", "chat", "type") != "channel" ||
		id(dig(q, "message", "sender_chat", "id")) != channel.ID() || dig(q, "message", "from") != nil {
		t.Errorf("got %v", q)
	}
	w.do("answerCallbackQuery", object{"callback_query_id": press.ID(), "text": "Here"})
	w.do("editMessageText", object{"chat_id": channel.ID(), "message_id": post.ID(), "text": "Case closed"})
	if post.Text() != "Case closed" || len(post.Buttons()) > 0 {
		t.Errorf("got %q, %v", post.Text(), post.Buttons())
	}
	w.do("deleteMessages", object{"chat_id": channel.ID(), "message_ids": []int{post.ID(), post.ID(), 4711}})
	if !post.Deleted() {
		t.Error("it is still there")
	}
}

func TestBotWithoutRightsInChannel(t *testing.T) {
	const noPost = "Bad Request: need administrator rights in the channel chat"
	w := newWorld(t, tgsim.Options{})
	channel := w.NewChannel("Log", w.owner, tgsim.Public("olgas_log"))
	ask := object{"chat_id": channel.ID(), "user_id": w.owner.ID()}
	w.refused("getChatMember", ask, "Bad Request: member list is inaccessible")
	w.refused("getChatAdministrators", object{"chat_id": channel.ID()}, "Bad Request: member list is inaccessible")

	channel.Promote(w.bot, tgsim.AllRights())
	w.do("getChatMember", ask)
	w.do("sendMessage", object{"chat_id": channel.ID(), "text": "Mine"})
	mine := w.owner.Find(channel, "Mine")
	channel.Promote(w.bot, tgsim.Rights{InviteUsers: true})
	w.do("getChatMember", ask)
	w.refused("sendMessage", object{"chat_id": channel.ID(), "text": "x"}, noPost)
	w.refused("sendPhoto", object{"chat_id": channel.ID(), "photo": "x"}, "Bad Request: wrong remote file identifier specified: Wrong string length")
	w.refused("editMessageText", object{"chat_id": channel.ID(), "message_id": mine.ID(), "text": "x"}, "Bad Request: message can't be edited")
	w.refused("deleteMessage", object{"chat_id": channel.ID(), "message_id": mine.ID()}, "Bad Request: message can't be deleted")

	channel.Kick(w.bot)
	w.refused("sendMessage", object{"chat_id": channel.ID(), "text": "x"}, "Forbidden: bot was kicked from the channel chat")
	w.refused("getChatMember", ask, "Forbidden: bot was kicked from the channel chat")
}

func TestPublicNamesChange(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	channel := w.NewChannel("Log", w.owner)
	channel.Promote(w.bot, tgsim.AllRights())
	w.group.Link(channel)
	name := func(ref any) (out object) {
		decode(w.do("getChat", object{"chat_id": ref}), &out)
		return out
	}
	if got := name(channel.ID()); got["username"] != nil || id(got["linked_chat_id"]) != w.group.ID() {
		t.Errorf("got %v", got)
	}
	channel.SetUsername("olgas_log")
	if got := name("@olgas_log"); got["username"] != "olgas_log" || channel.Username() != "olgas_log" || !channel.CanSee(w.carl) {
		t.Errorf("got %v", got)
	}
	channel.SetUsername("")
	w.refused("getChat", object{"chat_id": "@olgas_log"}, "Bad Request: chat not found")
	if channel.CanSee(w.carl) {
		t.Error("a stranger still looks in")
	}

	must(w.ben.Start(w.bot, ""))
	w.updates()
	w.ben.SetUsername("ben_b")
	w.send(w.ben, "hello")
	if u := w.update("message"); dig(u, "from", "username") != "ben_b" {
		t.Errorf("got %v", u)
	}
	must(w.ben.SendPrivate(w.bot, "hello"))
	if u := w.update("message"); dig(u, "chat", "username") != "ben_b" || w.ben.Username() != "ben_b" {
		t.Errorf("got %v", u)
	}
	w.refused("getChat", object{"chat_id": "@ben_b"}, "Bad Request: chat not found") // people cannot be found so
	w.ben.SetUsername("")
	w.AddUser("Another Ben", tgsim.Username("ben_b"))
	w.send(w.ben, "hello")
	if u := w.update("message"); dig(u, "from", "username") != nil {
		t.Errorf("got %v", u)
	}
}

func TestDeletedChats(t *testing.T) {
	for name, c := range map[string]struct {
		make func(*tgsim.Sim, string, *tgsim.User, ...tgsim.ChatOption) *tgsim.Chat
		want string
	}{
		"basic":      {(*tgsim.Sim).NewGroup, "Forbidden: the group chat was deleted"},
		"supergroup": {(*tgsim.Sim).NewSupergroup, "Forbidden: bot was kicked from the supergroup chat"},
		"channel":    {(*tgsim.Sim).NewChannel, "Forbidden: bot was kicked from the channel chat"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, tgsim.Options{})
			chat := c.make(w.Sim, "Doomed", w.owner, tgsim.Public("doomed"))
			chat.Promote(w.bot, tgsim.AllRights())
			w.do("sendMessage", object{"chat_id": chat.ID(), "text": "Case", "reply_markup": keyboard("🔍", "e")})
			m := w.owner.Find(chat, "Case")
			w.updates()
			chat.Delete()
			if got := w.updates(); len(got) > 0 {
				t.Errorf("the bot was told: %v", got)
			}
			for method, args := range map[string]object{
				"sendMessage": {"text": "x"}, "getChat": {}, "getChatMember": {"user_id": w.owner.ID()}, "getChatAdministrators": {},
				"deleteMessages": {"message_ids": []int{m.ID()}}, "editMessageText": {"message_id": m.ID(), "text": "x"},
			} {
				args["chat_id"] = chat.ID()
				w.refused(method, args, c.want)
			}
			w.refused("getChat", object{"chat_id": "@doomed"}, "Bad Request: chat not found")
			if _, err := w.owner.Press(m, "🔍"); err == nil {
				t.Error("its buttons work")
			}
			if _, err := w.owner.Send(chat, "x"); err == nil {
				t.Error("one can write there")
			}
			if chat.Join(w.anna) == nil {
				t.Error("one can join it")
			}
			if seen := w.owner.Sees(chat); len(seen) > 0 || strings.Contains(w.VisibleTo(w.owner), "Doomed") {
				t.Errorf("it is still seen: %v", seen)
			}
		})
	}
}

func TestRightsOfEachAdmin(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	some := tgsim.AllRights()
	some.RestrictMembers = false
	w.group.Promote(w.anna, tgsim.AllRights())
	w.group.Promote(w.ben, some)
	w.updates()
	var admins []object
	decode(w.do("getChatAdministrators", object{"chat_id": w.group.ID()}), &admins)
	for _, m := range admins {
		var alone object
		decode(w.do("getChatMember", object{"chat_id": w.group.ID(), "user_id": id(dig(m, "user", "id"))}), &alone)
		name := dig(m, "user", "first_name")
		if fmt.Sprint(alone) != fmt.Sprint(m) {
			t.Errorf("%v is %v in one answer and %v in another", name, m, alone)
		}
		if m["status"] == "creator" {
			continue // who may do everything
		}
		if m["can_delete_messages"] != true || m["can_restrict_members"] != (name != "Ben") || m["can_post_messages"] != nil {
			t.Errorf("%v has %v", name, m)
		}
	}
}

func TestAnswersThatOpenLinks(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	w.do("sendMessage", object{"chat_id": w.group.ID(), "text": "Case", "reply_markup": keyboard("🔍", "e")})
	card := w.anna.Find(w.group, "Case")
	w.updates()
	press, err := w.anna.Press(card, "🔍")
	if err != nil {
		t.Fatal(err)
	}
	w.updates()
	answer := func(link string) object { return object{"callback_query_id": press.ID(), "url": link} }
	for _, link := range []string{
		"https://example.org", "https://t.me/OtherBot?start=a", "https://t.me/OstrakonBot", "https://t.me/OstrakonBot?start=a b",
		card.Link(),
	} {
		w.refused("answerCallbackQuery", answer(link), "Bad Request: URL_INVALID")
	}
	w.do("answerCallbackQuery", answer("https://t.me/ostrakonbot?start=e-7"))
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	toast, err := press.Toast(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.anna.Open(toast.URL); err != nil {
		t.Fatal(err)
	}
	if u := w.update("message"); u["text"] != "/start e-7" || id(dig(u, "chat", "id")) != w.anna.ID() {
		t.Errorf("got %v", u)
	}
	if w.anna.FindPrivate(w.bot, "e-7") == nil || w.ben.FindPrivate(w.bot, "e-7") != nil {
		t.Error("it stands in the wrong chat")
	}
}

func TestLinksToMessages(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	m := w.send(w.anna, "hello")
	forum := w.NewForum("Forum", w.owner, tgsim.Public("the_forum"))
	topic := forum.Topic("News")
	in, err := w.owner.Send(forum, "x", tgsim.InTopic(topic))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		who  *tgsim.User
		link string
		ok   bool
	}{
		{w.ben, m.Link(), true}, {w.carl, m.Link(), false}, {w.carl, in.Link(), true},
		{w.carl, fmt.Sprintf("https://t.me/the_forum/%d/%d", topic.ID(), in.ID()), true},
		{w.carl, "t.me/the_forum/99", false}, {w.carl, "https://t.me/c/12/3", false}, {w.carl, "https://t.me/nobody/1", false},
		{w.carl, "https://example.org/a/1", false}, {w.carl, "https://t.me/NoBot?start=x", false},
	} {
		if err := c.who.Open(c.link); (err == nil) != c.ok {
			t.Errorf("%s opens %s: %v", c.who.Name(), c.link, err)
		}
	}
	if err := w.anna.Delete(m); err != nil {
		t.Fatal(err)
	}
	if w.ben.Open(m.Link()) == nil {
		t.Error("a link to a deleted message works")
	}
}

func TestPurge(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	old := w.send(w.anna, "old")
	w.clock.Advance(49 * time.Hour)
	first, second := w.send(w.anna, "first"), w.send(w.ben, "second")
	purge := func(ids ...int) object { return object{"chat_id": w.group.ID(), "message_ids": ids} }
	w.refused("deleteMessages", purge(first.ID(), old.ID()), "Bad Request: message can't be deleted")
	if first.Deleted() {
		t.Error("a part of a refused purge was done")
	}
	w.do("deleteMessages", purge(first.ID(), 4711, second.ID()))
	if !first.Deleted() || !second.Deleted() || old.Deleted() {
		t.Error("not what was asked for is gone")
	}
}

func TestForwardsFromChannels(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	channel := w.NewChannel("Log", w.owner)
	channel.Promote(w.bot, tgsim.AllRights())
	post, err := w.owner.Send(channel, "First post")
	if err != nil {
		t.Fatal(err)
	}
	w.updates()
	m, err := w.owner.Forward(post, w.group)
	if err != nil {
		t.Fatal(err)
	}
	u := w.update("message")
	if dig(u, "forward_origin", "type") != "channel" || id(dig(u, "forward_origin", "chat", "id")) != channel.ID() {
		t.Errorf("got %v", u)
	}
	w.do("setMyCommands", object{"commands": ephemeralList("logchannel"), "scope": object{"type": "default"}})
	must(w.owner.Command(w.group, "/logchannel", tgsim.ReplyTo(m)))
	u = w.update("message")
	if id(dig(u, "reply_to_message", "forward_origin", "chat", "id")) != channel.ID() || id(u["message_id"]) != 0 {
		t.Errorf("got %v", u)
	}
}
