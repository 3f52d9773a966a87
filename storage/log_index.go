package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"slices"
)

// A logRange is a range of message numbers, both ends included.
type logRange struct{ First, Last int64 }

// logAll is the range of all message numbers.
var logAll = logRange{0, math.MaxInt64}

// An indexEntry says that a block holds messages of a chat, and the first and last of their numbers there.
type indexEntry struct{ block, first, last int64 }

// indexBlock makes the index entries of a block, by chat. It also lists the chats of which all earlier messages are redacted.
func indexBlock(block int64, messages []logMessage) (entries map[int64]indexEntry, redacted []int64) {
	entries = map[int64]indexEntry{}
	for i := range messages {
		m := &messages[i]
		e, known := entries[m.Chat]
		switch {
		case m.Number == 0:
			redacted = append(redacted, m.Chat)
		case known:
			entries[m.Chat] = indexEntry{block, min(e.first, m.Number), max(e.last, m.Number)}
		default:
			entries[m.Chat] = indexEntry{block, m.Number, m.Number}
		}
	}
	return entries, redacted
}

// A logReader is what the log reads from: a transaction, or connections that see the last commit.
type logReader interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// indexOf lists the index entries of a chat for blocks that may hold messages of a range, the latest first. It adds the
// entries that wait to be written.
func (l *messageLog) indexOf(ctx context.Context, from logReader, chat int64, of logRange) ([]indexEntry, error) {
	entries := l.backlog.of(chat).index // first: what is flushed meanwhile is then in both rather than in neither
	slices.Reverse(entries)
	waiting := len(entries)
	rows, err := from.QueryContext(ctx, `SELECT arrival, first, last FROM spot WHERE chat = ? AND last >= ? AND first <= ? ORDER BY arrival DESC`, chat, of.First, of.Last)
	if err != nil {
		return nil, fmt.Errorf("find recent messages: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var e indexEntry
		if err := rows.Scan(&e.block, &e.first, &e.last); err != nil {
			return nil, fmt.Errorf("find recent messages: %w", err)
		}
		if waiting == 0 || e.block < entries[waiting-1].block {
			entries = append(entries, e)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("find recent messages: %w", err)
	}
	return slices.DeleteFunc(entries, func(e indexEntry) bool { return e.last < of.First || of.Last < e.first }), nil
}

// readBlock reads the messages in a block. If the block is gone there are none.
func (l *messageLog) readBlock(ctx context.Context, from logReader, chat int64, e indexEntry) ([]logMessage, error) {
	var at int64
	var sealed []byte
	err := from.QueryRowContext(ctx, `SELECT at, sealed FROM arrival WHERE id = ?`, e.block).Scan(&at, &sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find recent messages: %w", err)
	}
	messages, err := l.openBlock(sealed)
	completeOneChat(messages, chat, e.last, at)
	return messages, err
}

// readOf reads what a chat has in a block, without what is redacted.
func (l *messageLog) readOf(ctx context.Context, from logReader, chat int64, e indexEntry) ([]logMessage, error) {
	messages, err := l.readBlock(ctx, from, chat, e)
	return slices.DeleteFunc(messages, func(m logMessage) bool { return m.Chat != chat || m.Body == nil }), err
}

func (l *messageLog) openBlock(sealed []byte) ([]logMessage, error) {
	plain, err := l.options.Open(sealed)
	if err != nil {
		return nil, fmt.Errorf("open recent messages: %w", err)
	}
	return decodeBlock(plain)
}
