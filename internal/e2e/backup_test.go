package e2e

import (
	"bufio"
	"context"
	"database/sql"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/scratch"
	"github.com/ostrakon-bot/ostrakon/internal/testdb"
	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

// backupProcess is the real program beside a bot that writes, as in another container with the same volume.
func backupProcess(t *testing.T, path, dsn string, args ...string) *exec.Cmd {
	cmd := exec.Command(path, append([]string{"backup"}, args...)...)
	cmd.Dir, cmd.Env = t.TempDir(), append(withoutOurs(os.Environ()), "OSTRAKON_STORAGE_DSN="+dsn)
	return cmd
}

// Another process copies the database while this one writes to it. Each copy is of one moment: of a transaction it has everything or
// nothing.
func TestBackupOfAnotherProcess(t *testing.T) {
	t.Parallel()
	path := binary(t)
	dsn := testdb.New(t, filepath.Join(scratch.Dir(t), "ostrakon.db"))
	db, err := sqldb.Open(t.Context(), dsn, time.Now)
	must(t, err)
	defer db.Close()
	write := func(statements ...string) error {
		return db.WithTx(context.WithoutCancel(t.Context()), func(tx *sqldb.Tx) error {
			for _, s := range statements {
				if err := tx.Exec(s); err != nil {
					return err
				}
			}
			return nil
		})
	}
	must(t, write(`CREATE TABLE pair (a BIGINT NOT NULL, b BIGINT NOT NULL)`, `INSERT INTO pair VALUES (0, 0)`,
		// So that copying takes a while.
		`CREATE TABLE ballast (x BLOB)`,
		`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) INSERT INTO ballast SELECT randomblob(8000) FROM n`))

	var written atomic.Int64
	stop, failed := make(chan struct{}), make(chan error, 1)
	go func() {
		defer close(failed)
		for {
			select {
			case <-stop:
				return
			default:
			}
			if err := write(`UPDATE pair SET a = a + 1`, `UPDATE ballast SET x = randomblob(8000) WHERE rowid = 1 + abs(random()) % 2000`, `UPDATE pair SET b = b - 1`); err != nil {
				failed <- err
				return
			}
			written.Add(1)
		}
	}()
	before := int64(0)
	for range 4 {
		file := filepath.Join(t.TempDir(), "copy.db")
		if out, err := backupProcess(t, path, dsn, file).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		before = wantWhole(t, file, before)
	}
	close(stop)
	must(t, <-failed)
	if n := written.Load(); before < 1 || n < before {
		t.Errorf("%d transactions, of which the last copy has %d", n, before)
	}
}

// wantWhole looks at a copy, and returns how many transactions it has.
func wantWhole(t *testing.T, file string, before int64) int64 {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+file+"?mode=ro")
	must(t, err)
	defer db.Close()
	var a, b int64
	var sound string
	must(t, db.QueryRow(`SELECT a, b FROM pair`).Scan(&a, &b))
	must(t, db.QueryRow(`PRAGMA integrity_check`).Scan(&sound))
	if a+b != 0 || a < before || sound != "ok" {
		t.Errorf("a copy has %d and %d after %d, and is %s", a, b, before, sound)
	}
	return a
}

// The command goes on until it is told to stop, and then ends without an error.
func TestBackupsUntilStopped(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cmd := backupProcess(t, binary(t), testdb.New(t, filepath.Join(scratch.Dir(t), "ostrakon.db")), "--to", dir, "--every", "1d", "--keep", "2")
	said, err := cmd.StderrPipe()
	must(t, err)
	must(t, cmd.Start())
	for lines := bufio.NewScanner(said); lines.Scan(); {
		if strings.Contains(lines.Text(), "backup made") {
			must(t, cmd.Process.Signal(syscall.SIGTERM))
		}
	}
	must(t, cmd.Wait())
	files, err := filepath.Glob(filepath.Join(dir, "ostrakon-*Z.db"))
	must(t, err)
	entries, err := os.ReadDir(dir)
	must(t, err)
	if len(files) != 1 || len(entries) != 1 {
		t.Errorf("the folder has %v", entries)
	}
}
