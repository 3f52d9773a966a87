package storage

import (
	"context"
	"database/sql"
	"errors"
	"math"
	"reflect"
	"strings"

	"github.com/ostrakon-bot/ostrakon/internal/outbox"
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

// NameSide has a ballot look as an earlier release kept it, whose entries in the ledger name a side.
func (s *Store) NameSide(ctx context.Context, chat int64, id string, person int64) error {
	return s.withTx(ctx, func(u *Tx) error {
		c, err := s.caseRow(ctx, chat, id)
		if err != nil {
			return err
		}
		key, err := u.caseKey(&c)
		if err != nil {
			return err
		}
		b, _, err := s.castBy(ctx, u, &c, key, person)
		if err != nil {
			return err
		}
		b.Event = strings.Replace(b.Event, `{"v":2,`, `{"v":1,`, 1)
		b.Event = strings.TrimSuffix(b.Event, "}") + `,"side":"` + string(b.Side) + `"}`
		return u.putBallot(&c, key, b)
	})
}

// MetaBefore is under which name the table meta has the last group of the release before person_group.
const MetaBefore = metaBefore

// Explain says how the database would look for what is ready, or for what is due next.
func (s *Store) Explain(ctx context.Context, explain string, want outbox.Want) (lines []string, err error) {
	for query, values := range map[string][]any{firstRows: firstRowsOf(s.now(), want, [outbox.Classes]outbox.Row{}), dueFirst: nil} {
		rows, err := s.reader.QueryContext(ctx, explain+" "+query, values...)
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		columns, err := rows.Columns()
		for err == nil && rows.Next() {
			into := make([]any, len(columns))
			for i := range into {
				into[i] = new(any)
			}
			var line string
			into[len(into)-1] = &line // the others are of SQLite
			err = rows.Scan(into...)
			lines = append(lines, line)
		}
		if err = errors.Join(err, rows.Err()); err != nil {
			return nil, err
		}
	}
	return lines, nil
}
