package tgsim_test

import (
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// A text_mention counts in UTF-16 units, holds the user, and goes with commands that only the bot sees, too.
func TestTextMention(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	w.do("setMyCommands", object{"commands": []any{object{"command": "mute", "description": "Mute", "is_ephemeral": true}}})
	for name, opts := range map[string][]tgsim.SendOption{"seen by all": {tgsim.OldApp()}, "unseen": nil} {
		t.Run(name, func(t *testing.T) {
			w.updates()
			if _, err := w.owner.Command(w.group, "/mute 😀 Anna Maria 2h", append(opts, tgsim.Naming("Anna Maria", w.anna))...); err != nil {
				t.Fatal(err)
			}
			u := w.updates()[0]
			found, _ := dig(u, "message", "entities").([]any)
			if len(found) != 2 {
				t.Fatalf("the update is %v", u)
			}
			e := found[1]
			if dig(e, "type") != "text_mention" || id(dig(e, "offset")) != 9 || id(dig(e, "length")) != 10 || id(dig(e, "user", "id")) != w.anna.ID() {
				t.Errorf("the entity is %v", e)
			}
			if (dig(u, "message", "ephemeral_message_id") != nil) != (name == "unseen") {
				t.Errorf("the update is %v", u)
			}
		})
	}
	if _, err := w.owner.Send(w.group, "Hello", tgsim.Naming("Anna", w.anna)); err == nil {
		t.Error("words that are not there name somebody")
	}
}
