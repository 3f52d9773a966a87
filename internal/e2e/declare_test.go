package e2e

import (
	"encoding/json"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// TestCommandsAreDeclaredPrivate looks at every list that is declared. An app sends a command unseen
// only if the one list that applies to its user says so. Which that is depends on scope and
// language.
func TestCommandsAreDeclaredPrivate(t *testing.T) {
	t.Parallel()
	w := newWorld(t, tgsim.Options{})
	lists := map[string]bool{}
	for _, c := range w.sim.Calls() {
		if c.Method != "setMyCommands" {
			continue
		}
		var scope struct{ Type string }
		var commands []tgsim.BotCommand
		if err := json.Unmarshal([]byte(c.JSON("scope")), &scope); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal([]byte(c.JSON("commands")), &commands); err != nil {
			t.Fatal(err)
		}
		lists[scope.Type+"/"+c.Text("language_code")] = true
		for _, command := range commands {
			if command.IsEphemeral == (scope.Type == "all_private_chats") {
				t.Errorf("%s %q: /%s has is_ephemeral %t", scope.Type, c.Text("language_code"), command.Command, command.IsEphemeral)
			}
		}
	}
	for _, scope := range []string{"default", "all_private_chats", "all_group_chats", "all_chat_administrators"} {
		for _, lang := range append(locale.Languages(), "") {
			if !lists[scope+"/"+lang] {
				t.Errorf("no commands are declared for %s in %q", scope, lang)
			}
		}
	}
	w.checkTelegram()
}
