// Package storage is the memory of the house: one [Store] over SQLite or PostgreSQL.
//
// It keeps what the moderation package decides and decides nothing itself. With SQLite one connection
// writes, one transaction after the other. With PostgreSQL any number of replicas write: each decision
// locks the row of its group first and that of the ledger last, so that decisions about a group come
// one after the other, and is made anew if others were in its way. Reads that are not part of a
// decision see the last commit. Every commit reaches the disk before its caller hears of it, but for what may be lost if the power
// goes: ordinary messages, with PostgreSQL also if that crashes, and with SQLite that a row of the outbox is done, which is then done
// again.
//
// Ordinary messages, which are by far the most of what comes, are known for a while (see [Store.Recent]). They lie in the order
// in which they came, whatever their groups, and where those of a group are is written down beside; with SQLite not before there is
// much of it.
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
	"os"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/mattn/go-sqlite3"

	"github.com/ostrakon-bot/ostrakon/internal/ledger"
	"github.com/ostrakon-bot/ostrakon/internal/seal"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage/messagelog"
)

// Options say where everything is kept.
type Options struct {
	DSN      string            // "sqlite:" and a path, or "postgres://…"
	KeyFile  string            // made if the database is new
	Defaults moderation.Policy // what a new group starts with
	Now      func() time.Time

	// FlushAt is about how many messages wait, with SQLite, before their index is written in the background. Zero means
	// [messagelog.FlushAt].
	FlushAt int

	// OnLogError, if set, is called when that fails. It is tried again. The error holds no ids and no texts.
	OnLogError func(error)
}

// Store keeps everything. It implements [moderation.Store] and [outbox.Queue].
type Store struct {
	writer    database // with SQLite, one connection
	reader    database
	pool      *pgxpool.Pool // behind both with PostgreSQL, else nil
	flushing  bool          // with PostgreSQL, and a transaction may do without
	path      string        // of SQLite's file
	lock      *os.File      // held by who polls with SQLite
	key       *seal.Key
	signer    *ledger.Signer
	defaults  moderation.Policy
	now       func() time.Time
	handles   recent[username, owner]
	active    recent[writer, int64]
	answering answering
	policies  recent[string, *moderation.Policy] // as they are written; never changed
	log       *messagelog.Log
	chats     recent[int64, *chatRow]            // likewise, by number, as they were committed; never changed
	members   recent[writer, *moderation.Record] // likewise, of who writes messages

	flushes    flushes    // with SQLite
	folding    sync.Mutex // see [Store.fold]
	background sync.WaitGroup

	writing sync.Mutex // with SQLite, held from the beginning of a transaction until all know what it wrote

	// Wake, if set, is called after each commit that leaves something to be done.
	Wake func()
}

// Open opens the database, makes it if it is not there, and brings it to the present shape. It
// refuses a key file other than the one the database was made with.
func Open(ctx context.Context, o Options) (*Store, error) {
	s := &Store{defaults: o.Defaults, now: o.Now, chats: recent[int64, *chatRow]{atMost: rowsAtMost}, members: recent[writer, *moderation.Record]{atMost: rowsAtMost}}
	err := s.connect(ctx, o.DSN)
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	s.openLog(o)
	if err := migrate(ctx, s.writer); err != nil {
		return nil, errors.Join(fmt.Errorf("prepare the database: %w", err), s.Close())
	}
	if err := s.whole(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if s.key, err = s.findKey(ctx, o.KeyFile); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if err := s.openLedger(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if err := s.log.Recover(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if err := s.letAllGo(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if err := s.nameSubjects(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if err := s.redraw(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// connect opens the connections that a DSN asks for.
func (s *Store) connect(ctx context.Context, dsn string) error {
	if IsPostgres(dsn) {
		return s.openPostgres(ctx, dsn)
	}
	if err := CheckDSN(dsn); err != nil {
		return err
	}
	path, _ := Path(dsn)
	return s.openSQLite(path)
}

// Close closes the database.
func (s *Store) Close() error {
	if s.log != nil {
		s.log.Close()
	}
	s.background.Wait()
	var err error
	for _, db := range []*sql.DB{s.reader.DB, s.writer.DB} {
		if db != nil {
			err = errors.Join(err, db.Close())
		}
	}
	if s.pool != nil {
		s.pool.Close()
	}
	err = errors.Join(err, s.flushes.close())
	if s.lock != nil {
		err = errors.Join(err, unlock(s.lock))
	}
	if err != nil {
		return fmt.Errorf("close the database: %w", err)
	}
	return nil
}

// shared says whether other replicas may be at work on the same database.
func (s *Store) shared() bool { return s.pool != nil }

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
	transaction
	s     *Store
	ctx   context.Context
	now   time.Time
	chats map[int64]*chatRow // looked up so far, by number; never changed
	wakes bool               // something was put into the outbox
	lanes map[line][]int64   // of the outbox, as far as they were looked up, and what it made
	stays []keptRow          // rows of the outbox that wait for somebody to be answered
	frail bool               // it may be lost if the power goes or PostgreSQL crashes, until anything is committed that may not
	seen  map[username]owner // written by this transaction
	wrote map[writer]int64   // likewise
	log   *messagelog.Tx

	changed    []int64                       // groups whose rows it wrote, by number
	changesAll bool                          // it may have written any
	members    map[writer]*moderation.Record // read or written, by [Store.Observe]
	judged     []writer                      // members whose records it wrote
}

// tries is how often a transaction is begun that others are in the way of.
const tries = 30

// transact runs do in one transaction and commits if it returns nil. If others were in its way it is run again, so that
// do must not rely on what it did the last time. It does not stop half way when ctx ends: a transaction takes a
// millisecond, and its caller counts on it.
func (s *Store) transact(ctx context.Context, do func(*unit) error) error {
	ctx = context.WithoutCancel(ctx)
	u, err := s.attempt(ctx, do)
	for try := 1; err != nil && try < tries && (errors.Is(err, errHandled) || s.writer.in.again(err)); try++ {
		u, err = s.attempt(ctx, do)
	}
	if err != nil {
		return available(err)
	}
	if err := s.committed(u.frail); err != nil {
		return err
	}
	s.handles.add(u.seen)
	s.active.add(u.wrote)
	if u.wakes && s.Wake != nil {
		s.Wake()
	}
	return s.letLateGo(ctx, u.stays)
}

func (s *Store) attempt(ctx context.Context, do func(*unit) error) (*unit, error) {
	if !s.shared() {
		s.writing.Lock()
		defer s.writing.Unlock()
	}
	tx, err := s.writer.beginHeld(ctx)
	if err != nil {
		return nil, fmt.Errorf("begin a transaction: %w", err)
	}
	committed := false
	defer func() {
		if !committed { // also if there was a panic, or nobody could write any more
			_ = tx.Rollback() // of a connection that may be gone, which is the same
		}
	}()
	u := &unit{
		transaction: tx, s: s, ctx: ctx, now: s.now().UTC(), chats: map[int64]*chatRow{}, seen: map[username]owner{}, wrote: map[writer]int64{},
		members: map[writer]*moderation.Record{},
	}
	u.log = s.log.Begin(ctx, u, u.now)
	if err = do(u); err == nil {
		err = u.log.Write()
	}
	if err == nil && u.frail {
		err = u.unflushed()
	}
	if err != nil {
		return nil, err
	}
	if err := tx.Commit(); err != nil {
		return nil, fmt.Errorf("commit: %w", err)
	}
	committed = true
	s.log.Committed(u.log)
	if !s.shared() {
		s.remember(u)
	}
	return u, nil
}

// available marks an error as [moderation.ErrUnavailable] if it will pass.
func available(err error) error {
	var e sqlite3.Error
	passing := errors.As(err, &e) && passingSQLite[e.Code] || err != nil && passingPostgres(err)
	if passing && !errors.Is(err, moderation.ErrUnavailable) {
		return fmt.Errorf("%w: %w", moderation.ErrUnavailable, err)
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
