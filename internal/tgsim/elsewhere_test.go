package tgsim_test

import (
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// What somebody replies to in another chat comes as external_reply, with what
// they quote of it; nothing of it comes as reply_to_message.
func TestRepliesToOtherChats(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	other := w.NewSupergroup("Go club", w.owner)
	other.Add(w.anna, w.ben)
	said := must(w.ben.Send(other, "Buy pills now", tgsim.WithPhoto()))
	w.updates()
	w.send(w.anna, "Look at that", tgsim.ReplyElsewhere(said), tgsim.Quoting("pills"))
	u := w.update("message")
	if u["reply_to_message"] != nil || id(dig(u, "external_reply", "chat", "id")) != other.ID() ||
		id(dig(u, "external_reply", "message_id")) != int64(said.ID()) || id(dig(u, "external_reply", "origin", "sender_user", "id")) != w.ben.ID() ||
		dig(u, "external_reply", "photo") == nil || dig(u, "quote", "text") != "pills" {
		t.Errorf("got %v", u)
	}
	if _, err := w.owner.Send(w.group, "x", tgsim.ReplyElsewhere(must(w.carl.SendPrivate(w.bot, "hi")))); err == nil {
		t.Error("Olga replied to what she does not see")
	}
}

// A reply into another topic of the same forum is one to another place; apps
// drop it from ephemeral commands.
func TestRepliesIntoOtherTopics(t *testing.T) {
	w := newReportWorld(t, tgsim.Options{})
	w.group = w.NewForum("Forum", w.owner)
	w.group.Add(w.anna, w.ben, w.bot)
	w.group.Promote(w.bot, tgsim.AllRights())
	news, games := w.group.Topic("News"), w.group.Topic("Games")
	said := w.send(w.ben, "Buy pills", tgsim.InTopic(news))
	w.updates()
	w.send(w.anna, "/report", tgsim.ReplyTo(said), tgsim.InTopic(games))
	u := w.update("message")
	if u["reply_to_message"] != nil || id(dig(u, "external_reply", "message_id")) != int64(said.ID()) ||
		id(dig(u, "external_reply", "chat", "id")) != w.group.ID() || id(u["message_thread_id"]) != int64(games.ID()) {
		t.Errorf("got %v", u)
	}
	must(w.anna.Command(w.group, "/report", tgsim.ReplyTo(said), tgsim.InTopic(games)))
	u = w.update("message")
	if u["external_reply"] != nil || id(dig(u, "reply_to_message", "message_id")) != int64(games.ID()) {
		t.Errorf("got %v", u)
	}
}

// A rich message has blocks and no text, for bots and for people.
func TestRichMessages(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	blocks := `[{"type":"heading","text":"Offer","size":1},{"type":"paragraph","text":["Buy ",{"type":"bold","text":"pills"}]},
		{"type":"expandable_blockquote","blocks":[{"type":"paragraph","text":"cheap"}]}]`
	said := w.send(w.anna, "", tgsim.Rich(blocks))
	u := w.update("message")
	if u["text"] != nil || len(dig(u, "rich_message", "blocks").([]any)) != 3 {
		t.Errorf("got %v", u)
	}
	if w.ben.Find(w.group, "Offer Buy  pills cheap") != said {
		t.Errorf("Ben sees %v", w.ben.Sees(w.group))
	}
	w.send(w.ben, "What?", tgsim.ReplyTo(said))
	if u := w.update("message"); dig(u, "reply_to_message", "rich_message") == nil {
		t.Errorf("got %v", u)
	}
	w.group.Restrict(w.anna, tgsim.Permissions{SendPhotos: true}, time.Time{})
	if _, err := w.anna.Send(w.group, "", tgsim.Rich(blocks)); err == nil {
		t.Error("who may not write sent a rich message")
	}
}
