package e2e

import (
	"strings"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

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

// A server that breaks on the question when the bot starts is asked on. Until it answers, the bot answers in private only.
func TestServerThatAnswersLater(t *testing.T) {
	t.Parallel()
	w := newWorld(t, tgsim.Options{})
	w.play("story", []string{`group "Chess club" supergroup, owner Olga`, `members Anna Bob Mallory`, `the bot joins as admin`, `Anna starts the bot`, `Mallory: Buy pills`})
	w.down()
	w.arm(tgsim.Fault{Kind: tgsim.ServerError, Method: "deleteEphemeralMessage", Times: 8})
	w.up()
	w.play("before", []string{`Anna: /report (reply to "Buy pills")`, `Anna does not see "Reported"`, `Anna sees "Chess club\nReported." in private`})
	for range 10 {
		w.pass(time.Minute)
	}
	w.play("after", []string{`Bob: /report (reply to "Buy pills")`, `Bob sees "Reported."`, `Anna does not see "Reported."`, `the log says "does not say yet whether it knows ephemeral messages" 4 times`})
}

// An operator who checks a server that is too old is told so.
func TestCheckNamesAnOldServer(t *testing.T) {
	t.Parallel()
	for words, server := range map[string]tgsim.Options{
		"does not know ephemeral messages":  {NoEphemeralSupport: true},
		"came with Bot API 10.3":            {OldEphemeral: true},
		"server: fine":                      {NoSettings: true},
		"fine, it knows ephemeral messages": {},
	} {
		w := newWorld(t, server)
		w.down()
		if said := ostrakon(t, w.cfg, clockwork.NewRealClock(), "check"); !strings.Contains(said, words) {
			t.Errorf("check does not say %q:\n%s", words, said)
		}
	}
}
