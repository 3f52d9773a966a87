package storage_test

import (
	"slices"
	"testing"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Cases from before there was a tag for it are found by whom they are about, as new ones are.
func TestEarlierCasesAreFound(t *testing.T) {
	onlySQLite(t)
	t.Parallel()
	d := firstShape(t)
	for range 2 {
		d.open()
		refs, err := d.About(t.Context(), mallory, 9)
		if err != nil || !slices.Equal(ids(refs, chess), []string{"BBBB", "AAAA"}) {
			t.Errorf("about them: %v, %v", refs, err)
		}
		if n := d.number(`SELECT count(*) FROM cases WHERE subject IS NULL`); n != 0 {
			t.Errorf("%d cases are about nobody", n)
		}
		d.close()
	}
	d.open()
	d.punish(chess, 99)
	if n := d.number(`SELECT count(DISTINCT subject) FROM cases`); n != 1 {
		t.Errorf("%d tags for one", n)
	}
}

// More cases than fit in one transaction.
func TestManyEarlierCasesAreFound(t *testing.T) {
	onlySQLite(t)
	t.Parallel()
	d := firstShape(t)
	d.alter(`WITH RECURSIVE n(i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 2209)
		INSERT INTO cases (id, chat, short, anchor, is_album, message, thread, sent, author_tag, author, verdict, rule, deed, deed_for, opened, deadline, decided)
		SELECT i, chat, 'X' || i, 'X' || i, 0, i, 0, sent, author_tag, author, verdict, rule, deed, deed_for, opened, deadline, decided
		FROM cases, n WHERE id = 1`)
	d.open()
	if n := d.number(`SELECT count(*) FROM cases WHERE subject IS NULL`); n != 0 {
		t.Errorf("%d cases are about nobody", n)
	}
	if refs, err := d.About(t.Context(), mallory, 9999); len(refs) != 2202 || err != nil {
		t.Errorf("about them: %d, %v; want 2202", len(refs), err)
	}
}

// The database does not open by half if one cannot be read.
func TestEarlierCasesThatCannotBeRead(t *testing.T) {
	onlySQLite(t)
	t.Parallel()
	d := firstShape(t)
	d.alter(`UPDATE cases SET author = 'x' WHERE short = 'BBBB'`)
	if err := d.tryOpen(); err == nil {
		t.Fatal("opened")
	}
}

// The tag is the same in all groups, and says nothing that other tables do.
func TestOneTagInAllGroups(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.punish(chess, 41)
	d.punish(chess-1, 41)
	other := d.reportBy(person(anna), 42)
	other.Target.Author = moderation.Author{ID: bob}
	_, err := d.court.Report(t.Context(), other)
	d.must(err)
	if n := d.number(`SELECT count(DISTINCT subject) FROM cases`); n != 2 {
		t.Errorf("%d tags for two", n)
	}
	if n := d.number(`SELECT count(*) FROM cases WHERE subject = author_tag`); n != 0 {
		t.Errorf("%d tags are as the one of their group", n)
	}
}
