package storage_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/scratch"
	"github.com/ostrakon-bot/ostrakon/storage"
)

// A copy is this database's if the same key file opens it, until a bot runs on the copy.
func TestWhoseBackup(t *testing.T) {
	onlySQLite(t)
	t.Parallel()
	d, other := newDesk(t), newDesk(t)
	ours, theirs, text := d.path+".ours", d.path+".theirs", d.path+".text"
	d.must(storage.Backup(t.Context(), d.opts.DSN, ours))
	d.must(storage.Backup(t.Context(), other.opts.DSN, theirs))
	d.must(os.WriteFile(text, []byte("no database"), 0o600))
	for file, want := range map[string]bool{ours: true, theirs: false, text: false, d.path: false, d.path + ".none": false} {
		before, _ := os.ReadFile(file)
		if got, err := storage.IsBackup(t.Context(), d.opts.DSN, file); got != want || err != nil {
			t.Errorf("%s: %v, %v", filepath.Base(file), got, err)
		}
		if after, _ := os.ReadFile(file); string(before) != string(after) {
			t.Errorf("%s was changed", filepath.Base(file))
		}
	}
}

// sameKey is a desk with the key file of another, whose database is new.
func (d *desk) sameKey() *desk {
	d.t.Helper()
	fresh := deskAt(d.t, filepath.Join(scratch.Dir(d.t), "ostrakon.db"))
	fresh.opts.KeyFile = d.opts.KeyFile
	fresh.open()
	return fresh
}

// copied is the file of a new copy of its database.
func (d *desk) copied(name string) string {
	d.t.Helper()
	file := d.path + "." + name
	d.must(storage.Backup(d.t.Context(), d.opts.DSN, file))
	return file
}

// counts checks whether a file counts as a copy of its database.
func (d *desk) counts(file string, want bool) {
	d.t.Helper()
	if got, err := storage.IsBackup(d.t.Context(), d.opts.DSN, file); got != want || err != nil {
		d.t.Errorf("%s: %v, %v; want %v", filepath.Base(file), got, err, want)
	}
}

// A database that is made anew where the old one was lost, with the key that was kept, has nothing to do with the copies of the old one.
func TestBackupOfDatabaseThatWasLost(t *testing.T) {
	onlySQLite(t)
	t.Parallel()
	d := newDesk(t)
	lost := d.sameKey()
	old, fresh := lost.copied("old"), d.copied("fresh")
	d.counts(old, false)
	d.counts(fresh, true)
	lost.counts(fresh, false)
}

// A database that is restored from a copy is the same as before: older copies and later ones are of it.
func TestRestoredBackupIsTheSameDatabase(t *testing.T) {
	onlySQLite(t)
	t.Parallel()
	d := newDesk(t)
	restored, second := deskAt(t, d.copied("first")), d.copied("second")
	restored.opts.KeyFile = d.opts.KeyFile
	restored.open()
	d.must(restored.Watch(t.Context(), d.now()))
	restored.counts(second, true)
	d.counts(restored.copied("later"), true)
}

// madeBefore makes of a new database one that the release before made at a moment.
func (d *desk) madeBefore(at string) *desk {
	d.t.Helper()
	d.close()
	d.alter(`DELETE FROM meta WHERE name = 'id'`)
	d.withoutPracticeTimes()
	d.alter(`DELETE FROM goose_db_version WHERE version_id > 32`)
	d.alter(`UPDATE goose_db_version SET tstamp = '` + at + `'`)
	return d
}

// Copies that the release before made are of the database that it made, before and after that is opened by this one, and of no other with
// the same key file, whoever made it.
func TestReleaseBeforeKnowsItsBackups(t *testing.T) {
	onlySQLite(t)
	t.Parallel()
	d := newDesk(t)
	fresh, lost := d.sameKey(), d.sameKey().madeBefore("2026-07-09 10:00:01")
	d.madeBefore("2026-07-09 10:00:00")
	old := d.copied("old")
	check := func() {
		t.Helper()
		d.counts(old, true)
		d.counts(d.path, false)
		fresh.counts(old, false)
		lost.counts(old, false)
	}
	check()
	d.open()
	lost.open()
	check()
	later := d.copied("later")
	d.counts(later, true)
	fresh.counts(later, false)
	d.close()
	d.open()
	d.counts(later, true)
	restored := deskAt(t, old)
	restored.opts.KeyFile = d.opts.KeyFile
	restored.open()
	restored.counts(later, true)
}

// Before goose ran it is not known when a database was made, and its copies are known by the key alone; afterwards they are left alone.
func TestReleaseWithoutGooseKnowsItsBackups(t *testing.T) {
	onlySQLite(t)
	t.Parallel()
	b := releaseBefore(t)
	old := b.copied("old")
	b.counts(old, true)
	b.sameKey().counts(old, false)
	b.open()
	b.counts(old, false)
	b.counts(b.copied("later"), true)
}

// A new database has something of its own, and one of a release before gets it at its first start. It stays.
func TestDatabaseKeepsItsID(t *testing.T) {
	t.Parallel()
	b := releaseBefore(t)
	for name, d := range map[string]*desk{"new": newDesk(t), "of the release before": b.desk} {
		if d == b.desk {
			d.open()
		}
		id := func() (id string) {
			d.must(d.sql().QueryRowContext(t.Context(), `SELECT value FROM meta WHERE name = 'id'`).Scan(&id))
			return id
		}
		first := id()
		d.close()
		d.open()
		if again := id(); len(first) < 10 || first != again {
			t.Errorf("%s: %q, then %q", name, first, again)
		}
	}
}
