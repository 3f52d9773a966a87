package deliver_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/grouptest"
	"github.com/ostrakon-bot/ostrakon/internal/outbox"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// tellUndecided tells the admins of an undecided case.
func tellUndecided(t *testing.T, change func(*grouptest.Group)) *grouptest.Group {
	t.Helper()
	g, d := newGroup(t, grouptest.Case(moderation.Open, func(c *moderation.Case) { c.Votes, c.Breaks = 4, 3 }))
	change(g)
	e := moderation.TellAdmins{Waiting: moderation.Waiting{Chat: groupID}, Entry: moderation.CaseEntry{What: moderation.TopicUndecided, Case: "7KQ2"}}
	if err := d.Deliver(t.Context(), e); err != nil && !errors.Is(err, outbox.ErrNoted) {
		t.Fatal(err)
	}
	return g
}

func TestUndecidedCaseIsShownQuietlyInTheLog(t *testing.T) {
	g := tellUndecided(t, func(*grouptest.Group) {})
	if len(g.Sent) != 1 || g.Sent[0].Chat != logID {
		t.Fatalf("sent: %+v", g.Sent)
	}
	call := g.Sent[0]
	if call.Params["disable_notification"] != true {
		t.Error("the entry makes a sound")
	}
	text := call.Params["text"].(string)
	for _, want := range []string{"Open until 2 Sep, 12:00 · 7KQ2", "Cheap followers!"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in %q", want, text)
		}
	}
	if strings.Contains(text, "vote") || strings.Contains(text, "Rule") {
		t.Errorf("the entry tells of votes or of a rule: %q", text)
	}
	buttons := fmt.Sprint(call.Params["reply_markup"])
	for _, sign := range []string{"🚩", "👌", "🔍"} {
		if strings.Count(buttons, sign) != 1 {
			t.Errorf("the button %s stands there %d times: %s", sign, strings.Count(buttons, sign), buttons)
		}
	}
	if !g.Docket.Case.Listed {
		t.Error("it is not noted that the admins see the case")
	}
}

// Whatever the ballots are, the entry is the same.
func TestUndecidedEntryTellsNothingOfBallots(t *testing.T) {
	var first wire.Call
	for i, c := range []struct{ votes, breaks int }{{1, 1}, {40, 2}, {3, 3}} {
		g := tellUndecided(t, func(g *grouptest.Group) { g.Docket.Case.Votes, g.Docket.Case.Breaks = c.votes, c.breaks })
		if len(g.Sent) != 1 {
			t.Fatalf("sent: %+v", g.Sent)
		}
		if i == 0 {
			first = g.Sent[0]
		} else if got, want := fmt.Sprint(g.Sent[0]), fmt.Sprint(first); got != want {
			t.Errorf("with %d votes: %s\nwith one: %s", c.votes, got, want)
		}
	}
}

func TestUndecidedCaseThatEndedIsNotShown(t *testing.T) {
	for _, v := range []moderation.Verdict{moderation.Upheld, moderation.Dismissed, moderation.Expired, moderation.Withdrawn} {
		g := tellUndecided(t, func(g *grouptest.Group) { g.Docket.Case.Verdict = v })
		if len(g.Sent)+len(g.Effects) > 0 || g.Docket.Case.Listed {
			t.Errorf("%s: sent %+v, committed %+v", v, g.Sent, g.Effects)
		}
	}
}

// Without a log channel the admins see the card as all do; where there is none, they are told one by one.
func TestUndecidedCaseWithoutALog(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*grouptest.Group)
		told   int // how often the admins are to be told
	}{
		"no log, a card":       {func(g *grouptest.Group) { g.Docket.Chat.Log, g.Docket.Case.Card = 0, 40 }, 0},
		"no log, card refused": {func(g *grouptest.Group) { g.Docket.Chat.Log, g.Docket.Case.Card = 0, 0 }, 1},
		"no log, no card": {func(g *grouptest.Group) {
			g.Docket.Chat.Log, g.Docket.Case.CardWanted, g.Docket.Case.Appeared = 0, false, time.Time{}
		}, 1},
		"a lost log, a card": {func(g *grouptest.Group) { g.Refuse, g.Docket.Case.Card = 403, 40 }, 0},
		"a lost log, no card": {func(g *grouptest.Group) {
			g.Refuse, g.Docket.Case.CardWanted, g.Docket.Case.Appeared = 403, false, time.Time{}
		}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			g := tellUndecided(t, c.change)
			told := 0
			for _, e := range g.Effects {
				if gathered, ok := e.(moderation.GatherEntries); ok && gathered.Each && gathered.Told.Entries[0].Topic() == moderation.TopicUndecided {
					told++
				}
			}
			if told != c.told || len(g.Sent) > 0 {
				t.Errorf("the admins are told %d times, want %d; sent %+v", told, c.told, g.Sent)
			}
			if c.told > 0 && !g.Docket.Case.Listed {
				t.Error("admins who are told cannot decide: it is not noted that they see the case")
			}
		})
	}
}

// An admin who is told one by one, but late, is told nothing of a case that was decided meanwhile.
func TestUndecidedEntryForAnAdminThatComesLate(t *testing.T) {
	g, d := newGroup(t, grouptest.Case(moderation.Upheld, func(c *moderation.Case) {}))
	e := moderation.TellAdmin{Waiting: moderation.Waiting{Chat: groupID}, Entry: moderation.CaseEntry{What: moderation.TopicUndecided, Case: "7KQ2"}, To: moderation.Person{ID: admin}}
	if err := d.Deliver(t.Context(), e); err != nil || len(g.Sent) > 0 {
		t.Errorf("sent %+v, %v", g.Sent, err)
	}
	g.Docket.Case.Verdict = moderation.Open
	if err := d.Deliver(t.Context(), e); err != nil || len(g.Sent) != 1 {
		t.Errorf("sent %+v, %v", g.Sent, err)
	}
}
