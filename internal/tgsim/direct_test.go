package tgsim_test

import (
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// What people write to a channel in private comes from a supergroup that is
// none, in a topic for each of them.
func TestDirectMessagesOfChannels(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	news := w.NewChannel("News", w.owner, tgsim.Public("news"))
	news.Add(w.bot)
	inbox := news.DirectMessages()
	must(w.carl.Send(inbox, "nobody administers"))
	w.updates()
	news.Promote(w.bot, tgsim.AllRights())
	w.updates()
	asked := must(w.carl.Send(inbox, "/start"))
	u := w.update("message")
	if dig(u, "chat", "is_direct_messages") != true || dig(u, "chat", "type") != "supergroup" || id(dig(u, "chat", "id")) != inbox.ID() ||
		id(dig(u, "direct_messages_topic", "topic_id")) != w.carl.ID() || id(dig(u, "from", "id")) != w.carl.ID() {
		t.Errorf("got %v", u)
	}
	answer := must(w.owner.Send(inbox, "Hello", tgsim.ReplyTo(asked)))
	if w.carl.Find(inbox, "Hello") != answer || w.anna.Find(inbox, "Hello") != nil || w.anna.Find(inbox, "/start") != nil {
		t.Error("each reads their own topic")
	}
	w.refused("sendMessage", object{"chat_id": inbox.ID(), "text": "x"}, "Bad Request: direct messages topic must be specified")
	w.do("sendMessage", object{"chat_id": inbox.ID(), "text": "from the bot", "direct_messages_topic_id": w.carl.ID()})
	if w.carl.Find(inbox, "from the bot") == nil || w.anna.Find(inbox, "from the bot") != nil {
		t.Error("the bot writes to one of them")
	}
	w.refused("restrictChatMember", object{"chat_id": inbox.ID(), "user_id": w.carl.ID(), "permissions": object{}},
		"Bad Request: method is available only for supergroups")
}

// Facts, section 1: to a press there, no ephemeral answer is possible.
func TestNoEphemeralAnswersInDirectMessages(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	news := w.NewChannel("News", w.owner, tgsim.Public("news"))
	news.Add(w.bot)
	news.Promote(w.bot, tgsim.AllRights())
	inbox := news.DirectMessages()
	must(w.carl.Send(inbox, "hi"))
	w.do("sendMessage", object{"chat_id": inbox.ID(), "text": "card", "direct_messages_topic_id": w.carl.ID(), "reply_markup": object{
		"inline_keyboard": []any{[]any{object{"text": "🔍", "callback_data": "more"}}},
	}})
	w.updates()
	press := must(w.carl.Press(w.carl.Find(inbox, "card"), "🔍"))
	w.refused("sendMessage", object{"text": "x", "ephemeral_message_parameters": answering(press.ID())},
		"Bad Request: ephemeral messages can't be sent to channel direct messages")
}
