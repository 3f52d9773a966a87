// Package storage is the memory of the house: one [Store] over SQLite.
//
// It keeps what the moderation package decides and decides nothing itself. One connection writes,
// one transaction after the other; reads that are not part of a decision use others and see the
// last commit. Every commit reaches the disk before it returns.
//
// What would tell somebody without the key file who reported, who voted, who was punished or what
// was written is sealed, and people are named by tags (see internal/seal). Deleted rows are
// overwritten.
package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/mattn/go-sqlite3"

	"github.com/ostrakon-bot/ostrakon/internal/ledger"
	"github.com/ostrakon-bot/ostrakon/internal/seal"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Options say where everything is kept.
type Options struct {
	DSN      string            // "sqlite:" and a path
	KeyFile  string            // made if the database is new
	Defaults moderation.Policy // what a new group starts with
	Now      func() time.Time
}

// Store keeps everything. It implements [moderation.Store] and [outbox.Queue].
type Store struct {
	writer   *sql.DB // one connection
	reader   *sql.DB
	key      *seal.Key
	signer   *ledger.Signer
	defaults moderation.Policy
	now      func() time.Time
	handles  recent[username, owner]
	active   recent[writer, int64]

	// Wake, if set, is called after each commit that leaves something to be done.
	Wake func()
}

// Open opens the database, makes it if it is not there, and brings it to the present shape. It
// refuses a key file other than the one the database was made with.
func Open(ctx context.Context, o Options) (*Store, error) {
	path, err := Path(o.DSN)
	if err != nil {
		return nil, err
	}
	if err := ownFile(path, os.O_CREATE); err != nil {
		return nil, fmt.Errorf("open the database: %w", err)
	}
	s := &Store{defaults: o.Defaults, now: o.Now}
	if s.writer, err = open(path, "_txlock=immediate", 1); err != nil {
		return nil, err
	}
	if s.reader, err = open(path, "_query_only=on", 4); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if err := migrate(ctx, s.writer); err != nil {
		return nil, errors.Join(fmt.Errorf("prepare the database %s: %w", path, err), s.Close())
	}
	if s.key, err = s.findKey(ctx, o.KeyFile); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if err := s.openLedger(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if err := s.nameSubjects(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Path is where a DSN of this version's only kind points.
func Path(dsn string) (string, error) {
	path, ok := strings.CutPrefix(dsn, "sqlite:")
	if !ok || path == "" {
		return "", fmt.Errorf("storage.dsn must be sqlite: and a path, such as sqlite:ostrakon.db")
	}
	return path, nil
}

// ownFile sees to it that a file is there and, if it is new, that nobody else can read it.
func ownFile(path string, flags int) error {
	f, err := os.OpenFile(path, os.O_RDWR|flags, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// open opens one pool of connections. What the pragmas are for:
//   - WAL: readers do not wait for the writer.
//   - synchronous FULL: a commit survives a power cut, not only a killed process.
//   - secure_delete: what is deleted is overwritten, sealed though it is.
func open(path, extra string, conns int) (*sql.DB, error) {
	dsn := "file:" + (&url.URL{Path: path}).EscapedPath() +
		"?_journal_mode=WAL&_synchronous=FULL&_secure_delete=on&_foreign_keys=on&_busy_timeout=5000&_cache_size=-8000&_stmt_cache_size=64&" + extra
	db, err := sql.Open("sqlite3", dsn)
	if err != nil {
		return nil, fmt.Errorf("open the database %s: %w", path, err)
	}
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	return db, nil
}

// Close closes the database.
func (s *Store) Close() error {
	var err error
	for _, db := range []*sql.DB{s.reader, s.writer} {
		if db != nil {
			err = errors.Join(err, db.Close())
		}
	}
	if err != nil {
		return fmt.Errorf("close the database: %w", err)
	}
	return nil
}

// Ping says whether the database answers.
func (s *Store) Ping(ctx context.Context) error {
	var one int
	if err := s.reader.QueryRowContext(ctx, `SELECT count(*) FROM meta`).Scan(&one); err != nil {
		return fmt.Errorf("ask the database: %w", err)
	}
	return nil
}

// unit is one transaction, with what all its steps need.
type unit struct {
	*sql.Tx
	s     *Store
	ctx   context.Context
	now   time.Time
	chats map[int64]chatRow  // looked up so far, by number
	wakes bool               // something was put into the outbox
	seen  map[username]owner // written by this transaction
	wrote map[writer]int64   // likewise
}

// transact runs do in one transaction and commits if it returns nil. It does not stop half way
// when ctx ends: a transaction takes a millisecond, and its caller counts on it.
func (s *Store) transact(ctx context.Context, do func(*unit) error) error {
	ctx = context.WithoutCancel(ctx)
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin a transaction: %w", available(err))
	}
	u := &unit{Tx: tx, s: s, ctx: ctx, now: s.now().UTC(), chats: map[int64]chatRow{}, seen: map[username]owner{}, wrote: map[writer]int64{}}
	if err := do(u); err != nil {
		return errors.Join(available(err), ignoreDone(tx.Rollback()))
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", available(err))
	}
	s.handles.add(u.seen)
	s.active.add(u.wrote)
	if u.wakes && s.Wake != nil {
		s.Wake()
	}
	return nil
}

// passing are the results of SQLite that say nothing about what was asked, and will be different
// once the disk is there, has room and may be written.
var passing = map[sqlite3.ErrNo]bool{
	sqlite3.ErrBusy: true, sqlite3.ErrLocked: true, sqlite3.ErrFull: true, sqlite3.ErrIoErr: true,
	sqlite3.ErrReadonly: true, sqlite3.ErrCantOpen: true, sqlite3.ErrNomem: true,
}

// available marks an error as [moderation.ErrUnavailable] if it will pass.
func available(err error) error {
	var e sqlite3.Error
	if errors.As(err, &e) && passing[e.Code] && !errors.Is(err, moderation.ErrUnavailable) {
		return fmt.Errorf("%w: %w", moderation.ErrUnavailable, err)
	}
	return err
}

func ignoreDone(err error) error {
	if errors.Is(err, sql.ErrTxDone) {
		return nil
	}
	return err
}

// exec runs a statement that returns nothing.
func (u *unit) exec(query string, args ...any) error {
	_, err := u.ExecContext(u.ctx, query, args...)
	return err
}

// row runs a query for one row.
func (u *unit) row(query string, args ...any) *sql.Row {
	return u.QueryRowContext(u.ctx, query, args...)
}

// handle marks an update as handled. It says false if it was already.
func (u *unit) handle(update int64) (bool, error) {
	if update == 0 {
		return true, nil
	}
	res, err := u.ExecContext(u.ctx, `INSERT OR IGNORE INTO handled (update_id, hour) VALUES (?, ?)`, update, hour(u.now))
	if err != nil {
		return false, fmt.Errorf("mark an update as handled: %w", err)
	}
	n, err := res.RowsAffected()
	if err != nil {
		return false, fmt.Errorf("mark an update as handled: %w", err)
	}
	return n == 1, nil
}

// unix is t in the database's form: seconds, 0 for the zero time.
func unix(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}

// fromUnix is the time that unix wrote.
func fromUnix(sec int64) time.Time {
	if sec == 0 {
		return time.Time{}
	}
	return time.Unix(sec, 0).UTC()
}

// millis is t in milliseconds, for the one time that is kept so finely: the card's last edit.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func fromMillis(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

func hour(t time.Time) int64 { return t.Unix() / (60 * 60) }
