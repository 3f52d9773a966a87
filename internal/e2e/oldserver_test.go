package e2e

import (
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// A server that knows no ephemeral messages would show to everybody what is for one person. In a group it is sent nothing of the kind, not
// even to be deleted a moment later.
func TestOldServerShowsNobodysAnswer(t *testing.T) {
	t.Parallel()
	w := newWorld(t, tgsim.Options{NoEphemeralSupport: true})
	w.play("story", []string{
		`group "Chess club" supergroup, owner Olga`, `members Anna Bob Mallory`, `the bot joins as admin`, `Anna starts the bot`,
		`Mallory: Buy pills`, `Anna: /report (reply to "Buy pills")`, `Bob: /report (reply to "Buy pills")`, `Bob: /rules`, `Olga: /settings`,
		`Nora joins`, `Olga: /uphold (reply to "Buy pills")`, `wait 1h`,
	})
	for _, c := range w.sim.Calls() {
		if c.Params["ephemeral_message_parameters"] != nil && c.OK() {
			t.Errorf("everybody saw: %s", c.JSON("text"))
		}
	}
}
