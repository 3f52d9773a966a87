package storage_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage"
)

// What is wrong at the start is said in one sentence that names the thing and the way out.
func TestOpenRefuses(t *testing.T) {
	onlySQLite(t)
	t.Parallel()
	for name, c := range map[string]struct {
		damage func(*desk)
		want   []string
	}{
		"another key file": {
			func(d *desk) {
				other := newDesk(d.t)
				d.opts.KeyFile = other.opts.KeyFile
			},
			[]string{"is not the one this database was made with", "restore"},
		},
		"no key file":              {func(d *desk) { d.must(os.Remove(d.opts.KeyFile)) }, []string{"is missing", "restore"}},
		"a garbled key file":       {func(d *desk) { d.must(os.WriteFile(d.opts.KeyFile, []byte("#\nabc\n"), 0o600)) }, []string{"holds no key", "restore"}},
		"a key for all to read":    {func(d *desk) { d.must(os.Chmod(d.opts.KeyFile, 0o640)) }, []string{"can be read by others", "chmod 600"}},
		"a newer version's":        {func(d *desk) { d.alter(`PRAGMA user_version = 9999`) }, []string{"newer version of Ostrakon", "9999", "run that version"}},
		"what is no database":      {func(d *desk) { d.must(os.WriteFile(d.path, []byte(strings.Repeat("no database ", 999)), 0o600)) }, []string{"not a database"}},
		"another kind of database": {func(d *desk) { d.opts.DSN = "mysql://x" }, []string{"sqlite:", "postgres://"}},
		"no path":                  {func(d *desk) { d.opts.DSN = "sqlite:" }, []string{"sqlite:"}},
		"a folder that is not there": {
			func(d *desk) { d.opts.DSN = "sqlite:" + filepath.Join(d.path+".d", "x.db") }, []string{"no such file or directory"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			d.close()
			c.damage(d)
			s, err := storage.Open(t.Context(), d.opts)
			if err == nil {
				d.must(s.Close())
				t.Fatal("opened")
			}
			for _, part := range c.want {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("%q does not say %q", err, part)
				}
			}
			if strings.Contains(err.Error(), "\n") || len(err.Error()) > 400 {
				t.Errorf("not one sentence: %q", err)
			}
		})
	}
}

// A key file that was there before the database is used; one is never made for a database that has
// one already.
func TestKeyFileIsMadeOnce(t *testing.T) {
	onlySQLite(t)
	t.Parallel()
	d := newDesk(t)
	key, err := os.ReadFile(d.opts.KeyFile)
	d.must(err)
	d.close()
	d.must(os.Remove(d.path))
	d.open()
	if again, err := os.ReadFile(d.opts.KeyFile); err != nil || string(again) != string(key) {
		t.Errorf("the key file has changed: %v", err)
	}
	d.close()
	d.must(os.Remove(d.opts.KeyFile))
	if s, err := storage.Open(t.Context(), d.opts); err == nil {
		d.must(s.Close())
		t.Error("opened without its key")
	}
	if _, err := os.Stat(d.opts.KeyFile); !os.IsNotExist(err) {
		t.Errorf("a key was made: %v", err)
	}
}

func TestFilesAreTheOwners(t *testing.T) {
	onlySQLite(t)
	t.Parallel()
	d := newDesk(t)
	d.report(anna, 41)
	d.must(storage.Backup(t.Context(), d.opts.DSN, d.path+".copy"))
	files, err := filepath.Glob(d.path + "*")
	d.must(err)
	if len(files) < 4 {
		t.Fatalf("files are %q", files)
	}
	for _, name := range files {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v, %v", name, info.Mode(), err)
		}
	}
}

func TestOddPaths(t *testing.T) {
	onlySQLite(t)
	t.Parallel()
	for name, path := range map[string]string{
		"spaces": "my bot's data.db", "question": "what?mode=ro&x.db", "percent": "100%41%.db", "hash": "a#b.db", "letters": "сова 鸮.db",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			d := newDeskAt(t, filepath.Join(dir, path))
			d.observe(d.wrote(anna, 41))
			d.must(storage.Backup(t.Context(), d.opts.DSN, filepath.Join(dir, "copy of "+path)))
			d.close()
			for _, want := range []string{path, path + ".key", "copy of " + path} {
				if info, err := os.Stat(filepath.Join(dir, want)); err != nil || info.Size() == 0 {
					t.Errorf("%s: %v", want, err)
				}
			}
			d.open()
			if got := d.recent(1); len(got) != 1 {
				t.Errorf("kept are %v", got)
			}
		})
	}
}

func TestBackupWhileWriting(t *testing.T) {
	onlySQLite(t)
	t.Parallel()
	d := newDesk(t)
	id := d.report(anna, 41)
	ctx, stop := context.WithCancel(t.Context())
	begun, done := make(chan struct{}), make(chan error, 1)
	go func() {
		var err error
		for m := int64(0); ctx.Err() == nil && err == nil; m++ {
			err = d.court.Joined(ctx, 0, chess, "", []moderation.Person{{ID: bob + m}, {ID: carl + m}}, noon)
			if m == 3 {
				close(begun)
			}
		}
		done <- err
	}()
	<-begun
	copied := d.path + ".copy"
	d.must(storage.Backup(t.Context(), d.opts.DSN, copied))
	stop()
	d.must(<-done)

	d.close()
	d.opts.DSN, d.path = "sqlite:"+copied, copied
	d.open()
	if got := d.docket(moderation.Key{Chat: chess, Case: id}).Ballots; len(got) != 1 || got[0].Voter != anna {
		t.Errorf("ballots in the copy: %v", got)
	}
	if n := d.number(`SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'`); n != 0 {
		t.Error("the copy is damaged")
	}
	if n := d.number(`SELECT count(*) FROM member`); n < 3 {
		t.Errorf("%d members in the copy", n)
	}
}

func TestBackupRefuses(t *testing.T) {
	onlySQLite(t)
	t.Parallel()
	d := newDesk(t)
	there := d.path + ".copy"
	d.must(os.WriteFile(there, []byte("dear to me"), 0o600))
	for name, c := range map[string]struct{ from, to, want string }{
		"to write over a file": {d.opts.DSN, there, "exists"},
		"what is not there":    {d.opts.DSN + ".not", there + "2", "there is no database yet where storage.dsn says"},
		"what is no sqlite":    {"postgres://x", there + "3", "pg_dump"},
	} {
		if err := storage.Backup(t.Context(), c.from, c.to); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v; want %q", name, err, c.want)
		}
	}
	if text, err := os.ReadFile(there); err != nil || string(text) != "dear to me" {
		t.Errorf("the file is %q now, %v", text, err)
	}
}
