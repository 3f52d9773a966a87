package view_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
)

// The file says how often somebody was asked, and not when, and nothing that tells who reported them.
func TestMyJuries(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)
	k := moderation.Kept{
		Record: moderation.Record{Shielded: at, Held: at},
		Jury: moderation.JuryRecord{
			Asked: []moderation.Summons{{At: at, Reason: jury.Heavy}}, Declines: true, Willing: at, Caused: []time.Time{at, at}, Accused: at, Appealed: at,
		},
	}
	const kept = `"does_not_want_to_be_asked":true,"wants_to_be_asked_again_since":"2026-07-01T12:00:00Z",`
	const own = `"last_jury_for_your_appeal":"2026-07-01T12:00:00Z","votes_only_remove_your_messages_until":"2026-07-01T12:00:00Z","last_muted_until_a_jury_spoke":"2026-07-01T12:00:00Z"`
	for wiped, want := range map[bool]string{
		false: `{"asked_to_be_a_juror_within_a_day":1,` + kept + `"juries_brought_by_your_reports_within_a_day":2,` + own + `}`,
		true:  `{` + kept + own + `}`,
	} {
		k.Wiped = wiped
		text, err := json.Marshal(view.GroupOfMine(k, "Chess", at).Juries)
		if err != nil || string(text) != want {
			t.Errorf("wiped %v: %s, %v\nwant %s", wiped, text, err, want)
		}
	}
	if got := view.GroupOfMine(moderation.Kept{Jury: moderation.JuryRecord{Accused: at}}, "Chess", at).Juries; got != nil {
		t.Errorf("that they were reported is told: %+v", got)
	}
}
