package storage_test

import (
	"bytes"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/storage"
)

func (d *desk) keeps(chat int64, updates ...int64) {
	d.t.Helper()
	var kept []storage.KeptUpdate
	for _, id := range updates {
		kept = append(kept, storage.KeptUpdate{Update: id, Chat: chat, Came: d.now(), Raw: fmt.Appendf(nil, `{"update_id":%d,"message":"hemlock"}`, id)})
	}
	d.must(d.Keep(d.t.Context(), kept))
}

// claims returns the numbers of the updates that are claimed.
func (d *desk) claims() (ids []int64) {
	d.t.Helper()
	found, err := d.Claim(d.t.Context(), 100)
	d.must(err)
	for _, k := range found {
		ids = append(ids, k.Update)
	}
	return ids
}

func (d *desk) wantClaims(what string, want ...int64) {
	d.t.Helper()
	if got := d.claims(); !slices.Equal(got, want) {
		d.t.Errorf("%s: claimed are %v, want %v", what, got, want)
	}
}

// wantKept checks how many updates are kept.
func (d *desk) wantKept(want int64) {
	d.t.Helper()
	if n := d.number(`SELECT count(*) FROM inbox`); n != want {
		d.t.Errorf("%d updates are kept, want %d", n, want)
	}
}

// What is kept goes in the transaction that handles it, or when it is removed, or is not kept at all if it was handled before.
func TestInboxIsEmptied(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.keeps(chess, 101, 102, 103)
	d.wantKept(3)
	if _, err := d.court.Note(t.Context(), 101, chess); err != nil {
		t.Fatal(err)
	}
	d.wantKept(2)
	d.must(d.Remove(t.Context(), 101, 102, 999))
	d.wantKept(1)
	d.keeps(chess, 101, 103, 104)
	d.wantKept(2)
	if _, err := d.court.Note(t.Context(), 103, chess); err != nil {
		t.Errorf("what is kept counts as handled: %v", err)
	}
	d.wantKept(1)
}

// After a crash all that is kept is found, as it was.
func TestInboxSurvives(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.keeps(anna, 7)
	d.keeps(chess, 5, 6)
	d.close()
	d.pass(time.Minute)
	d.open()
	found, err := d.Claim(t.Context(), 100)
	d.must(err)
	if len(found) != 3 {
		t.Fatalf("found are %v", found)
	}
	last := found[2]
	if last.Update != 7 || last.Chat != anna || !last.Came.Equal(d.now().Add(-time.Minute)) || !bytes.HasPrefix(last.Raw, []byte(`{"update_id":7,"message":"hemlock"}`)) {
		t.Errorf("it is %+v with %q", last, last.Raw)
	}
	d.wantClaims("again")
	d.keeps(chess, 8)
	d.wantClaims("what this process keeps itself")
	if _, err := d.court.Note(t.Context(), 6, chess); err != nil {
		t.Fatal(err)
	}
	d.wantKept(3)
}

// Without the key nobody reads what is kept, or in which chat it was written.
func TestInboxIsSealed(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.keeps(anna, 7)
	d.keeps(anna, 8)
	var lane, second int64
	var sealed []byte
	db := d.sql()
	d.must(db.QueryRowContext(t.Context(), `SELECT lane, sealed FROM inbox WHERE update_id = 7`).Scan(&lane, &sealed))
	d.must(db.QueryRowContext(t.Context(), `SELECT lane FROM inbox WHERE update_id = 8`).Scan(&second))
	if lane == anna || lane != second || bytes.Contains(sealed, []byte("hemlock")) || len(sealed) < 1024 {
		t.Errorf("lane %d, and %d bytes: %q", lane, len(sealed), sealed)
	}
}

// An update is one process's at a time. What comes behind it in its chat waits, in other chats it does not. What a process leaves,
// or does not renew, is another's.
func TestInboxOfReplicas(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	other := d.replica()
	d.keeps(chess, 1, 2)
	behind := func(who *desk, chat, update int64, want bool) {
		t.Helper()
		if got, err := who.Behind(t.Context(), chat, update); err != nil || got != want {
			t.Errorf("update %d is behind: %t, %v", update, got, err)
		}
	}
	behind(other, chess, 3, true)
	behind(other, chess-1, 3, false)
	behind(d, chess, 3, false)
	other.keeps(chess, 3)
	d.must(other.Leave(t.Context(), 3))
	other.wantClaims("what is another's, and what is behind it")
	d.wantClaims("what is behind one's own", 3)
	d.must(d.Remove(t.Context(), 1))
	d.must(d.Leave(t.Context(), 2, 3))
	other.wantClaims("what is left", 2, 3)
	d.keeps(chess-1, 4)
	d.clock.set(d.now().Add(10 * time.Second))
	d.wantClaims("nothing new") // and so renews what it has
	for _, who := range []*desk{d, other} {
		who.clock.set(noon.Add(16 * time.Second))
	}
	other.wantClaims("what is renewed, and not one's own")
	for _, who := range []*desk{d, other} {
		who.clock.set(noon.Add(time.Minute))
	}
	d.wantClaims("what was not renewed; one's own is not claimed again", 2, 3)
}

// A process was paused for so long that another has what it kept. It leaves nothing that is the other's.
func TestInboxAfterAPause(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	other := d.replica()
	d.keeps(chess, 1, 2)
	other.clock.set(d.now().Add(16 * time.Second))
	other.wantClaims("what was not renewed", 1, 2)
	d.clock.set(other.now())
	d.must(d.Leave(t.Context(), 1, 2))
	d.wantClaims("what is another's")
}

// A row that cannot be read keeps no others back. Whoever claims it sees that it is empty, and removes it.
func TestInboxIsDamaged(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.keeps(chess, 1, 2, 3)
	d.close()
	d.alter(`UPDATE inbox SET sealed = '' WHERE update_id = 2`)
	d.pass(time.Minute)
	d.open()
	found, err := d.Claim(t.Context(), 100)
	d.must(err)
	if len(found) != 3 || found[1].Update != 2 || found[1].Raw != nil || found[2].Raw == nil {
		t.Fatalf("found are %+v", found)
	}
	d.must(d.Remove(t.Context(), 2))
	d.wantKept(2)
}

// The database fails when an update is removed, or kept, and nobody knows whether it was kept. It goes with what is kept next.
func TestInboxIsTidied(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.keeps(chess, 1)
	d.alter(`ALTER TABLE inbox RENAME TO away`)
	err := d.Remove(t.Context(), 1)
	kept := d.Keep(t.Context(), []storage.KeptUpdate{{Update: 2, Chat: chess}, {Update: 3, Chat: chess}})
	d.alter(`ALTER TABLE away RENAME TO inbox`)
	if err == nil || kept == nil {
		t.Fatal("nothing failed")
	}
	d.alter(`INSERT INTO inbox SELECT 2, lane, owner, taken, sealed FROM inbox`)
	d.keeps(chess, 3)
	d.wantKept(1)
	d.must(d.Remove(t.Context(), 3))
	d.wantKept(0)
}

// Nobody without the key learns that one person wrote to the bot again later.
func TestInboxTellsNothingOfLater(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	lanes := map[int64]bool{}
	for i := range int64(3) {
		d.keeps(anna, i+1)
		lanes[d.number(`SELECT max(lane) FROM inbox WHERE update_id = ?`, i+1)] = true
		d.pass(time.Hour)
	}
	if len(lanes) != 3 {
		t.Errorf("the lanes are %v", lanes)
	}
}

// What was kept before the hour struck is found behind it.
func TestInboxAtTheHour(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	other := d.replica()
	d.keeps(anna, 1)
	other.clock.set(d.now().Add(time.Hour))
	if behind, err := other.Behind(t.Context(), anna, 2); err != nil || !behind {
		t.Errorf("behind is %t, %v", behind, err)
	}
}

// A process whose clock was an hour fast dies. What it kept is free all the same.
func TestInboxOfAFastClock(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	other := d.replica()
	d.clock.set(other.now().Add(time.Hour))
	d.keeps(chess, 1)
	other.wantClaims("what is kept for an hour", 1)
	other.keeps(chess, 2)
	d.clock.set(other.now())
	d.wantClaims("what is another's")
}
