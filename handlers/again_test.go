package handlers_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/grouptest"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
)

// The admins decide a case that is open again as any other: 🚩 does not uphold an appeal that there is not.
func TestAdminDecidesAReopenedCase(t *testing.T) {
	for choice, want := range map[string]moderation.Verdict{"upheld": moderation.Upheld, "dismissed": moderation.Dismissed} {
		d, h := newGroup(t, reopened["again admins"])
		d.Docket.Appeal = &moderation.Appeal{Filed: noon, Deadline: noon.Add(jury.AdminsReopened)}
		_, calls := say(t, h, command(admin, "en", "/case 7KQ2"))
		if shown := fmt.Sprint(calls[0].Params); !strings.Contains(shown, "d:7:7KQ2:"+choice) || strings.Contains(shown, "stands") {
			t.Fatalf("it shows %s", shown)
		}
		say(t, h, pressed(admin, "d:7:7KQ2:"+choice))
		if got := d.Docket.Case.Verdict; got != want {
			t.Errorf("it is %s, want %s", got, want)
		}
	}
	d, h := newGroup(t, reopened["again admins"])
	texts, _ := say(t, h, pressed(admin, "d:7:7KQ2:stands"))
	if texts[0] != english("refuse.not_upheld", nil) || d.Docket.Case.Verdict != moderation.Open {
		t.Errorf("it says %q, and the case is %s", texts[0], d.Docket.Case.Verdict)
	}
}

// A card of an open case asks all alike: it has its two buttons, whatever was voted.
func TestOpenCardAlwaysAsks(t *testing.T) {
	for _, votes := range []int{0, 1, 64, 500} {
		text, rows := card(locale.In("en"), grouptest.Case(moderation.Open, func(c *moderation.Case) { c.Votes, c.Breaks = votes, votes/2 }), false)
		if len(rows) != 1 || len(rows[0]) != 2 || !strings.HasPrefix(rows[0][0].Text, "🚩") || !strings.HasPrefix(rows[0][1].Text, "👌") {
			t.Errorf("%d votes: %s, %+v", votes, text, rows)
		}
	}
}
