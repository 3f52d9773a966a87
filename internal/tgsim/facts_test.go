package tgsim_test

import (
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// The files facts_*_test.go state what is known of Telegram, by the sections that
// doc.go names. What the simulator leaves out, and why, doc.go says too.

// A fact is something known of Telegram, and what shows that the simulator holds it.
type fact struct {
	says  string
	shows func(w *world)
}

// hold tests each fact in a world of its own.
func hold(t *testing.T, opts tgsim.Options, facts []fact) {
	t.Helper()
	for _, f := range facts {
		t.Run(f.says, func(t *testing.T) {
			w := newWorld(t, opts)
			w.do("setMyCommands", object{"commands": ephemeralList("report")})
			f.shows(w)
		})
	}
}

// is fails the test unless the two are the same.
func (w *world) is(got, want any) {
	w.t.Helper()
	if got != want {
		w.t.Errorf("got %v, want %v", got, want)
	}
}

// whisper is the bot's ephemeral message to Anna, as the bot gets it.
func (w *world) whisper(more object) object {
	w.t.Helper()
	args := object{"chat_id": w.group.ID(), "text": "only you", "ephemeral_message_parameters": object{"receiver_user_id": w.anna.ID()}}
	for name, value := range more {
		args[name] = value
	}
	var got object
	decode(w.do("sendMessage", args), &got)
	return got
}

// command is Anna's /report, and the update about it.
func (w *world) command(opts ...tgsim.SendOption) object {
	w.t.Helper()
	w.updates()
	must(w.anna.Command(w.group, "/report", opts...))
	return w.update("message")
}

// query is what the bot gets of a press of the message.
func (w *world) query(u *tgsim.User, m *tgsim.Message, label string, opts ...tgsim.PressOption) object {
	w.t.Helper()
	w.updates()
	must(u.Press(m, label, opts...))
	return w.update("callback_query")
}

// card is a message of the bot's with a button, as people see it.
func (w *world) card() *tgsim.Message {
	w.t.Helper()
	w.do("sendMessage", object{"chat_id": w.group.ID(), "text": "card", "reply_markup": keyboard("🚩", "x")})
	return w.anna.Find(w.group, "card")
}
