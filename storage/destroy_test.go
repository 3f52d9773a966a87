package storage_test

import (
	"bytes"
	"context"
	"testing"
	"time"
)

// blobs are what a query finds, as it lies on the disk.
func (d *desk) blobs(query string) [][]byte {
	d.t.Helper()
	rows, err := d.sql().QueryContext(d.t.Context(), query)
	d.must(err)
	defer rows.Close()
	var all [][]byte
	for rows.Next() {
		var b []byte
		d.must(rows.Scan(&b))
		all = append(all, b)
	}
	d.must(rows.Err())
	return all
}

const (
	allBallots = `SELECT sealed FROM ballot`
	allKeys    = `SELECT key FROM cases WHERE key IS NOT NULL`
)

// left says how many of blobs can still be found on the disk.
func (d *desk) left(blobs [][]byte) int {
	d.t.Helper()
	raw, n := d.raw(), 0
	for _, b := range blobs {
		if bytes.Contains(raw, b) {
			n++
		}
	}
	return n
}

// busyYear is many cases with ballots, so that pages fill, split and are moved.
func busyYear(d *desk) (ids []string) {
	d.t.Helper()
	for m := range int64(60) {
		id := d.report(anna+m, m+1)
		for voter := range int64(1 + m%2) {
			d.report(bob+100*m+voter, m+1)
		}
		ids = append(ids, id)
	}
	return ids
}

func TestDestroyedIsGoneFromTheDisk(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ids := busyYear(d)
	for _, id := range ids {
		if c, err := d.Case(t.Context(), chess, id); err != nil || !c.Verdict.Final() {
			d.must(err)
			d.uphold(id)
		}
	}
	ballots, keys := d.blobs(allBallots), d.blobs(allKeys)
	if len(ballots) < 60 || len(keys) != 60 || d.left(ballots) != len(ballots) || d.left(keys) != len(keys) {
		t.Fatalf("%d ballots, %d keys, or not all of them can be found", len(ballots), len(keys))
	}
	if n, err := d.destroy(t.Context(), d.now().Add(time.Second)); err != nil || n != 60 {
		t.Fatalf("Settle = %d, %v; want 60", n, err)
	}
	if n := d.left(ballots); n != 0 {
		t.Errorf("%d ballots of %d lie on the disk", n, len(ballots))
	}
	if n := d.left(keys); n != 0 {
		t.Errorf("%d keys of %d lie on the disk", n, len(keys))
	}
}

func TestOnlyFinalAndOldKeysAreDestroyed(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	old := d.report(anna, 1)
	d.uphold(old)
	withdrawn := d.report(anna, 2)
	d.takeBack(withdrawn, anna)
	d.pass(time.Hour)
	limit := d.now()
	recent := d.report(anna, 3)
	d.uphold(recent)
	open := d.report(anna, 4)
	kept := map[string]bool{old: false, withdrawn: false, recent: true, open: true}
	if n, err := d.destroy(t.Context(), limit); err != nil || n != 2 {
		t.Errorf("Settle = %d, %v; want 2", n, err)
	}
	for id, want := range kept {
		got := d.number(`SELECT (SELECT count(*) FROM ballot WHERE case_id = c.id) + CASE WHEN key IS NULL THEN 0 ELSE 1 END FROM cases c WHERE short = ?`, id)
		if (got == 2) != want || !want && got != 0 {
			t.Errorf("of case %s ballot and key are %d; kept should be %t", id, got, want)
		}
	}
	if c, err := d.Case(t.Context(), chess, old); err != nil || c.Author.ID != mallory {
		t.Errorf("the case itself is %+v, %v", c, err)
	}
	if n, err := d.destroy(t.Context(), limit); err != nil || n != 0 {
		t.Errorf("Settle again = %d, %v; want 0", n, err)
	}
}

// The power goes, or a reader is in the way, after the commit and before the log is emptied.
func TestDestructionIsCompletedNextTime(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.uphold(d.report(anna, 1))
	ballots := append(d.blobs(allBallots), d.blobs(allKeys)...)
	interrupted, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := d.destroy(interrupted, d.now().Add(time.Second)); err == nil {
		t.Fatal("the log was emptied, so that this test shows nothing")
	}
	if d.left(ballots) == 0 {
		t.Fatal("nothing is left in the log, so that this test shows nothing")
	}
	_, err := d.destroy(t.Context(), d.now().Add(time.Second))
	d.must(err)
	if n := d.left(ballots); n != 0 {
		t.Errorf("%d of %d still lie on the disk", n, len(ballots))
	}
}
