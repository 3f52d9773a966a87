package storage_test

import (
	"errors"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/outbox"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// asksKept says whether somebody is sent what is kept of them, who asks for it now.
func (d *desk) asksKept(who int64) bool {
	d.t.Helper()
	err := d.court.AskKept(d.t.Context(), d.next(), moderation.Person{ID: who, Private: true})
	var refused *moderation.Refusal
	if errors.As(err, &refused) && refused.Code == moderation.RefuseToday {
		return false
	}
	d.must(err)
	return true
}

// A person is sent what is kept of them once a day, and each person by themselves. That something else is once a day too has
// nothing to do with it.
func TestOnceADay(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.must(d.court.AskErase(t.Context(), d.next(), moderation.Person{ID: anna}, ""))
	if !d.asksKept(anna) || d.asksKept(anna) || !d.asksKept(bob) {
		t.Error("it is not once a day for each")
	}
	d.pass(day)
	d.must(d.Forget(t.Context(), d.now()))
	if n := d.number(`SELECT count(*) FROM daily`); n != 0 {
		t.Errorf("%d rows of yesterday are left", n)
	}
	if !d.asksKept(anna) {
		t.Error("it is not once a day, but once")
	}
	for range 20 {
		if err := d.court.AskCases(t.Context(), d.next(), moderation.Person{ID: anna}); err != nil {
			t.Fatal(err)
		}
	}
}

// An update that comes again asks for nothing.
func TestAskedTwiceByOneUpdate(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	update := d.next()
	d.must(d.court.AskKept(t.Context(), update, moderation.Person{ID: anna}))
	if err := d.court.AskKept(t.Context(), update, moderation.Person{ID: anna}); !errors.Is(err, moderation.ErrSeen) {
		t.Errorf("it says %v", err)
	}
	if rows, _ := d.ready(allClasses...); len(rows) != 1 {
		t.Errorf("%d rows wait; want one", len(rows))
	}
}

// However many people ask about themselves, one of them is looked up at a time. What concerns a group does not wait for them.
func TestWhatPeopleAskAboutThemselvesGoesOneByOne(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for i := range int64(100) {
		d.asksKept(anna + i)
	}
	d.do(moderation.RemoveCard{Case: "7KQ2"})
	for i, want := range []string{"kept", "kept"} {
		rows, _, err := d.Ready(t.Context(), d.now(), outbox.Want{Classes: []int{0, 1, 2}, Limit: 10, Rationed: 10})
		d.must(err)
		var asked []outbox.Row
		for _, r := range rows {
			if r.Chat == 0 {
				asked = append(asked, r)
			}
		}
		if len(asked) != 1 || i == 0 && len(rows) != 2 {
			t.Fatalf("%d of %d rows may go; want one of those who asked, and the card", len(asked), len(rows))
		}
		if got := d.effect(asked[0]); string(got.Kind) != want {
			t.Errorf("%s goes", got.Kind)
		}
		d.must(d.Drop(t.Context(), asked[0]))
	}
}
