package storage_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/outbox"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage"
)

var allClasses = []int{0, 1, 2}

// ready are the rows that may be delivered now, and when the next may.
func (d *desk) ready(classes ...int) ([]outbox.Row, time.Time) {
	d.t.Helper()
	rows, next, err := d.Ready(d.t.Context(), d.now(), outbox.Want{Classes: classes, Limit: 100, Rationed: 100})
	d.must(err)
	for _, r := range rows {
		d.must(d.Wait(d.t.Context(), r, d.now())) // so that they can be looked at again
	}
	return rows, next
}

// soon is when the next row is looked for, if it is ready at a time (zero = never): where replicas write, in a second.
func (d *desk) soon(next time.Time) time.Time {
	if latest := d.now().Add(time.Second); cluster != nil && (next.IsZero() || next.After(latest)) {
		return latest
	}
	return next
}

// rowEffect is what tests look at in the effect of a row.
type rowEffect struct {
	Kind     moderation.EffectKind `json:"kind"`
	Case     string                `json:"case"`
	Messages []int64               `json:"messages"`
}

// effect is what is in a row.
func (d *desk) effect(r outbox.Row) rowEffect {
	d.t.Helper()
	kind, body, err := d.OpenRow(r)
	d.must(err)
	var e rowEffect
	if kind == storage.KindEffect {
		d.must(json.Unmarshal(body, &e))
	}
	return e
}

// waiting are the ready rows in words.
func (d *desk) waiting() []string {
	d.t.Helper()
	rows, _ := d.ready(allClasses...)
	var words []string
	for _, r := range rows {
		e := d.effect(r)
		text := string(e.Kind)
		if e.Case != "" {
			text += " " + e.Case
		}
		if e.Messages != nil {
			text += fmt.Sprint(" ", e.Messages)
		}
		words = append(words, text)
	}
	return words
}

// want compares the ready rows, in words, with what should be ready.
func (d *desk) want(words ...string) {
	d.t.Helper()
	if got := d.waiting(); !slices.Equal(got, words) {
		d.t.Errorf("ready are %q; want %q", got, words)
	}
}

// row is the first ready row.
func (d *desk) row() outbox.Row {
	d.t.Helper()
	rows, _ := d.ready(allClasses...)
	if len(rows) == 0 {
		d.t.Fatal("no row is ready")
	}
	return rows[0]
}

// do queues effects for the group.
func (d *desk) do(effects ...moderation.Effect) {
	d.t.Helper()
	d.must(d.court.Do(d.t.Context(), chess, effects))
}

func removal(messages ...int64) moderation.Effect {
	return moderation.DeleteMessages{Messages: messages}
}

func card(id string) moderation.DrawCard {
	return moderation.DrawCard{Case: id}
}

func outcome(id string) moderation.SendOutcome {
	return moderation.SendOutcome{Case: id}
}

func TestUrgentBeforeAllOthers(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.do(outcome("A"), card("A"), removal(1), removal(2))
	d.must(d.court.Do(t.Context(), chess-1, []moderation.Effect{card("B")}))
	d.want("delete [1]", "delete [2]", "card B") // another group does not wait
	d.must(d.Drop(t.Context(), d.row()))
	d.want("delete [2]", "card B")
	d.must(d.Drop(t.Context(), d.row()))
	d.want("card A", "card B", "outcome A")
}

func TestOneOfEachLaneAtATime(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.do(card("A"), card("B"), outcome("A"), outcome("B"))
	d.want("card A", "outcome A")
	d.must(d.Drop(t.Context(), d.row()))
	d.want("card B", "outcome A")
}

func TestLaterIsInNobodysWay(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	lift := moderation.LiftBan{Waiting: moderation.Waiting{Due: d.now().Add(time.Hour)}, Case: "A"}
	gone := moderation.RemoveCard{Waiting: moderation.Waiting{Due: d.now().Add(time.Minute)}, Case: "A"}
	d.do(lift, gone, removal(1), card("B"))
	d.want("delete [1]")
	d.must(d.Drop(t.Context(), d.row()))
	d.want("card B")
	if _, next := d.ready(allClasses...); !next.Equal(d.soon(gone.Due)) {
		t.Errorf("the next is ready at %s; want %s", next, gone.Due)
	}
	d.clock.set(lift.Due)
	d.want("lift A")
	if _, next := d.ready(allClasses...); !next.Equal(d.soon(time.Time{})) {
		t.Errorf("the next is ready at %s; want never", next)
	}
}

func TestRetriedHeadIsWaitedFor(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		queue []moderation.Effect
		want  []string // while the first waits to be tried again
	}{
		"by its class":                   {[]moderation.Effect{card("A"), card("B"), outcome("A")}, []string{"outcome A"}},
		"by all others, if it is urgent": {[]moderation.Effect{removal(1), removal(2), card("A"), outcome("A")}, []string{"delete [2]"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			d.do(c.queue...)
			head := d.row()
			again := d.now().Add(4 * time.Second)
			d.must(d.Retry(t.Context(), head, again))
			d.want(c.want...)
			if _, next := d.ready(allClasses...); !next.Equal(d.soon(again)) {
				t.Errorf("the next is ready at %s; want %s", next, again)
			}
			d.clock.set(again)
			if got := d.row(); got.ID != head.ID || got.Attempts != 1 {
				t.Errorf("then comes row %d after %d attempts; want row %d after 1", got.ID, got.Attempts, head.ID)
			}
		})
	}
}

func TestHeldLetsOthersPassUntilReleased(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.do(removal(1), removal(2), card("A"))
	d.must(d.Retry(t.Context(), d.row(), d.now()))
	d.must(d.Hold(t.Context(), d.row()))
	d.want("delete [2]")
	d.must(d.Drop(t.Context(), d.row()))
	d.want("card A")
	if rows, _, err := d.Waiting(t.Context()); err != nil || rows != 1 {
		t.Errorf("%d wait, %v; want 1, without the one that is held", rows, err)
	}
	d.decide(moderation.Key{Chat: chess - 1}, moderation.Outcome{RowChanges: moderation.RowChanges{Release: everyRight}})
	d.want("card A") // it waits for its own group
	d.decide(moderation.Key{Chat: chess}, moderation.Outcome{RowChanges: moderation.RowChanges{Release: everyRight}})
	d.want("delete [1]")
}

var everyRight = []moderation.Right{moderation.RightAdmin, moderation.RightDelete, moderation.RightRestrict}

// What is held goes when the right is back that it waits for, and not when another is.
func TestHeldUntilItsRightIsBack(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.do(removal(1))
	row := d.row()
	slip := moderation.OutboxRef{ID: row.ID, Revision: row.Revision}
	d.decide(moderation.Key{Chat: chess, Rows: moderation.Rows{Held: slip}}, moderation.Outcome{RowChanges: moderation.RowChanges{Waits: moderation.RightDelete}})
	d.must(d.Hold(t.Context(), row))
	if groups, err := d.Held(t.Context()); err != nil || len(groups) != 0 {
		t.Errorf("looked at is %v, %v, where the bot is not", groups, err)
	}
	here, err := d.Chat(t.Context(), chess)
	d.must(err)
	here.Rights.Member = true
	d.decide(moderation.Key{Chat: chess}, moderation.Outcome{Chat: &here})
	if groups, err := d.Held(t.Context()); err != nil || !slices.Equal(groups, []int64{chess}) {
		t.Errorf("looked at is %v, %v", groups, err)
	}
	d.decide(moderation.Key{Chat: chess}, moderation.Outcome{RowChanges: moderation.RowChanges{Release: []moderation.Right{moderation.RightAdmin, moderation.RightRestrict}}})
	d.want()
	d.decide(moderation.Key{Chat: chess}, moderation.Outcome{RowChanges: moderation.RowChanges{Release: []moderation.Right{moderation.RightDelete}}})
	d.want("delete [1]")
	d.must(d.Hold(t.Context(), d.row())) // as an earlier release did, of which nobody knows what it waits for
	d.decide(moderation.Key{Chat: chess}, moderation.Outcome{RowChanges: moderation.RowChanges{Release: []moderation.Right{moderation.RightAdmin}}})
	d.want("delete [1]")
}

// The right comes back between the refusal and the note of it: the row is not held.
func TestRightComesBackWhileItIsRefused(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.do(removal(1))
	row := d.row()
	d.decide(moderation.Key{Chat: chess, Rows: moderation.Rows{Held: moderation.OutboxRef{ID: row.ID, Revision: row.Revision}}}, moderation.Outcome{RowChanges: moderation.RowChanges{Waits: moderation.RightDelete}})
	d.decide(moderation.Key{Chat: chess}, moderation.Outcome{RowChanges: moderation.RowChanges{Release: everyRight}})
	d.must(d.Hold(t.Context(), row))
	d.want("delete [1]")
}

func TestReplacedRow(t *testing.T) {
	t.Parallel()
	for name, settle := range map[string]func(*desk, outbox.Row) error{
		"is not dropped":    func(d *desk, r outbox.Row) error { return d.Drop(d.t.Context(), r) },
		"is not put off":    func(d *desk, r outbox.Row) error { return d.Retry(d.t.Context(), r, d.now().Add(time.Hour)) },
		"is not held":       func(d *desk, r outbox.Row) error { return d.Hold(d.t.Context(), r) },
		"is held no longer": func(*desk, outbox.Row) error { return nil },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			d.do(card("A"))
			old := d.row()
			if name == "is held no longer" {
				d.must(d.Hold(t.Context(), old))
			}
			d.do(card("A"))
			d.must(settle(d, old))
			got := d.row()
			if got.ID != old.ID || got.Revision != old.Revision+1 {
				t.Errorf("row %d, revision %d; want %d, %d", got.ID, got.Revision, old.ID, old.Revision+1)
			}
			d.must(d.Drop(t.Context(), got))
			d.want()
		})
	}
}

func TestOnlyTheClassesAskedFor(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.do(card("A"), outcome("A"))
	for name, c := range map[string]struct{ classes, want []int }{
		"public":   {[]int{1}, []int{1}},
		"personal": {[]int{2}, []int{2}},
		"urgent":   {[]int{0}, nil},
		"all":      {allClasses, []int{1, 2}},
		"none":     {nil, nil},
	} {
		rows, _ := d.ready(c.classes...)
		var got []int
		for _, r := range rows {
			got = append(got, r.Class)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: classes %v; want %v", name, got, c.want)
		}
	}
}

func TestReadyIsLimited(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for n := range int64(5) {
		d.must(d.court.Do(t.Context(), chess-n, []moderation.Effect{card("A")}))
	}
	limit, known := 1, 2
	if cluster != nil {
		limit, known = 3, 9 // what others know of is not seen at all
	}
	if rows, _, err := d.Ready(t.Context(), d.now(), outbox.Want{Classes: allClasses, Limit: limit, Rationed: limit, Known: known}); err != nil || len(rows) != 3 {
		t.Errorf("%d rows, %v; want 3", len(rows), err)
	}
}

func TestReadyIsRationed(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for n := range int64(3) {
		d.must(d.court.Do(t.Context(), chess-n, []moderation.Effect{card("A")}))
		d.must(d.court.Do(t.Context(), chess-10-n, []moderation.Effect{moderation.LiftBan{}}))
	}
	rows, _, err := d.Ready(t.Context(), d.now(), outbox.Want{Classes: allClasses, Limit: 10, Rationed: 1})
	d.must(err)
	var classes []int
	for _, r := range rows {
		classes = append(classes, min(r.Class, 1))
	}
	if want := []int{0, 0, 0, 1}; !slices.Equal(classes, want) {
		t.Errorf("classes %v; want %v", classes, want)
	}
}

func TestWaiting(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	later := d.now().Add(time.Minute)
	d.do(card("A"), moderation.LiftBan{Waiting: moderation.Waiting{Due: later}})
	for _, c := range []struct {
		now, oldest time.Time
		rows        int
	}{
		{noon.Add(time.Second), noon, 1},
		{later, noon, 2},
	} {
		d.clock.set(c.now)
		if rows, oldest, err := d.Waiting(t.Context()); err != nil || rows != c.rows || !oldest.Equal(c.oldest) {
			t.Errorf("at %s %d wait since %s, %v; want %d since %s", c.now, rows, oldest, err, c.rows, c.oldest)
		}
	}
	for range 2 {
		d.must(d.Drop(t.Context(), d.row()))
	}
	if rows, oldest, err := d.Waiting(t.Context()); err != nil || rows != 0 || !oldest.IsZero() {
		t.Errorf("when all is done %d wait since %s, %v", rows, oldest, err)
	}
}

func TestCallsAreKept(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for _, chat := range []int64{0, chess} {
		d.must(d.PutCall(t.Context(), storage.Deferred{Chat: chat, Class: moderation.Personal, Body: []byte("a call\x00 of bytes")}))
	}
	rows, _ := d.ready(allClasses...)
	if len(rows) != 2 || rows[0].Chat != 0 || rows[1].Chat != chess {
		t.Fatalf("rows %+v", rows)
	}
	for _, r := range rows {
		if kind, body, err := d.OpenRow(r); err != nil || kind != storage.KindCall || strings.TrimRight(string(body), " ") != "a call\x00 of bytes" {
			t.Errorf("row is a %s of %q, %v", kind, body, err)
		}
	}
}

func TestWhatADecisionIsDoneWithGoesWithIt(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.do(card("A"), card("B"))
	rows, _ := d.ready(1)
	done := moderation.OutboxRef{ID: rows[0].ID, Revision: rows[0].Revision}
	refusal := &moderation.Refusal{}
	if _, err := d.Update(t.Context(), moderation.Key{Chat: chess, Rows: moderation.Rows{Done: done}}, func(moderation.Docket) (moderation.Outcome, error) {
		return moderation.Outcome{}, refusal
	}); !errors.Is(err, refusal) {
		t.Fatal(err)
	}
	d.want("card A")
	d.decide(moderation.Key{Chat: chess, Rows: moderation.Rows{Done: done}}, moderation.Outcome{})
	d.want("card B")

	old := d.row()
	d.do(card("B"))
	d.decide(moderation.Key{Chat: chess, Rows: moderation.Rows{Done: moderation.OutboxRef{ID: old.ID, Revision: old.Revision}}}, moderation.Outcome{})
	d.want("card B") // another took its place meanwhile
}

// TestWhatHasBeenReadyForLongestGoesFirst: among chats, whether it waited for a time or not.
func TestWhatHasBeenReadyForLongestGoesFirst(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	put := func(chat int64, e moderation.Effect) {
		t.Helper()
		d.must(d.court.Do(t.Context(), chat, []moderation.Effect{e}))
	}
	later := card("waited")
	later.Due = d.now().Add(10 * time.Second)
	put(chess-1, later)
	put(chess-2, card("first"))
	d.pass(20 * time.Second)
	put(chess-3, card("last"))
	d.want("card first", "card waited", "card last")
}

// If more is ready than may begin, people and groups are served in turn, so that nobody waits for one to whom ever more is told.
func TestLanesAreServedInTurn(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	const lanes = 6
	for range 3 {
		d.toldTo(anna, bob, carl)
		d.must(d.court.Do(t.Context(), chess-1, []moderation.Effect{outcome("A"), moderation.SendRegained{To: moderation.Person{ID: anna}}}))
		d.must(d.court.Do(t.Context(), chess-2, []moderation.Effect{outcome("B")}))
	}
	want := outbox.Want{Classes: allClasses, Limit: 1, Rationed: 1}
	begun := map[int64]map[int64]int{}
	for range 2 * lanes {
		rows, _, err := d.Ready(t.Context(), d.now(), want)
		d.must(err)
		if len(rows) != 1 {
			t.Fatalf("%d rows are listed, want 1", len(rows))
		}
		r := rows[0]
		d.must(d.Wait(t.Context(), r, d.now()))
		want.After[r.Class] = r
		if begun[r.Chat] == nil {
			begun[r.Chat] = map[int64]int{}
		}
		begun[r.Chat][r.Lane]++
	}
	n := 0
	for _, lanes := range begun {
		for lane, times := range lanes {
			if n++; times != 2 {
				t.Errorf("lane %d is served %d times, want 2: %v", lane, times, begun)
			}
		}
	}
	if n != lanes {
		t.Errorf("%d lanes are served, want %d", n, lanes)
	}
}
