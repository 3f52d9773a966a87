package deliver_test

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/grouptest"
	"github.com/ostrakon-bot/ostrakon/internal/outbox"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// keeping is a store that keeps something of somebody, or cannot say what.
type keeping struct {
	database
	kept []moderation.Kept
	err  error
}

func (k keeping) Kept(context.Context, int64) ([]moderation.Kept, error) { return k.kept, k.err }

func (keeping) Voted(context.Context, int64, int) ([]moderation.CaseRef, []moderation.Ballot, error) {
	return nil, nil, nil
}

// What makes somebody an established member is in the file. A case that only its jury and the admins see is not: its author
// would learn from it that somebody reported them.
func TestMyDataSaysWhatIsKeptOfPresence(t *testing.T) {
	hidden := grouptest.Case(moderation.Open, func(c *moderation.Case) {
		grouptest.ByJury(c)
		c.Appeal = moderation.BeforeJury
	})
	contested := grouptest.Case(moderation.Upheld, func(c *moderation.Case) {
		c.Appeal, c.AppealDue = moderation.BeforeJury, noon.Add(24*time.Hour)
	})
	g := grouptest.New(contested)
	g.Docket.Appeal = &moderation.Appeal{Words: "None."}
	d := delivererOf(g, keeping{database: databaseOf(g), kept: []moderation.Kept{{
		Chat: g.Docket.Chat, Presence: moderation.Presence{First: moderation.DayOf(noon), Days: 2}, Cases: []moderation.Case{hidden, contested},
	}}})
	if err := d.Deliver(t.Context(), moderation.SendKept{To: moderation.Person{ID: author, Private: true}}); err != nil {
		t.Fatal(err)
	}
	if len(g.Sent) != 1 || len(g.Sent[0].Files) != 1 {
		t.Fatalf("it sends %+v", g.Sent)
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
	if err := json.Unmarshal(g.Sent[0].Files[0].Data, &file); err != nil || len(file.Groups) != 1 {
		t.Fatalf("%v: %s", err, g.Sent[0].Files[0].Data)
	}
	in := file.Groups[0]
	if in.First != "2026-09-01" || in.Days != 2 {
		t.Errorf("of presence it says %q and %d", in.First, in.Days)
	}
	if len(in.Decisions) != 1 || in.Decisions[0].Appeal != "jury" || in.Decisions[0].Said != "None." {
		t.Errorf("decisions %+v", in.Decisions)
	}
}

// What cannot be looked up for one person is tried again, and others who asked do not wait for that.
func TestOthersDoNotWaitForWhatCannotBeLookedUp(t *testing.T) {
	g := grouptest.New(grouptest.Case(moderation.Open, func(*moderation.Case) {}))
	d := delivererOf(g, keeping{database: databaseOf(g), err: errors.New("damaged")})
	err := d.Deliver(t.Context(), moderation.SendKept{To: moderation.Person{ID: author, Private: true}})
	var wait *outbox.NotBefore
	if !errors.As(err, &wait) || wait.Also != outbox.NothingElse || !wait.Until.After(noon) {
		t.Errorf("it says %v; want that it is tried again, and nothing else waits", err)
	}
}
