package storage

import (
	"context"
	"database/sql"
	"errors"
	"reflect"
)

// Trouble sets a pragma of the connection that writes.
func (s *Store) Trouble(ctx context.Context, pragma string) error {
	_, err := s.writer.ExecContext(ctx, "PRAGMA "+pragma)
	return err
}

// RemembersWrongly says which groups are remembered otherwise than they are, or have members that are.
func (s *Store) RemembersWrongly(ctx context.Context) (wrong []int64, err error) {
	err = s.withTx(ctx, func(*Tx) error { // so that no other transaction is under way
		wrong, err = s.remembersWrongly(ctx)
		return err
	})
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
