package e2e

import (
	"testing"
	"time"
)

// TestRaidLeavesRoom lets two hundred members vote on one card in less than a minute, half of them for each side. Its edits must
// leave calls for a new card, which appears at once, and for the outcome.
func TestRaidLeavesRoom(t *testing.T) {
	t.Parallel()
	w := play(t, "story", `
group "Chess club" supergroup, owner Olga
members Anna Bob Mallory
200 regulars
the bot joins as admin
Olga: /threshold 50
Mallory: Buy pills
Mallory: Buy powder
wait 2m
Anna: /report (reply to "Buy pills")
`)
	card := w.cards[w.here]
	for i, u := range w.regulars {
		label := []string{"🚩", "👌"}[i%2]
		if _, err := u.Press(card, label); err != nil {
			t.Fatal(err)
		}
		if i%4 == 3 {
			w.pass(time.Second)
		}
	}
	count := func(method string) (n int) {
		for _, c := range w.sim.Calls() {
			if c.Method == method {
				n++
			}
		}
		return n
	}
	if n := count("editMessageText"); n < 3 || n > 10 {
		t.Errorf("the card was edited %d times in 50 s", n)
	}
	w.play("story", []string{
		`Bob: /report (reply to "Buy powder")`, `Olga sees "Does this message break the rules?" 2 times`,
		`Olga: /uphold (reply to "Buy pills")`, `Olga sees "Removed by an admin."`,
	})
	for _, c := range w.sim.Calls() {
		probe := c.Method == "deleteEphemeralMessage" // at the start, of a message that is not there
		if !c.OK() && !probe {
			t.Errorf("Telegram refused %s: %s", c.Method, c.Description)
		}
	}
	w.checkInvariants()
}
