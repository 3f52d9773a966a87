package storage

import (
	"context"
	"database/sql"
	"errors"
	"math"
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

// NotedIn lists the groups, by their numbers here, of which the store says that something may be kept of a person there.
func (s *Store) NotedIn(ctx context.Context, person int64) ([]int64, error) {
	return s.memberStore.mayKnow(ctx, person)
}

// KnownIn lists the groups in which something is kept of a person, as an earlier release found them: by looking at all groups.
func (s *Store) KnownIn(ctx context.Context, person int64) ([]int64, error) {
	if err := s.log.Flush(ctx); err != nil {
		return nil, err
	}
	return s.memberStore.lookThrough(ctx, person, math.MaxInt64)
}

// MetaBefore is under which name the table meta has the last group of the release before person_group.
const MetaBefore = metaBefore
