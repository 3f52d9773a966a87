package storage_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// secretRule are examples that nobody shall find in a file.
func secretRule(rulebook.Rule) moderation.Examples {
	return moderation.Examples{Breaks: []string{secretWords, "b"}, Fine: []string{secretWords + "!", "d"}}
}

// sit opens a quiz about the rule of somebody's case.
func (d *desk) sit(who int64, id string) moderation.Page {
	d.t.Helper()
	by := person(who)
	by.Muted = true
	page, err := d.court.Quiz(d.t.Context(), moderation.Sitting{Update: d.next(), Chat: chess, Case: id, By: by, Examples: secretRule})
	d.must(err)
	return page
}

func TestQuizIsKeptWhole(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	want := moderation.Quiz{
		Case: "7KQ2", Sheet: 1 << 40, Passed: noon, Failed: noon.Add(time.Hour),
		Asked: []moderation.Question{{Example: "one", Breaks: true, Answer: moderation.Fine}, {Example: "two"}},
	}
	whole(t, want)
	d.decide(moderation.Key{Chat: chess, Actor: mallory}, moderation.Outcome{ActorChanges: moderation.ActorChanges{Quiz: &want}})
	d.close()
	d.open()
	if got := read(d, d.docket(moderation.Key{Chat: chess, Actor: mallory, Want: moderation.Want{Quiz: true}}).Quiz).Quiz; !reflect.DeepEqual(got, want) {
		t.Errorf("quiz %+v\nwant %+v", got, want)
	}
	for _, other := range []moderation.Key{{Chat: chess, Actor: anna, Want: moderation.Want{Quiz: true}}, {Chat: chess - 1, Actor: mallory, Want: moderation.Want{Quiz: true}}} {
		if got := read(d, d.docket(other).Quiz).Quiz; got.Case != "" {
			t.Errorf("%+v has quiz %+v", other, got)
		}
	}
	unasked(d, d.docket(moderation.Key{Chat: chess, Actor: mallory}).Quiz)
}

func TestDiceFallAnew(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	key := moderation.Key{Chat: chess, Actor: mallory, Want: moderation.Want{Quiz: true}}
	seen := map[uint64]bool{}
	for range 10 {
		for _, n := range read(d, d.docket(key).Quiz).Dice {
			seen[n] = true
		}
	}
	if want := 10 * len(moderation.Dice{}); len(seen) != want {
		t.Errorf("%d different numbers; want %d", len(seen), want)
	}
	key.Quiz = false
	unasked(d, d.docket(key).Quiz)
}

// How long the examples are, and what was answered, is not to be read off the length.
func TestQuizzesAreAllOfALength(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for i, example := range []string{"a", strings.Repeat("棋", rulebook.MaxExample)} {
		q := moderation.Quiz{Case: "7KQ2", Sheet: int64(1) << (40 * i), Asked: slices.Repeat([]moderation.Question{{Example: example, Breaks: true}}, moderation.Questions)}
		d.decide(moderation.Key{Chat: chess, Actor: mallory + int64(i)}, moderation.Outcome{ActorChanges: moderation.ActorChanges{Quiz: &q}})
	}
	if n := d.number(`SELECT count(DISTINCT length(sealed)) FROM quiz`); n != 1 {
		t.Errorf("%d different lengths; want 1", n)
	}
}

func TestQueueIsWhatWaitsForSinglePersons(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.enter(chess)
	before := read(d, d.docket(moderation.Key{Chat: chess, Want: moderation.Want{Queue: true}}).Queue)
	later := outcome("7KQ2")
	later.Due = d.now().Add(time.Hour)
	d.do(outcome("7KQ2"), outcome("M4XD"), later, moderation.DrawCard{Case: "7KQ2"})
	if got := read(d, d.docket(moderation.Key{Chat: chess, Want: moderation.Want{Queue: true}}).Queue); got != before+2 {
		t.Errorf("%d wait; want %d", got, before+2)
	}
	if got := read(d, d.docket(moderation.Key{Chat: chess - 1, Want: moderation.Want{Queue: true}}).Queue); got != 0 {
		t.Errorf("%d wait in another group", got)
	}
}

func TestWelcomedIsKept(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.decide(moderation.Key{Chat: chess, Actor: anna}, moderation.Outcome{ActorChanges: moderation.ActorChanges{Record: &moderation.Record{Joined: d.now(), Welcomed: true}}})
	d.close()
	d.open()
	if !d.docket(moderation.Key{Chat: chess, Actor: anna}).Record.Welcomed {
		t.Error("forgotten")
	}
}

func TestQuizMovesWithItsGroup(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.punish(chess, 41)
	page := d.sit(mallory, id)
	d.must(d.court.Migrate(t.Context(), d.next(), chess, chess-7))
	by := person(mallory)
	by.Muted = true
	again, err := d.court.Quiz(t.Context(), moderation.Sitting{Update: d.next(), Chat: chess - 7, Case: id, By: by, Examples: secretRule})
	d.must(err)
	if !reflect.DeepEqual(again, page) {
		t.Errorf("page %+v\nwant %+v", again, page)
	}
}
