package e2e

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/config"
	"github.com/ostrakon-bot/ostrakon/internal/pgtest"
	"github.com/ostrakon-bot/ostrakon/internal/scratch"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
	"github.com/ostrakon-bot/ostrakon/storage"
)

// These tests do what docs/operations.md says of backup and restore. The bot goes on where the backup left it, though Telegram is
// further on. Members whom it sees first after that count as new: otherwise those who joined since the backup were old members.

func TestRestoreOfSQLite(t *testing.T) {
	t.Parallel()
	path := filepath.Join(scratch.Dir(t), "ostrakon.db")
	restored(t, "sqlite:"+path,
		func(w *world, to string) error { return storage.Backup(w.ctx, w.cfg.Storage.DSN, to) },
		func(_ *world, from string) error {
			for _, end := range []string{"", "-wal", "-shm"} {
				if err := os.Remove(path + end); err != nil && !errors.Is(err, fs.ErrNotExist) {
					return err
				}
			}
			return copyFile(from, path)
		})
}

func TestRestoreOfPostgreSQL(t *testing.T) {
	t.Parallel()
	server := pgtest.Start(t, false)
	run := func(program string, args ...string) error {
		if out, err := server.Run(program, args...); err != nil {
			return errors.Join(err, errors.New(string(out)))
		}
		return nil
	}
	restored(t, server.Database(t),
		func(w *world, to string) error {
			// The server's own account writes the file, which may write into no folder of ours.
			return run("pg_dump", "--format=custom", "--file="+filepath.Base(to), w.cfg.Storage.DSN)
		},
		func(w *world, from string) error {
			return run("pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction",
				"--dbname="+w.cfg.Storage.DSN, filepath.Base(from))
		})
}

func restored(t *testing.T, dsn string, backup, restore func(w *world, file string) error) {
	t.Helper()
	w := newWorld(t, tgsim.Options{}, func(c *config.Config) { c.Storage.DSN = dsn })
	file := filepath.Join(t.TempDir(), "backup")
	w.play("before", strings.Split(`
group "Chess club" supergroup, owner Olga
members Anna Bob Carl Dora Mallory
the bot joins as admin
Olga: /ladder mute 1h
Anna: Hello
Bob: Hello, Anna
Carl: Hello, all
Dora: Hello again
Mallory: Buy pills
Anna: /report spam (reply to "Buy pills")
wait 1h
`, "\n"))
	if err := backup(w, file); err != nil {
		t.Fatalf("back up: %v", err)
	}
	w.play("between", strings.Split(`
Bob presses "🚩" on the card
the case is open
Olga: /threshold 7
members Nils Nora
wait 1h
`, "\n"))
	w.down()
	if err := restore(w, file); err != nil {
		t.Fatalf("restore: %v", err)
	}
	w.up()
	w.play("after", strings.Split(`
the case is open
Nils presses "🚩" on the card
Nora presses "🚩" on the card
Carl presses "🚩" on the card
the case is open
Bob presses "🚩" on the card
the case is upheld
message "Buy pills" is gone
Mallory is muted for 1h
Anna sees "Your report $case: message removed."
wait 10m
Carl: Buy powder
Dora: /report (reply to "Buy powder")
there are 2 cases
Anna presses "🚩" on the card
Bob presses "🚩" on the card
message "Buy powder" is gone
Carl is muted for 1h
wait 1h
`, "\n"))
	if n := w.count(`SELECT count(*) FROM offence`); n != 2 {
		t.Errorf("%d offences, want one for each case", n)
	}
	w.verifyLedger()
}

func copyFile(from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o600)
}
