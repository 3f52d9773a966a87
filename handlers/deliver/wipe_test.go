package deliver_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/grouptest"
	"github.com/ostrakon-bot/ostrakon/internal/outbox"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// showing is a store that knows what somebody was shown, and when they wiped.
type showing struct {
	database
	all   *[]moderation.Shown
	wiped time.Time
}

func (s showing) Shown(context.Context, int64) ([]moderation.Shown, error) {
	return slices.Clone(*s.all), nil
}

func (s showing) ForgetShown(_ context.Context, gone []moderation.Shown) error {
	*s.all = slices.DeleteFunc(*s.all, func(m moderation.Shown) bool { return slices.Contains(gone, m) })
	return nil
}

func (s showing) Wiped(context.Context, int64) (time.Time, error) { return s.wiped, nil }

// private are messages in a member's private chat.
func private(ids ...int64) (all []moderation.Shown) {
	for _, id := range ids {
		all = append(all, moderation.Shown{Chat: member, Message: id, Row: id})
	}
	return all
}

// What was shown is deleted in as few calls as that takes, and what is too old is emptied.
func TestWipe(t *testing.T) {
	t.Parallel()
	old := []int64{43, 45}
	for name, test := range map[string]struct {
		shown []moderation.Shown
		calls []string
	}{
		"nothing":           {nil, nil},
		"one in private":    {private(41), []string{"deleteMessage 41"}},
		"three in private":  {private(41, 42, 44), []string{"deleteMessages [41 42 44]"}},
		"one noted twice":   {private(41, 41), []string{"deleteMessage 41"}},
		"one that is old":   {private(43), []string{"editMessageText 43"}},
		"old and new":       {private(41, 42, 43, 44), []string{"deleteMessages [41 42]", "editMessageText 43", "deleteMessage 44"}},
		"a file that's old": {[]moderation.Shown{{Chat: member, Message: 45, File: true}}, []string{"editMessageMedia 45"}},
		"in the group": {
			[]moderation.Shown{{Chat: groupID, Ephemeral: 7}, {Chat: member, Message: 41}, {Chat: groupID, Ephemeral: 8}},
			[]string{"deleteMessage 41", "deleteEphemeralMessage 7", "deleteEphemeralMessage 8"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := grouptest.New(grouptest.Case(moderation.Open, func(*moderation.Case) {}))
			g.Allows = func(c wire.Call) bool {
				return !strings.HasPrefix(c.Method, "deleteMessage") || !slices.ContainsFunc(named(c), func(id int64) bool { return slices.Contains(old, id) })
			}
			left := test.shown
			d := delivererOf(g, showing{database: databaseOf(g), all: &left})
			if err := d.Deliver(t.Context(), moderation.WipeShown{To: moderation.Person{ID: member}}); err != nil {
				t.Fatal(err)
			}
			var calls []string
			for _, c := range g.Sent {
				if ids := named(c); c.Method == "deleteMessages" {
					calls = append(calls, fmt.Sprint(c.Method, " ", ids))
				} else {
					calls = append(calls, fmt.Sprint(c.Method, " ", ids[0]))
				}
				if markup := c.Params["reply_markup"]; markup != nil && fmt.Sprint(markup) != "map[inline_keyboard:[]]" {
					t.Errorf("a wiped message has buttons: %v", markup)
				}
			}
			if !slices.Equal(calls, test.calls) {
				t.Errorf("it calls %q, want %q", calls, test.calls)
			}
			if len(left) > 0 {
				t.Errorf("%+v are left", left)
			}
		})
	}
}

// named are the messages that a call names.
func named(c wire.Call) []int64 {
	if ids, ok := c.Params["message_ids"].([]int64); ok {
		return ids
	}
	for _, name := range []string{"message_id", "ephemeral_message_id"} {
		if id, ok := c.Params[name].(int64); ok {
			return []int64{id}
		}
	}
	return nil
}

// Very many are wiped in several deliveries, between which others are served.
func TestWipeOfVeryMany(t *testing.T) {
	t.Parallel()
	g := grouptest.New(grouptest.Case(moderation.Open, func(*moderation.Case) {}))
	var left []moderation.Shown
	for id := range int64(250) {
		left = append(left, private(id+1)...)
	}
	d := delivererOf(g, showing{database: databaseOf(g), all: &left})
	for n, want := range []int{150, 50, 0} {
		err := d.Deliver(t.Context(), moderation.WipeShown{To: moderation.Person{ID: member}})
		var wait *outbox.NotBefore
		if again := errors.As(err, &wait); len(left) != want || again != (want > 0) || again && wait.Also != outbox.NothingElse {
			t.Errorf("delivery %d: %d are left, %v", n+1, len(left), err)
		}
	}
}

// Who wiped hears nothing of what they did before, and what they are told since then has 🧹.
func TestNobodyIsToldWhatTheyWiped(t *testing.T) {
	t.Parallel()
	to := moderation.Person{ID: member}
	of := moderation.Waiting{Chat: groupID}
	for name, effect := range map[string]func(cast time.Time) moderation.Effect{
		"outcome": func(cast time.Time) moderation.Effect {
			return moderation.SendOutcome{Waiting: of, Case: "7KQ2", To: to, Verdict: moderation.Upheld, Cast: cast}
		},
		"thanks": func(cast time.Time) moderation.Effect {
			return moderation.SendThanks{Waiting: of, Case: "7KQ2", To: to, Cast: cast}
		},
		"caution": func(cast time.Time) moderation.Effect { return moderation.SendCaution{Waiting: of, To: to, Cast: cast} },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := grouptest.New(grouptest.Case(moderation.Upheld, func(*moderation.Case) {}))
			d := delivererOf(g, showing{database: databaseOf(g), wiped: noon})
			for _, cast := range []time.Time{{}, noon.Add(-time.Hour), noon} {
				if err := d.Deliver(t.Context(), effect(cast)); err != nil || len(g.Sent) > 0 {
					t.Errorf("of %v: sent %+v, %v", cast, g.Sent, err)
				}
			}
			if err := d.Deliver(t.Context(), effect(noon.Add(time.Second))); err != nil || len(g.Sent) != 1 {
				t.Fatalf("sent %+v, %v", g.Sent, err)
			}
			if sent := g.Sent[0]; !sent.CanWipe || !strings.Contains(fmt.Sprint(sent.Params["reply_markup"]), "w:now") {
				t.Errorf("it cannot be wiped: %+v", sent)
			}
		})
	}
}
