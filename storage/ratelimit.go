package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// BookLimits calls book with the stored limits of these chats and stores what book returns, unless that is nil. Nobody
// else can change the limits meanwhile. A chat is a group's number, or 0 for all chats together.
func (s chatStore) BookLimits(ctx context.Context, chats []int64, book func(kept [][]byte) ([][]byte, error)) error {
	err := s.withTx(ctx, func(u *Tx) error {
		kept := make([][]byte, len(chats))
		for i, chat := range chats {
			var err error
			if kept[i], err = u.limitsOf(chat); err != nil {
				return err
			}
		}
		written, err := book(kept)
		if err != nil {
			return err
		}
		for i, state := range written {
			if err := u.Exec(`UPDATE pace SET at = ?, state = ? WHERE chat = ?`, unix(u.now), state, chats[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("keep to the limits: %w", err)
	}
	return nil
}

// limitsOf is what is stored of a chat, whose row is locked from here on. If there is no row, one is made to lock it.
func (u chatTx) limitsOf(chat int64) (state []byte, err error) {
	find := func() error {
		return u.Row(`SELECT state FROM pace WHERE chat = ?`+u.Dialect().Lock, chat).Scan(&state)
	}
	if err = find(); errors.Is(err, sql.ErrNoRows) {
		err = u.Exec(`INSERT INTO pace (chat, at, held, state) VALUES (?, ?, 0, ?) ON CONFLICT DO NOTHING`, chat, unix(u.now), []byte{})
		if err == nil {
			err = find()
		}
	}
	if len(state) == 0 {
		return nil, err
	}
	return state, err
}

// HoldChat stores that Telegram refuses calls for a group until then.
func (s chatStore) HoldChat(ctx context.Context, chat int64, until time.Time) error {
	err := s.withTx(ctx, func(u *Tx) error {
		return u.Exec(`INSERT INTO pace (chat, at, held, state) VALUES (?, ?, ?, ?)
			ON CONFLICT (chat) DO UPDATE SET at = excluded.at, held = excluded.held WHERE pace.held < excluded.held`, chat, unix(u.now), millis(until), []byte{})
	})
	if err != nil {
		return fmt.Errorf("note a limit: %w", err)
	}
	return nil
}

// Holds says for which groups Telegram refuses calls, and until when.
func (s chatStore) Holds(ctx context.Context, now time.Time) (map[int64]time.Time, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT chat, held FROM pace WHERE held > ?`, millis(now))
	if err != nil {
		return nil, fmt.Errorf("list limits: %w", available(err))
	}
	defer rows.Close()
	holds := map[int64]time.Time{}
	for rows.Next() {
		var chat, until int64
		if err := rows.Scan(&chat, &until); err != nil {
			return nil, fmt.Errorf("list limits: %w", err)
		}
		holds[chat] = fromMillis(until)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("list limits: %w", err)
	}
	return holds, nil
}
