package wire

import (
	"encoding/json"
	"testing"
)

// What is for one member goes to their private chat whole, but for its place in the group, also if the call was stored meanwhile.
func TestInPrivate(t *testing.T) {
	call := SendMessage(-5, "secret").Thread(4).Quiet().Ephemeral(8, "q1", 77)
	text, err := json.Marshal(call)
	if err != nil {
		t.Fatal(err)
	}
	var stored Call
	if err := json.Unmarshal(text, &stored); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]Call{"new": call, "stored": stored} {
		private, ok := c.InPrivate()
		form, err := private.Form()
		if err != nil || !ok || private.Chat != 8 || len(form) != 3 || form["chat_id"] != "8" || form["text"] != "secret" || form["disable_notification"] != "true" {
			t.Errorf("%s: %v, %t, %v", name, form, ok, err)
		}
	}
	if c, ok := SendMessage(-5, "secret").ForCallback("q1").InPrivate(); ok || c.Params["chat_id"] != nil {
		t.Errorf("without a receiver it is %+v", c)
	}
}

func TestKnowsWelcome(t *testing.T) {
	for answer, want := range map[string]bool{
		`{"can_manage_chat":true,"can_send_welcome_messages":false}`: true,
		`{"can_send_welcome_messages":true}`:                         true,
		`{"can_manage_chat":true}`:                                   false,
		`{}`:                                                         false,
	} {
		if got, err := (Result{Raw: json.RawMessage(answer)}).KnowsWelcome(); err != nil || got != want {
			t.Errorf("%s: %t, %v", answer, got, err)
		}
	}
	for _, odd := range []string{`true`, `[]`, ``, `"x"`} {
		if got, err := (Result{Raw: json.RawMessage(odd)}).KnowsWelcome(); got {
			t.Errorf("%q: %t, %v", odd, got, err)
		}
	}
}
