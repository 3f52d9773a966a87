package handlers_test

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers"
	"github.com/ostrakon-bot/ostrakon/internal/grouptest"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// soughtDatabase also finds messages: those of the group that somebody may mean.
type soughtDatabase struct {
	database
	messages []moderation.SeenMessage
	busy     bool // there may be more of a second
}

func (db soughtDatabase) Linked(context.Context, moderation.MessageRef) ([]int64, error) {
	if len(db.messages) == 0 {
		return nil, nil
	}
	return []int64{grouptest.ID}, nil
}

func (db soughtDatabase) SeenMessage(context.Context, int64, int64) (moderation.SeenMessage, bool, error) {
	return db.messages[0], true, nil
}

func (db soughtDatabase) Forwards(context.Context, int64, func(moderation.SeenMessage) bool) ([]moderation.SeenMessage, bool, error) {
	return db.messages, !db.busy, nil
}

// busySecond is one of which not all messages could be looked at.
const busySecond = 2

// pills is a message of the author's.
func pills(number int64) moderation.SeenMessage {
	return moderation.SeenMessage{
		Chat: grouptest.ID, Message: number, At: time.Now().Add(-time.Minute), Role: moderation.RoleMember,
		Author: moderation.Author{ID: author}, Said: moderation.Evidence{Text: "Buy pills"},
	}
}

// answered is the one answer that a report in private leads to, as it is stored, with its moment. It is committed before that.
func answered(t *testing.T, reporter int64, to moderation.MessageRef, takes time.Duration, messages ...moderation.SeenMessage) string {
	t.Helper()
	var answer string
	synctest.Test(t, func(t *testing.T) {
		g := grouptest.New(grouptest.Case(moderation.Upheld, func(c *moderation.Case) { c.Message = 1 }))
		g.Takes = func(string) time.Duration { return takes }
		began := time.Now()
		db := soughtDatabase{databaseOf(g), messages, to.At == busySecond}
		h := handlers.New(moderation.NewCourt(g, time.Now), db, telegramOf(g), func(context.Context, wire.Call) error { return nil }, time.Now, slog.New(slog.DiscardHandler))
		err := h.FindReported(t.Context(), moderation.LookupMessage{
			To: moderation.Person{ID: reporter, Language: "en", Private: true}, Message: to, Messages: []int64{9},
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range g.Effects {
			told, ok := e.(moderation.TellReporter)
			if !ok {
				continue
			}
			if time.Now().After(told.Due) {
				t.Errorf("the answer was due at %v and came at %v", told.Due, time.Now())
			}
			stored, err := moderation.WriteEffect(told)
			if err != nil {
				t.Fatal(err)
			}
			answer += fmt.Sprintf("%s after %v", stored, told.Due.Sub(began))
		}
	})
	return answer
}

// Whoever is no member learns nothing: the answer and its moment are the same whether there is such a message or not, however long
// Telegram takes to say who is a member, and also if it never does. Only members are told more.
func TestOutsidersLearnNothing(t *testing.T) {
	t.Parallel()
	link, forward := moderation.MessageRef{Chat: grouptest.ID, Message: 41}, moderation.MessageRef{At: 1, Content: "x"}
	nothing := answered(t, grouptest.Stranger, link, 0)
	if nothing == "" {
		t.Fatal("there is no answer")
	}
	for name, got := range map[string]string{
		"a forward of nothing":          answered(t, grouptest.Stranger, forward, 0),
		"a message":                     answered(t, grouptest.Stranger, link, 0, pills(41)),
		"a message, after a moment":     answered(t, grouptest.Stranger, link, 700*time.Millisecond, pills(41)),
		"a message, after long":         answered(t, grouptest.Stranger, link, time.Hour, pills(41)),
		"a forward":                     answered(t, grouptest.Stranger, forward, 100*time.Millisecond, pills(41)),
		"a forward of two":              answered(t, grouptest.Stranger, forward, 100*time.Millisecond, pills(41), pills(42)),
		"a member's forward of two":     answered(t, member, forward, 100*time.Millisecond, pills(41), pills(42)),
		"a member, of whom nobody says": answered(t, member, link, time.Hour, pills(41)),
		"a member's link to nothing":    answered(t, member, link, 0),
	} {
		want := nothing
		if name[:8] == "a member" {
			want = answered(t, member, forward, 0)
		}
		if got != want {
			t.Errorf("%s: %s\nwant %s", name, got, want)
		}
	}
	if counts := answered(t, member, link, 100*time.Millisecond, pills(41)); counts == answered(t, member, link, 0) {
		t.Errorf("a member's report does not count: %s", counts)
	}
}

// Where very much came in a second, somebody else may have said the same, and nobody is reported in their place. If the forward
// names the author, their message is found.
func TestNobodyIsReportedForAnother(t *testing.T) {
	t.Parallel()
	forwarded := pills(41)
	forwarded.Origin = time.Unix(busySecond, 0)
	of := func(at, names int64) moderation.MessageRef {
		return moderation.MessageRef{At: at, Author: names, Content: "x"}
	}
	nothing := answered(t, member, of(1, 0), 0)
	for name, test := range map[string]struct {
		of    moderation.MessageRef
		found moderation.SeenMessage
		want  bool
	}{
		"all were looked at":        {of(1, 0), pills(41), true},
		"there may be another":      {of(busySecond, 0), pills(41), false},
		"it names the author":       {of(busySecond, author), pills(41), true},
		"of what another forwarded": {of(busySecond, author+1), forwarded, false},
	} {
		if got := answered(t, member, test.of, 0, test.found); (got != nothing) != test.want {
			t.Errorf("%s: %s", name, got)
		}
	}
}
