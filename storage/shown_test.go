package storage_test

import (
	"slices"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// note notes that somebody was shown something just now.
func (d *desk) note(who int64, m moderation.Shown) {
	d.t.Helper()
	d.must(d.NoteShown(d.t.Context(), who, d.now(), m))
}

// shown is what is noted that somebody was shown, the newest first, without the rows.
func (d *desk) shown(who int64) []moderation.Shown {
	d.t.Helper()
	all, err := d.Shown(d.t.Context(), who)
	d.must(err)
	for i := range all {
		all[i].Row = 0
	}
	return all
}

// wipe has somebody wipe, and lets a second pass.
func (d *desk) wipe(who int64, pressed moderation.Shown) {
	d.t.Helper()
	d.must(d.court.AskWipe(d.t.Context(), d.next(), moderation.Person{ID: who}, pressed))
	d.pass(time.Second)
}

// What somebody was shown is found again, and forgotten when it is wiped. What others were shown stays.
func TestShownIsNoted(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	private, file := moderation.Shown{Chat: anna, Message: 41}, moderation.Shown{Chat: anna, Message: 42, File: true}
	here, pressed := moderation.Shown{Chat: chess, Ephemeral: 7}, moderation.Shown{Chat: anna, Message: 43}
	for _, m := range []moderation.Shown{private, file, here} {
		d.note(anna, m)
	}
	d.note(bob, moderation.Shown{Chat: bob, Message: 44})
	d.wipe(anna, pressed)
	if got, want := d.shown(anna), []moderation.Shown{pressed, here, file, private}; !slices.Equal(got, want) {
		t.Errorf("shown are %+v, want %+v", got, want)
	}
	all, err := d.Shown(t.Context(), anna)
	d.must(err)
	d.must(d.ForgetShown(t.Context(), all[1:]))
	if got := d.shown(anna); !slices.Equal(got, []moderation.Shown{pressed}) {
		t.Errorf("left are %+v", got)
	}
	if got := d.shown(bob); len(got) != 1 {
		t.Errorf("of Bob's are left %+v", got)
	}
}

// No more is noted of a person than can be looked at, and nothing for longer than it is needed.
func TestShownIsBounded(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for n := range int64(2000) {
		d.note(anna, moderation.Shown{Chat: anna, Message: 1 + n})
	}
	got := d.shown(anna)
	if len(got) > 1024 || len(got) < 900 || got[0].Message != 2000 {
		t.Errorf("%d are kept, the newest is %+v", len(got), got[0])
	}
	d.note(bob, moderation.Shown{Chat: chess, Ephemeral: 7})
	for _, step := range []struct {
		days     int
		own, his bool
	}{{6, true, true}, {9, true, false}, {15, false, false}} {
		d.pass(time.Duration(step.days) * day)
		d.must(d.Forget(t.Context(), d.now()))
		if own, his := len(d.shown(anna)) > 0, len(d.shown(bob)) > 0; own != step.own || his != step.his {
			t.Errorf("after %d days more: %t, %t", step.days, own, his)
		}
	}
}

// What is sent while somebody wipes is wiped too, whoever sent it.
func TestShownWhileWiping(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	began := d.now()
	d.wipe(anna, moderation.Shown{})
	before := d.number(`SELECT count(*) FROM outbox`)
	d.must(d.NoteShown(t.Context(), anna, began, moderation.Shown{Chat: anna, Message: 41}))
	if n := d.number(`SELECT count(*) FROM outbox`); n != before+1 {
		t.Errorf("%d more wait to be wiped", n-before)
	}
	d.note(anna, moderation.Shown{Chat: anna, Message: 42})
	if n := d.number(`SELECT count(*) FROM outbox`); n != before+1 {
		t.Error("what was sent later is wiped")
	}
}

// Somebody who wiped has no ballot that they are shown, no receipt for it, and no record of votes. What they do since then they
// are shown.
func TestWipedIsNotShown(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.report(anna, 41)
	d.report(bob, 41)
	d.period()
	if _, found, err := d.Receipt(t.Context(), chess, id, anna); err != nil || !found {
		t.Fatalf("a receipt is there: %t, %v", found, err)
	}
	d.wipe(anna, moderation.Shown{})
	refs, ballots, err := d.Voted(t.Context(), anna, 10)
	d.must(err)
	if len(refs)+len(ballots) > 0 {
		t.Errorf("voted in %v", refs)
	}
	if _, found, err := d.Receipt(t.Context(), chess, id, anna); err != nil || found {
		t.Errorf("a receipt is there: %t, %v", found, err)
	}
	if refs, _, err := d.Voted(t.Context(), bob, 10); err != nil || len(refs) != 1 {
		t.Errorf("Bob voted in %v, %v", refs, err)
	}
	kept, err := d.Kept(t.Context(), anna)
	d.must(err)
	for _, k := range kept {
		if !k.Wiped {
			t.Error("what is kept is shown")
		}
	}
	d.report(anna, 41)
	if refs, _, err := d.Voted(t.Context(), anna, 10); err != nil || len(refs) != 1 || refs[0].ID != id {
		t.Errorf("voted in %v, %v", refs, err)
	}
	if n := d.number(`SELECT count(*) FROM ballot`); n != 2 {
		t.Errorf("%d ballots", n)
	}
}

// What an earlier release kept of a person's votes can be wiped too.
func TestWipeOfWhatTheReleaseBeforeKept(t *testing.T) {
	t.Parallel()
	b := releaseBefore(t)
	b.caseOf("AAAA", "open", 0, 1)
	b.ballot("AAAA", anna, moderation.Breaks, 1, 1)
	b.ballot("AAAA", bob, moderation.Breaks, 1, 1)
	b.open()
	if refs, _, err := b.Voted(t.Context(), anna, 10); err != nil || len(refs) != 1 {
		t.Fatalf("voted in %v, %v", refs, err)
	}
	b.wipe(anna, moderation.Shown{})
	if refs, _, err := b.Voted(t.Context(), anna, 10); err != nil || len(refs) > 0 {
		t.Errorf("voted in %v, %v", refs, err)
	}
	if err := b.court.Undo(t.Context(), b.next(), chess, "AAAA", anna); !isRefused(err, moderation.RefuseNoBallot) {
		t.Errorf("taken back: %v", err)
	}
	if n := b.number(`SELECT count(*) FROM ballot`); n != 2 {
		t.Errorf("%d ballots", n)
	}
}
