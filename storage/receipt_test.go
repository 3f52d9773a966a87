package storage_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/ledger"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// A receipt is the same whatever somebody voted, and however often they changed it or took it back: it tells neither the side
// nor that they voted again.
func TestReceiptsOfBallotsThatChange(t *testing.T) {
	t.Parallel()
	for name, before := range map[string]func(*desk){
		"of somebody who never wiped":  func(*desk) {},
		"of somebody who wiped before": func(d *desk) { d.wipe(bob, moderation.Shown{}) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			before(d)
			receiptOfBallotsThatChange(t, d)
		})
	}
}

func receiptOfBallotsThatChange(t *testing.T, d *desk) {
	t.Helper()
	id := d.report(anna, 41)
	vote := func(side moderation.Side) {
		d.must(d.court.Vote(t.Context(), moderation.Vote{Update: d.next(), Chat: chess, Case: id, Voter: person(bob), Side: side}))
		d.period()
		d.gets(chess, id, bob, "ballot")
	}
	vote(moderation.Fine)
	first, _ := d.receipt(chess, id, bob)
	same := func() {
		t.Helper()
		if r, _ := d.receipt(chess, id, bob); r.Entries[0].Event != first.Entries[0].Event || r.Entries[0].Index != first.Entries[0].Index ||
			!bytes.Equal(r.Entries[0].Salt, first.Entries[0].Salt) {
			t.Errorf("it was %+v, is %+v", first.Entries[0], r.Entries[0])
		}
	}
	for _, side := range []moderation.Side{moderation.Breaks, moderation.Breaks, moderation.Fine} {
		vote(side)
		same()
	}
	d.must(d.court.Undo(t.Context(), d.next(), chess, id, bob))
	d.period()
	d.gets(chess, id, bob)
	vote(moderation.Breaks)
	same()
	d.gets(chess, id, anna, "ballot")
}

// Who takes a report back and reports again is shown the same entry, whether or not the case was withdrawn meanwhile: another
// would tell that nobody else had reported.
func TestReceiptDoesNotTellThatACaseWasWithdrawn(t *testing.T) {
	t.Parallel()
	for _, alone := range []bool{true, false} {
		d := newDesk(t)
		id := d.report(anna, 41)
		if !alone {
			d.report(bob, 41)
		}
		d.period()
		first, _ := d.receipt(chess, id, anna)
		if d.must(d.court.Undo(t.Context(), d.next(), chess, id, anna)); alone {
			d.must(d.court.Withdraw(t.Context(), moderation.WithdrawCase{Waiting: moderation.Waiting{Chat: chess}, Case: id}))
		}
		d.pass(time.Hour)
		d.report(anna, 41)
		again, _ := d.receipt(chess, id, anna)
		if len(again.Entries) != 1 || again.Entries[0].Index != first.Entries[0].Index || !bytes.Equal(again.Entries[0].Salt, first.Entries[0].Salt) {
			t.Errorf("alone: %v; it was %+v, is %+v", alone, first.Entries, again.Entries)
		}
	}
}

// Who wiped that they voted and votes again is shown the entry of that vote only: the first one would tell that there was another.
func TestReceiptAfterAWipe(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.report(anna, 41)
	vote := func() ledger.Receipt {
		d.must(d.court.Vote(t.Context(), moderation.Vote{Update: d.next(), Chat: chess, Case: id, Voter: person(bob), Side: moderation.Breaks}))
		d.period()
		r, _ := d.receipt(chess, id, bob)
		return r
	}
	first := vote()
	d.must(d.court.AskWipe(t.Context(), d.next(), moderation.Person{ID: bob}, moderation.Shown{Chat: bob, Message: 51}))
	d.gets(chess, id, bob)
	d.pass(time.Second)
	again := vote()
	d.gets(chess, id, bob, "ballot")
	if first.Entries[0].Index == again.Entries[0].Index {
		t.Errorf("both are entry %d", first.Entries[0].Index)
	}
	if third := vote(); third.Entries[0].Index != again.Entries[0].Index {
		t.Errorf("it was entry %d, is %d", again.Entries[0].Index, third.Entries[0].Index)
	}
}

// In two groups whose members differ in a side only, receipts are the same but for what chance made.
func TestReceiptsDifferInNothingButChance(t *testing.T) {
	t.Parallel()
	var texts [2]string
	for i, side := range []moderation.Side{moderation.Breaks, moderation.Fine} {
		d := newDesk(t)
		id := d.report(anna, 41)
		d.must(d.court.Vote(t.Context(), moderation.Vote{Update: d.next(), Chat: chess, Case: id, Voter: person(bob), Side: side}))
		d.uphold(id)
		d.period()
		data, _, err := d.Receipt(t.Context(), chess, id, bob)
		d.must(err)
		texts[i] = regexp.MustCompile(`[A-Za-z0-9+/]{43}=|ostrakon\.ledger/[^"]*|"index": \d+`).ReplaceAllString(strings.ReplaceAll(string(data), id, "7KQ2"), "chance")
	}
	if texts[0] != texts[1] || !strings.Contains(texts[0], "ballot") {
		t.Errorf("if it breaks the rules: %s\nif it is fine: %s", texts[0], texts[1])
	}
}

// An earlier release wrote the side into the ledger. The opening of such an entry is given to nobody any more, and gone once
// its voter votes again; what was decided is still proved.
func TestNoReceiptShowsTheSideOfAnEarlierRelease(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.report(anna, 41)
	d.must(d.NameSide(t.Context(), chess, id, anna))
	d.period()
	d.gets(chess, id, anna)
	d.must(d.court.Vote(t.Context(), moderation.Vote{Update: d.next(), Chat: chess, Case: id, Voter: person(anna), Side: moderation.Fine}))
	d.gets(chess, id, anna)
	d.uphold(id)
	d.period()
	d.gets(chess, id, anna, "verdict upheld admin", "penalty warn")
}
