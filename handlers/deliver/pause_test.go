package deliver_test

import (
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/grouptest"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// The group is told once, quietly, and only what still holds.
func TestGroupIsToldOfAPause(t *testing.T) {
	day := noon.Add(24 * time.Hour)
	for name, c := range map[string]struct {
		paused, until time.Time
		want          string
	}{
		"it begins":                    {day, day, "Las votaciones están en pausa hasta mañana, 12:00."},
		"it is over already":           {noon, noon, ""},
		"it was ended meanwhile":       {noon, day, ""},
		"it was made longer meanwhile": {day.Add(time.Hour), day, ""},
		"it ended":                     {time.Time{}, time.Time{}, "Las votaciones se reanudan."},
		"it ended, and began again":    {day, time.Time{}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			g, d := newGroup(t, grouptest.Case(moderation.Open, func(*moderation.Case) {}))
			g.Docket.Chat.Paused, g.Docket.Chat.Policy.Language = c.paused, "es"
			if err := d.Deliver(t.Context(), moderation.AnnouncePause{Waiting: moderation.Waiting{Chat: groupID}, Until: c.until}); err != nil {
				t.Fatal(err)
			}
			if c.want == "" {
				if len(g.Sent) > 0 {
					t.Errorf("sent: %+v", g.Sent)
				}
				return
			}
			if len(g.Sent) != 1 || g.Sent[0].Chat != groupID || g.Sent[0].Params["disable_notification"] != true {
				t.Fatalf("sent: %+v", g.Sent)
			}
			if text := g.Sent[0].Params["text"].(string); !strings.HasPrefix(text, c.want) {
				t.Errorf("it says %q, want %q", text, c.want)
			}
		})
	}
}
