package tgsim_test

import (
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// TestClosedTopics: where a topic is closed, only those write who may manage
// topics; a bot reads TOPIC_CLOSED, for ephemeral messages too.
func TestClosedTopics(t *testing.T) {
	t.Parallel()
	w := newWorld(t, tgsim.Options{})
	w.group = w.NewForum("Forum", w.owner)
	w.group.Add(w.anna, w.bot)
	open, closed := w.group.Topic("Open"), w.group.Topic("Closed")
	told := w.send(w.anna, "before", tgsim.InTopic(closed))
	closed.Close()
	if _, err := w.anna.Send(w.group, "x", tgsim.InTopic(closed)); err == nil {
		t.Error("a member writes in a closed topic")
	}
	if _, err := w.owner.Send(w.group, "x", tgsim.InTopic(closed)); err != nil {
		t.Errorf("the owner cannot write in a closed topic: %v", err)
	}
	w.group.Promote(w.bot, tgsim.Rights{DeleteMessages: true})
	whisper := object{"receiver_user_id": w.anna.ID()}
	for _, args := range []object{
		{"message_thread_id": closed.ID()},
		{"message_thread_id": closed.ID(), "ephemeral_message_parameters": whisper},
		{"reply_parameters": object{"message_id": told.ID()}},
	} {
		args["chat_id"], args["text"] = w.group.ID(), "x"
		w.refused("sendMessage", args, "Bad Request: TOPIC_CLOSED")
	}
	w.do("sendMessage", object{"chat_id": w.group.ID(), "text": "x", "message_thread_id": open.ID()})
	w.group.CloseGeneral()
	w.refused("sendMessage", object{"chat_id": w.group.ID(), "text": "x"}, "Bad Request: TOPIC_CLOSED")
	w.refused("sendMessage", object{"chat_id": w.group.ID(), "text": "x", "ephemeral_message_parameters": whisper}, "Bad Request: TOPIC_CLOSED")
	w.do("sendMessage", object{"chat_id": w.group.ID(), "text": "x", "message_thread_id": open.ID()})
	w.group.ReopenGeneral()
	closed.Reopen()
	w.do("sendMessage", object{"chat_id": w.group.ID(), "text": "x"})
	w.do("sendMessage", object{"chat_id": w.group.ID(), "text": "x", "message_thread_id": closed.ID()})
	closed.Close()
	w.group.Promote(w.bot, tgsim.Rights{ManageTopics: true})
	w.do("sendMessage", object{"chat_id": w.group.ID(), "text": "x", "message_thread_id": closed.ID()})
}
