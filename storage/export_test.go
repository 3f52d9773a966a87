package storage

import (
	"context"
	"database/sql"
	"errors"
	"reflect"

	"github.com/jackc/pgx/v5/stdlib"

	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

// Database is how tests look behind a store's back, in its own dialect.
type Database = sqldb.Pool

// Numbered writes the values of a query as PostgreSQL wants them.
var Numbered = sqldb.Numbered

// OpenRaw opens a database with nothing around it.
func OpenRaw(dsn string) (Database, error) {
	if path, ok := sqldb.Path(dsn); ok {
		db, err := sql.Open("sqlite3", path)
		return sqldb.NewPool(db, &sqldb.SQLite), err
	}
	db, err := sql.Open("pgx", dsn)
	return sqldb.NewPool(db, &sqldb.PostgreSQL), err
}

var _ = stdlib.GetDefaultDriver // its name is pgx

// Trouble sets a pragma of the connection that writes.
func (s *Store) Trouble(ctx context.Context, pragma string) error {
	_, err := s.writer.ExecContext(ctx, "PRAGMA "+pragma)
	return err
}

// RemembersWrongly says which groups are remembered otherwise than they are, or have members that are.
func (s *Store) RemembersWrongly(ctx context.Context) (wrong []int64, err error) {
	s.db.BetweenTxs(func() { wrong, err = s.remembersWrongly(ctx) })
	return wrong, err
}

func (s *Store) remembersWrongly(ctx context.Context) (wrong []int64, err error) {
	for _, number := range s.chats.Keys() {
		if remembered, found := s.chats.Peek(number); found {
			c, err := s.scanChat(s.reader.QueryRowContext(ctx, `SELECT `+chatColumns+` FROM chat WHERE number = ?`, number))
			if err != nil && !errors.Is(err, sql.ErrNoRows) {
				return nil, err
			}
			if !reflect.DeepEqual(c, *remembered) {
				wrong = append(wrong, number)
			}
		}
	}
	for _, who := range s.members.Keys() {
		if remembered, found := s.members.Peek(who); found {
			r, err := scanRecord(s.reader.QueryRowContext(ctx, `SELECT `+recordColumns+` FROM member WHERE chat = ? AND tag = ?`,
				who.chat, s.key.Tag(tagMember, who.chat, who.person)))
			if err != nil && !errors.Is(err, sql.ErrNoRows) {
				return nil, err
			}
			if r != *remembered {
				wrong = append(wrong, who.chat)
			}
		}
	}
	return wrong, nil
}

// FlushLog flushes the message log.
func (s *Store) FlushLog(ctx context.Context) error { return s.log.Flush(ctx) }

// Swallow commits a transaction in which a statement failed, of which nobody heard.
func (s *Store) Swallow(ctx context.Context) error {
	return s.withTx(ctx, func(u *Tx) error {
		_ = u.Exec(`INSERT INTO nowhere VALUES (1)`)
		return nil
	})
}
