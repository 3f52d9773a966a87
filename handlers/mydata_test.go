package handlers_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// keeping is a store that keeps something of somebody.
type keeping struct {
	database
	kept []moderation.Kept
}

func (k keeping) Kept(context.Context, int64) ([]moderation.Kept, error) { return k.kept, nil }

func (keeping) Voted(context.Context, int64, int) ([]moderation.CaseRef, []moderation.Ballot, error) {
	return nil, nil, nil
}

// What makes somebody an established member is in the file. A case that only its jury and the admins see is not: its author
// would learn from it that somebody reported them.
func TestMyDataSaysWhatIsKeptOfPresence(t *testing.T) {
	d, _ := newGroup(t, reopened["again jury"])
	d.Docket.Appeal = &moderation.Appeal{Words: "None."}
	k := keeping{databaseOf(d), []moderation.Kept{{
		Chat: d.Docket.Chat, Presence: moderation.Presence{First: moderation.DayOf(noon), Days: 2}, Cases: []moderation.Case{reopened["again jury"], contested["appeal jury"]},
	}}}
	now := func() time.Time { return noon }
	h := handlers.New(moderation.NewCourt(d, now), k, telegramOf(d), nil, now, slog.New(slog.DiscardHandler))
	u := wire.Update{ID: 9_100_000, Message: &wire.Message{ID: 1, Date: noon.Unix(), Text: "/mydata", From: &wire.User{ID: author}, Chat: wire.Chat{ID: author, Type: "private"}}}
	_, calls := say(t, h, u)
	if len(calls) != 1 || len(calls[0].Files) != 1 {
		t.Fatalf("it sends %+v", calls)
	}
	var file struct {
		Groups []struct {
			First     string `json:"first_day_seen_writing"`
			Days      int    `json:"days_written_counted_up_to_3"`
			Decisions []struct {
				Verdict, Appeal string
				Said            string `json:"you_said_against_it"`
			}
		}
	}
	if err := json.Unmarshal(calls[0].Files[0].Data, &file); err != nil || len(file.Groups) != 1 {
		t.Fatalf("%v: %s", err, calls[0].Files[0].Data)
	}
	g := file.Groups[0]
	if g.First != "2026-09-01" || g.Days != 2 {
		t.Errorf("of presence it says %q and %d", g.First, g.Days)
	}
	if len(g.Decisions) != 1 || g.Decisions[0].Appeal != "jury" || g.Decisions[0].Said != "None." {
		t.Errorf("decisions %+v", g.Decisions)
	}
}
