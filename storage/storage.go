// Package storage keeps what the moderation package decides: one [Store] over SQLite or PostgreSQL.
//
// It promises that decisions about a group come one after the other. With SQLite one connection writes, one transaction after the
// other. With PostgreSQL any number of replicas write. There each decision locks the row of its group first and that of the ledger
// last, and is made again if others were in its way. Reads that are not part of a decision see the last commit.
//
// It promises that a commit is on the disk before its caller hears of it, with two exceptions. Ordinary messages may be lost with the
// power, and when PostgreSQL crashes. With SQLite it may be lost with the power that a row of the outbox is done; then it is done again.
//
// It promises that nobody without the key file learns from the database who reported, who voted, who was punished or what was
// written. That is sealed, and people are named by tags (see internal/seal). Deleted rows are overwritten.
//
// It decides nothing itself. How tables and transactions work on both databases is in sqldb; how recent messages are kept is in
// messagelog.
package storage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"github.com/ostrakon-bot/ostrakon/internal/ledger"
	"github.com/ostrakon-bot/ostrakon/internal/seal"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage/messagelog"
	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

// Store keeps everything. It implements [moderation.Store] and [outbox.Queue].
type Store struct {
	caseStore
	memberStore
	chatStore
	ledgerStore
	outboxStore
	inboxStore

	db        *sqldb.DB
	writer    sqldb.Pool // that of db
	reader    sqldb.Pool // likewise
	key       *seal.Key
	keyFile   string // where it was found
	signer    *ledger.Signer
	defaults  moderation.Policy
	now       func() time.Time
	chance    func() uint64
	authors   authorCache
	answering answering
	inbox     *inbox

	evidenceLimit int64                           // bytes
	disk          func() (moderation.Disk, error) // of the database

	policies *lru.Cache[string, *moderation.Policy] // as they are written; never changed
	log      *messagelog.Log
	chats    *lru.Cache[int64, *chatRow]            // likewise, by number, as they were committed; never changed
	members  *lru.Cache[writer, *moderation.Record] // likewise, of who writes messages
	links    *lru.Cache[groupLink, string]          // by what groups were found last

	// Wake, if set, is called after each commit that leaves something to be done.
	Wake func()
}

// A store has a part for each noun. Each part can use the others.
type (
	caseStore   struct{ *Store }
	memberStore struct{ *Store }
	chatStore   struct{ *Store }
	ledgerStore struct{ *Store }
	outboxStore struct{ *Store }
	inboxStore  struct{ *Store }
)

// Close closes the database.
func (s *Store) Close() error {
	if s.log != nil {
		s.log.Close()
	}
	if s.db == nil {
		return nil
	}
	return s.db.Close()
}

// shared says whether other replicas may be at work on the same database.
func (s *Store) shared() bool { return s.db.Shared() }

// Ping says whether the database answers.
func (s *Store) Ping(ctx context.Context) error {
	var one int
	if err := s.reader.QueryRowContext(ctx, `SELECT count(*) FROM meta`).Scan(&one); err != nil {
		return fmt.Errorf("ask the database: %w", err)
	}
	return nil
}

// scanner is a row that was asked for, or the next of several.
type scanner interface{ Scan(...any) error }

// available marks an error as [moderation.ErrUnavailable] if it will pass.
func available(err error) error {
	if sqldb.Passing(err) && !errors.Is(err, moderation.ErrUnavailable) {
		return fmt.Errorf("%w: %w", moderation.ErrUnavailable, err)
	}
	return err
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

// sealJSON seals v as JSON.
func (s *Store) sealJSON(purpose string, v any) ([]byte, error) {
	plain, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", purpose, err)
	}
	return s.key.Seal(purpose, plain), nil
}

// openJSON opens what sealJSON sealed.
func (s *Store) openJSON(purpose string, sealed []byte, v any) error {
	plain, err := s.key.Open(purpose, sealed)
	if err != nil {
		return err
	}
	return json.Unmarshal(plain, v)
}
