package tgsim_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// Facts, section 2: updates.
func TestFactsOfUpdates(t *testing.T) {
	hold(t, tgsim.Options{}, []fact{
		{"an update comes again until getUpdates is called with a higher offset", func(w *world) {
			w.send(w.anna, "x")
			first := ids(w.t, w.do("getUpdates", nil))
			w.is(fmt.Sprint(ids(w.t, w.do("getUpdates", nil))), fmt.Sprint(first))
			w.is(len(ids(w.t, w.do("getUpdates", object{"offset": first[0] + 1}))), 0)
		}},
		{"update_id grows by one", func(w *world) {
			w.send(w.anna, "x")
			w.send(w.anna, "y")
			got := ids(w.t, w.do("getUpdates", nil))
			w.is(got[1], got[0]+1)
		}},
		{"a negative offset forgets older updates", func(w *world) {
			w.send(w.anna, "x")
			w.send(w.anna, "y")
			w.do("getUpdates", object{"offset": -1})
			w.is(w.update("message")["text"], "y")
		}},
		{"kept 24 h at most, callback_query 150 s", func(w *world) {
			card := w.card()
			w.send(w.anna, "x")
			must(w.anna.Press(card, "🚩"))
			w.clock.Advance(150 * time.Second)
			w.is(w.bot.Pending(), 2)
			w.is(len(w.updates()), 1)
			w.send(w.anna, "y")
			w.clock.Advance(24 * time.Hour)
			w.is(len(w.updates()), 0)
		}},
		{"messages older than a day, or from before the bot joined, are not delivered at all", func(w *world) {
			fresh := w.NewSupergroup("Go club", w.owner)
			fresh.Add(w.anna)
			before := must(w.anna.Send(fresh, "before"))
			fresh.Add(w.bot)
			fresh.Promote(w.bot, tgsim.AllRights())
			after := must(w.anna.Send(fresh, "after"))
			w.updates()
			for m, want := range map[*tgsim.Message]int{before: 0, after: 1} {
				if err := w.anna.Edit(m, "edited"); err != nil {
					w.t.Fatal(err)
				}
				w.is(len(w.updates()), want)
			}
			w.clock.Advance(25 * time.Hour)
			if err := w.anna.Edit(after, "late"); err != nil {
				w.t.Fatal(err)
			}
			w.is(len(w.updates()), 0)
		}},
		{"polling while a webhook is set gives 409, whoever set it", func(w *world) {
			must(w.bot.Call("setWebhook", object{"url": "http://127.0.0.1:1/"})) // another program that has the token
			w.send(w.anna, "x")
			w.is(w.refused("getUpdates", nil, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first").ErrorCode, 409)
			w.is(dig(w.ask("getWebhookInfo", nil), "url"), "http://127.0.0.1:1/")
			w.do("deleteWebhook", nil)
			w.is(w.update("message")["text"], "x")
		}},
		{"allowed_updates is remembered; an empty list means all but those that must be named", func(w *world) {
			w.do("getUpdates", object{"allowed_updates": []string{"message", "chat_member"}})
			w.group.Restrict(w.anna, tgsim.Permissions{}, time.Time{})
			w.update("chat_member")
			w.do("getUpdates", object{"allowed_updates": []string{}})
			w.group.Restrict(w.anna, tgsim.AllPermissions(), time.Time{})
			w.is(len(w.updates()), 0)
		}},
		{"my_chat_member: the bot's own status, blocked in private too; from is who did it", func(w *world) {
			w.group.Demote(w.bot)
			u := w.update("my_chat_member")
			w.is(id(dig(u, "from", "id")), w.owner.ID())
			w.is(dig(u, "new_chat_member", "status"), "member")
			must(w.anna.Start(w.bot, ""))
			w.updates()
			w.anna.Block(w.bot)
			w.is(dig(w.update("my_chat_member"), "new_chat_member", "status"), "kicked")
		}},
		{"anonymous admin: sender_chat is the group, from 1087968824", func(w *world) {
			w.group.Promote(w.owner, tgsim.Rights{Anonymous: true})
			w.updates()
			w.send(w.owner, "hear, hear")
			u := w.update("message")
			w.is(id(dig(u, "sender_chat", "id")), w.group.ID())
			w.is(id(dig(u, "from", "id")), int64(1087968824))
		}},
		{"a channel that posts: sender_chat is that channel, from 136817688", func(w *world) {
			w.send(w.anna, "offer", tgsim.AsChannel(w.NewChannel("Pills", w.anna)))
			w.is(id(dig(w.update("message"), "from", "id")), int64(136817688))
		}},
		{"a linked channel's post: is_automatic_forward, from 777000", func(w *world) {
			news := w.NewChannel("News", w.owner)
			w.group.Link(news)
			must(w.owner.Send(news, "news"))
			u := w.update("message")
			w.is(id(dig(u, "from", "id")), int64(777000))
			w.is(u["is_automatic_forward"], true)
		}},
		{"message_thread_id outside topics is not to be sent back", func(w *world) {
			w.send(w.anna, "yes", tgsim.ReplyTo(w.send(w.ben, "hm")))
			u := w.updates()[1]["message"]
			w.is(dig(u, "is_topic_message"), nil)
			w.refused("sendMessage", object{"chat_id": w.group.ID(), "text": "x", "message_thread_id": dig(u, "message_thread_id")}, "Bad Request: message thread not found")
		}},
		{"album: one message per item sharing media_group_id, a string", func(w *world) {
			must(w.anna.SendAlbum(w.group, []string{"a", "b"}))
			got := w.updates()
			w.is(len(got), 2)
			one, _ := dig(got[0], "message", "media_group_id").(string)
			w.is(one != "" && one == dig(got[1], "message", "media_group_id"), true)
		}},
		{"no update tells a group bot that a message was deleted", func(w *world) {
			m := w.send(w.anna, "x")
			w.updates()
			if err := w.owner.Delete(m); err != nil {
				w.t.Fatal(err)
			}
			w.is(len(w.updates()), 0)
			w.refused("deleteMessage", object{"chat_id": w.group.ID(), "message_id": m.ID()}, "Bad Request: message to delete not found")
			w.refused("sendMessage", object{"chat_id": w.group.ID(), "text": "x", "reply_parameters": object{"message_id": m.ID()}}, "Bad Request: message to be replied not found")
		}},
		{"reply_to_message never nests further", func(w *world) {
			a := w.send(w.anna, "a")
			b := w.send(w.ben, "b", tgsim.ReplyTo(a))
			w.updates()
			w.send(w.anna, "c", tgsim.ReplyTo(b))
			u := w.update("message")
			w.is(dig(u, "reply_to_message", "text"), "b")
			w.is(dig(u, "reply_to_message", "reply_to_message"), nil)
		}},
		{"callback_query.message can be InaccessibleMessage, date 0", func(w *world) {
			w.is(dig(w.query(w.anna, w.card(), "🚩", tgsim.Inaccessible()), "message", "date"), 0.0)
		}},
		{"callback_query_mode inline: no message, no chat, only chat_instance and data", func(w *world) {
			w.do("setMySettings", object{"callback_query_mode": "inline"})
			q := w.query(w.anna, w.card(), "🚩")
			w.is(q["message"], nil)
			w.is(q["inline_message_id"] != nil && q["chat_instance"] != nil, true)
			w.is(q["data"], "x")
			w.is(dig(w.ask("getMe", nil), "callback_query_mode"), nil) // getMe does not show the mode
		}},
		{"privacy mode: only what is meant for the bot; admins get all", func(w *world) {
			w.send(w.anna, "hello")
			w.update("message")
			w.group.Demote(w.bot)
			w.updates()
			w.send(w.anna, "hello")
			w.is(len(w.updates()), 0)
			w.is(dig(w.ask("getMe", nil), "can_read_all_group_messages"), false)
		}},
		{"toggling it needs the bot re-added; from code too, for all that is said", func(w *world) {
			w.group.Demote(w.bot)
			w.do("setMySettings", object{"can_read_all_group_messages": true})
			w.updates()
			w.send(w.anna, "hello")
			w.is(len(w.updates()), 0)
			w.group.Kick(w.bot)
			w.group.Unban(w.bot)
			w.group.Add(w.bot)
			w.updates()
			w.send(w.anna, "hello")
			w.update("message")
		}},
		{"commands not in any list can arrive", func(w *world) {
			w.send(w.anna, "/ban")
			w.is(w.update("message")["text"], "/ban")
		}},
	})
}
