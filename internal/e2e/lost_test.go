package e2e

import (
	"os"
	"strings"
	"testing"
)

// TestPressesWithoutMessage plays stories whose presses all come without the message and the chat, as Telegram sends them
// where somebody has set callback_query_mode: they end as they do otherwise.
func TestPressesWithoutMessage(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"report_and_vote", "appeal_jury_overturns", "appeal_basic", "appeal_sentence", "learn_short", "again_jury", "old_card", "log_two_groups",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile("testdata/scenarios/" + name + ".txtar")
			if err != nil {
				t.Fatal(err)
			}
			script, _, _ := strings.Cut(string(text), "\n-- ")
			lines := strings.Split(script, "\n")
			w := newWorld(t, options(lines), changes(t, lines)...)
			w.mode = "inline"
			w.play(name, lines)
			w.checkInvariants()
		})
	}
}
