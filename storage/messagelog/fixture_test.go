package messagelog_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/testdb"
	"github.com/ostrakon-bot/ostrakon/storage/messagelog"
	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

var noon = time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)

// A fixture is a log in a database of its own.
type fixture struct {
	*messagelog.Log
	t       testing.TB
	options messagelog.Options
	db      *sqldb.DB
	now     time.Time
	errs    chan error // what happened in the background
}

// newFixture opens a log. It has the chats 1 to 3000.
func newFixture(t testing.TB) *fixture {
	t.Helper()
	f := &fixture{t: t, now: noon, errs: make(chan error, 10)}
	var dsn string
	if cluster != nil {
		dsn = cluster.Lend(t, prepare)
	} else {
		dsn = testdb.New(t, filepath.Join(t.TempDir(), "log.db"))
	}
	var err error
	f.db, err = sqldb.Open(t.Context(), dsn, func() time.Time { return f.now })
	f.must(err)
	t.Cleanup(func() { _ = f.db.Close() })
	if cluster == nil {
		f.must(furnish(f.db))
	}
	f.options = messagelog.Options{
		DB: f.db, Seal: seal, Open: open, Hide: func(at int64) int64 { return -at ^ 0x5a }, WriteNotes: writeNotes, FlushAt: 1 << 30, OnError: func(err error) { f.errs <- err },
	}
	f.start()
	t.Cleanup(func() { f.Log.Close() })
	return f
}

// prepare makes what the log needs in an empty database.
func prepare(dsn string) error {
	if err := testdb.Migrate(dsn); err != nil {
		return err
	}
	db, err := sqldb.Open(context.Background(), dsn, time.Now)
	if err != nil {
		return err
	}
	return errors.Join(furnish(db), db.Close())
}

// furnish adds chats to the tables of the program, and a table for notes.
func furnish(db *sqldb.DB) error {
	for _, query := range []string{
		`CREATE TABLE note (chat BIGINT, person BIGINT, language TEXT, day BIGINT, wrote BIGINT, handle TEXT, PRIMARY KEY (chat, person, day, wrote, handle))`,
		`INSERT INTO chat (id, number, kind, policy) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) SELECT i, -i, 'basic', '{}' FROM n`,
	} {
		if _, err := db.Writer.ExecContext(context.Background(), query); err != nil {
			return err
		}
	}
	return nil
}

// start makes the log, as after a crash if there was one before.
func (f *fixture) start() {
	f.t.Helper()
	if f.Log != nil {
		f.Log.Close()
	}
	f.Log = messagelog.New(f.options)
	f.must(f.Recover(context.Background()))
}

func (f *fixture) must(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

// seal makes bytes unlike what they were.
func seal(plain []byte) []byte {
	sealed := []byte("sealed")
	for _, b := range plain {
		sealed = append(sealed, b^0x5a)
	}
	return sealed
}

// open is the opposite.
func open(sealed []byte) ([]byte, error) {
	hidden, ok := bytes.CutPrefix(sealed, []byte("sealed"))
	if !ok {
		return nil, errors.New("not sealed")
	}
	return seal(hidden)[len("sealed"):], nil
}

func writeNotes(tx *sqldb.Tx, notes []messagelog.Note) error {
	for _, n := range notes {
		err := tx.Exec(`INSERT INTO note (chat, person, language, day, wrote, handle) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
			n.Chat, n.Person, n.Language, n.Day, n.Wrote, n.Handle)
		if err != nil {
			return err
		}
	}
	return nil
}

// in runs do in a transaction.
func (f *fixture) in(do func(*messagelog.Tx) error) {
	f.t.Helper()
	f.must(f.try(do))
}

func (f *fixture) try(do func(*messagelog.Tx) error) error {
	return f.db.WithTx(context.Background(), func(db *sqldb.Tx) error {
		db.Lossy = true
		tx := f.Begin(db)
		if err := do(tx); err != nil {
			return err
		}
		return tx.Write()
	})
}

// alter changes the database beside the log.
func (f *fixture) alter(query string, args ...any) {
	f.t.Helper()
	_, err := f.db.Writer.ExecContext(context.Background(), query, args...)
	f.must(err)
}

// count asks for a number.
func (f *fixture) count(query string) (n int) {
	f.t.Helper()
	f.must(f.db.Reader.QueryRowContext(context.Background(), query).Scan(&n))
	return n
}

// message is one that the tests append.
func (f *fixture) message(chat, number, author int64, text string) messagelog.Message {
	body := fmt.Sprintf(`{"m":%d,"i":%d,"a":{"ID":%d,"Language":"en"},"e":{"t":%q}}`, number, f.now.Unix(), author, text)
	return messagelog.Message{Chat: chat, Number: number, At: f.now.Unix(), Body: []byte(body)}
}

// wrote is the note that somebody wrote today.
func (f *fixture) wrote(person int64) messagelog.Note {
	return messagelog.Note{Person: person, Language: "en", Day: f.now.Unix() / (24 * 60 * 60), Wrote: true}
}
