package tgsim_test

import (
	"slices"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// Facts, section 1: ephemeral commands and messages.
func TestFactsOfEphemeralMessages(t *testing.T) {
	hold(t, tgsim.Options{}, []fact{
		{"the member's message reaches only that bot: no member, admin or other bot sees it", func(w *world) {
			other := w.AddBot("OtherBot", "Other", tgsim.PrivacyOff())
			w.group.Add(other)
			w.group.Promote(other, tgsim.AllRights())
			pending := other.Pending()
			before := w.VisibleTo(w.EveryoneBut(w.anna)...)
			w.command()
			w.is(other.Pending(), pending)
			w.is(w.VisibleTo(w.EveryoneBut(w.anna)...), before)
		}},
		{"the list that applies to that member decides", func(w *world) {
			w.do("setMyCommands", object{"commands": []any{object{"command": "report", "description": "r"}}, "scope": object{"type": "all_chat_administrators"}})
			w.is(must(w.owner.Command(w.group, "/report")).Ephemeral(), false)
			w.is(must(w.anna.Command(w.group, "/report")).Ephemeral(), true)
		}},
		{"the member's app decides: an older app sends an ordinary message", func(w *world) {
			m := must(w.anna.Command(w.group, "/report", tgsim.OldApp()))
			w.is(m.Ephemeral(), false)
			w.is(w.ben.Find(w.group, "/report"), m)
		}},
		{"two bots list the same name: ephemeral only with @bot", func(w *world) {
			other := w.AddBot("OtherBot", "Other", tgsim.Unattended())
			w.group.Add(other)
			must(other.Call("setMyCommands", object{"commands": ephemeralList("report")}))
			w.is(must(w.anna.Command(w.group, "/report")).Ephemeral(), false)
			w.is(must(w.anna.Command(w.group, "/report@OstrakonBot")).Ephemeral(), true)
		}},
		{"a user app may send ephemerally only commands and replies to a bot's ephemeral message", func(w *world) {
			w.is(must(w.anna.Command(w.group, "hello")).Ephemeral(), false)
			w.whisper(nil)
			must(w.anna.Whisper(w.anna.Find(w.group, "only you"), "thanks"))
			if _, err := w.anna.Whisper(w.send(w.ben, "hi"), "psst"); err == nil {
				w.t.Error("an ordinary message was answered ephemerally")
			}
		}},
		{"a masked admin cannot keep the mask", func(w *world) {
			w.group.Promote(w.owner, tgsim.Rights{Anonymous: true})
			w.updates()
			must(w.owner.Command(w.group, "/report"))
			u := w.update("message")
			w.is(id(dig(u, "from", "id")), w.owner.ID())
			w.is(u["sender_chat"], nil)
		}},
		{"a muted member's app may try", func(w *world) {
			w.group.Restrict(w.anna, tgsim.Permissions{}, time.Time{})
			w.command()
		}},
		{"message_id 0, ephemeral_message_id, receiver_user is the bot, from the member", func(w *world) {
			u := w.command()
			w.is(id(u["message_id"]), int64(0))
			w.is(id(u["ephemeral_message_id"]), int64(1))
			w.is(id(dig(u, "receiver_user", "id")), w.bot.ID())
			w.is(id(dig(u, "from", "id")), w.anna.ID())
			w.is(dig(u["entities"].([]any)[0], "type"), "bot_command")
		}},
		{"ephemeral_message_id may be reused after the message is deleted", func(w *world) {
			one := w.command()["ephemeral_message_id"]
			if err := w.anna.Delete(w.anna.Find(w.group, "/report")); err != nil {
				w.t.Fatal(err)
			}
			w.is(w.command()["ephemeral_message_id"], one)
		}},
		{"replying to an ordinary message arrives as reply_to_message", func(w *world) {
			bad := w.send(w.ben, "buy")
			w.is(id(dig(w.command(tgsim.ReplyTo(bad)), "reply_to_message", "message_id")), int64(bad.ID()))
		}},
		{"a bot under privacy mode that is no admin can miss the reply target", func(w *world) {
			w.group.Demote(w.bot)
			w.is(w.command(tgsim.ReplyTo(w.send(w.ben, "buy")))["reply_to_message"], nil)
		}},
		{"the command of a topic replies to the topic's first message, and thread id may be absent", func(w *world) {
			w.group = w.NewForum("Forum", w.owner)
			w.group.Add(w.anna, w.bot)
			w.group.Promote(w.bot, tgsim.AllRights())
			news := w.group.Topic("News")
			u := w.command(tgsim.InTopic(news))
			w.is(id(dig(u, "reply_to_message", "message_id")), int64(news.ID()))
			w.is(dig(u, "reply_to_message", "forum_topic_created", "name"), "News")
			w.is(u["message_thread_id"], nil)
		}},
	})
}

// Facts, section 1, answering.
func TestFactsOfEphemeralAnswers(t *testing.T) {
	reply := func(u object) object { return object{"ephemeral_message_id": u["ephemeral_message_id"]} }
	hold(t, tgsim.Options{}, []fact{
		{"any bot may answer within 15 seconds of the action, naming it", func(w *world) {
			w.group.Demote(w.bot)
			u := w.command()
			w.clock.Advance(15 * time.Second)
			w.whisper(object{"reply_parameters": reply(u)})
			press := w.query(w.anna, w.card(), "🚩")
			w.clock.Advance(15 * time.Second)
			w.whisper(object{"ephemeral_message_parameters": object{"receiver_user_id": w.anna.ID(), "callback_query_id": press["id"]}})
		}},
		{"and not later, nor without naming an action", func(w *world) {
			w.group.Demote(w.bot)
			u := w.command()
			w.clock.Advance(16 * time.Second)
			args := object{"chat_id": w.group.ID(), "text": "x", "ephemeral_message_parameters": object{"receiver_user_id": w.anna.ID()}}
			w.is(w.try("sendMessage", args).OK, false)
			args["reply_parameters"] = reply(u)
			w.is(w.try("sendMessage", args).OK, false)
		}},
		{"an admin may send to any non-bot member at any time, without naming an action", func(w *world) { w.whisper(nil) }},
		{"the receiver must not be a bot", func(w *world) {
			w.is(w.try("sendMessage", object{"chat_id": w.group.ID(), "text": "x", "ephemeral_message_parameters": object{"receiver_user_id": w.bot.ID()}}).OK, false)
		}},
		{"a reply to an ephemeral message must itself be ephemeral", func(w *world) {
			w.is(w.try("sendMessage", object{"chat_id": w.group.ID(), "text": "x", "reply_parameters": reply(w.command())}).OK, false)
		}},
		{"allow_sending_without_reply is always false here", func(w *world) {
			bad := w.send(w.ben, "buy")
			w.do("deleteMessage", object{"chat_id": w.group.ID(), "message_id": bad.ID()})
			w.refused("sendMessage", object{
				"chat_id": w.group.ID(), "text": "x", "ephemeral_message_parameters": object{"receiver_user_id": w.anna.ID()},
				"reply_parameters": object{"message_id": bad.ID(), "allow_sending_without_reply": true},
			}, "Bad Request: message to be replied not found")
		}},
		{"a public answer to an ephemeral command is possible", func(w *world) {
			w.command()
			w.do("sendMessage", object{"chat_id": w.group.ID(), "text": "to all"})
		}},
		{"delivery is not guaranteed for users who are offline; the method still returns success", func(w *world) {
			w.anna.SetOffline(true)
			w.whisper(nil)
			w.anna.SetOffline(false)
			if w.anna.Find(w.group, "only you") != nil {
				w.t.Error("it arrived")
			}
		}},
		{"on the returned message from is the bot and receiver_user the human", func(w *world) {
			got := w.whisper(nil)
			w.is(id(dig(got, "from", "id")), w.bot.ID())
			w.is(id(dig(got, "receiver_user", "id")), w.anna.ID())
			w.is(id(got["message_id"]), int64(0))
		}},
		{"edit and delete take chat_id, receiver_user_id and ephemeral_message_id and return True", func(w *world) {
			args := object{"chat_id": w.group.ID(), "receiver_user_id": w.anna.ID(), "ephemeral_message_id": w.whisper(nil)["ephemeral_message_id"]}
			edit := object{"text": "changed"}
			for name, value := range args {
				edit[name] = value
			}
			w.is(string(w.do("editEphemeralMessageText", edit)), "true")
			w.is(string(w.do("deleteEphemeralMessage", args)), "true")
		}},
		{"nothing tells the bot that the member deleted it", func(w *world) {
			w.whisper(nil)
			w.updates()
			if err := w.anna.Delete(w.anna.Find(w.group, "only you")); err != nil {
				w.t.Fatal(err)
			}
			w.is(len(w.updates()), 0)
		}},
		{"the ordinary methods do not work", func(w *world) {
			w.whisper(nil)
			w.refused("deleteMessage", object{"chat_id": w.group.ID(), "message_id": 0}, "Bad Request: message identifier is not specified")
		}},
		{"a button on it yields a callback_query whose message is ephemeral and whose chat_instance is 0", func(w *world) {
			w.whisper(object{"reply_markup": keyboard("↩️", "u")})
			q := w.query(w.anna, w.anna.Find(w.group, "only you"), "↩️")
			w.is(id(dig(q, "message", "message_id")), int64(0))
			w.is(q["chat_instance"], "0")
			w.do("answerCallbackQuery", object{"callback_query_id": q["id"]})
		}},
		{"replace_callback_query_message shows it in place of the pressed message, for that user only", func(w *world) {
			card := w.card()
			q := w.query(w.anna, card, "🚩")
			w.whisper(object{"ephemeral_message_parameters": object{"callback_query_id": q["id"], "replace_callback_query_message": true}})
			w.is(w.anna.Find(w.group, "card") == nil, true)
			w.is(w.ben.Find(w.group, "card"), card)
		}},
		{"and must be false for callbacks from ephemeral messages", func(w *world) {
			w.whisper(object{"reply_markup": keyboard("↩️", "u")})
			q := w.query(w.anna, w.anna.Find(w.group, "only you"), "↩️")
			w.is(w.try("sendMessage", object{"text": "x", "ephemeral_message_parameters": object{"callback_query_id": q["id"], "replace_callback_query_message": true}}).OK, false)
		}},
		{"login_url buttons do not work on them", func(w *world) {
			w.refused("sendMessage", object{
				"chat_id": w.group.ID(), "text": "x", "ephemeral_message_parameters": object{"receiver_user_id": w.anna.ID()},
				"reply_markup": object{"inline_keyboard": []any{[]any{object{"text": "in", "login_url": object{"url": "https://chess.example"}}}}},
			}, "Bad Request: BUTTON_TYPE_INVALID")
		}},
	})
}

// Facts, section 1: sent ephemerally by 14 methods, which need no chat_id then; not by others; 10.3 has no receiver_user_id there.
func TestFactsOfEphemeralMethods(t *testing.T) {
	w := newLoneWorld(t)
	fourteen := []string{
		"sendMessage", "sendRichMessage", "sendPhoto", "sendLivePhoto", "sendAudio", "sendDocument", "sendVideo", "sendAnimation", "sendVoice",
		"sendVideoNote", "sendLocation", "sendVenue", "sendContact", "sendSticker",
	}
	others := []string{"sendMediaGroup", "sendPoll", "sendDice", "sendChecklist", "sendPaidMedia", "sendInvoice", "sendGame", "sendWidget", "forwardMessage", "copyMessage"}
	params := object{"ephemeral_message_parameters": object{"callback_query_id": "1"}}
	for _, method := range slices.Concat(fourteen, others) {
		a := w.try(method, params)
		if unknown := a.Description == "Bad Request: unknown parameter ephemeral_message_parameters in "+method; unknown != slices.Contains(others, method) {
			t.Errorf("%s: %s", method, a.Description)
		}
	}
	if a := w.try("sendMessage", object{"receiver_user_id": 1}); a.Description != "Bad Request: unknown parameter receiver_user_id in sendMessage" {
		t.Errorf("the shape of 10.2: got %s", a.Description)
	}
}

// Facts, section 1: without ephemeral_message_id in the result, the message went out to everybody.
func TestFactsOfOldServers(t *testing.T) {
	hold(t, tgsim.Options{NoEphemeralSupport: true}, []fact{
		{"old servers ignore unknown parameters: the message goes to everybody", func(w *world) {
			got := w.whisper(nil)
			w.is(got["ephemeral_message_id"], nil)
			w.is(w.ben.Find(w.group, "only you") != nil, true)
		}},
		{"they do not know setMySettings", func(w *world) {
			w.is(w.try("setMySettings", object{"can_join_groups": true}).ErrorCode, 404)
		}},
	})
}
