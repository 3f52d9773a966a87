// Package messagelog keeps the recent messages of all chats.
//
// It promises that a message which was appended in a transaction is found once that is committed, in its latest form, until it
// is redacted or old. What messages told about their authors is written too, at the latest when somebody asks. Both are so
// after a crash. What was redacted is found nowhere any more.
//
// Append, Find, Latest, Each, Forwards, Redact, Forget and Recover are all that a log is used for. Besides them there is what follows from
// its being part of the transactions of others: Begin and Write say where those begin and end. And since notes wait in
// memory with SQLite, Flush, FlushChat and Wrote are for who reads the tables into which they go.
//
// It does not know what a message says, or who may see it: a message has a body in JSON, of which the log reads the author
// only. Nor does it know the tables into which notes go.
package messagelog

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

// Kept is how many recent messages of a chat are offered, counted back from the newest by their numbers.
const Kept = 512

// Options say where a log is and what it needs.
type Options struct {
	DB *sqldb.DB

	Seal func(plain []byte) []byte // what is in a block
	Open func(sealed []byte) ([]byte, error)

	// Hide makes a number below 0 of a time, always the same. Nobody without the key can tell the time from it.
	Hide func(at int64) int64

	// WriteNotes writes what messages told about their authors. To write the same again changes nothing.
	WriteNotes func(tx *sqldb.Tx, notes []Note) error

	// FlushAt is about how many messages wait at most before the log is flushed in the background. Zero means [FlushAt].
	FlushAt int

	// OnError, if set, is called with the error of a flush in the background. The error holds no ids and no texts.
	OnError func(error)
}

// A Log keeps the recent messages of all chats. Its methods may be called at the same time.
//
// If others write to the same database too, index entries and notes are written with each block, since nobody would find those
// that wait in the memory of another process. Else they wait until there are many.
type Log struct {
	options    Options
	shared     bool       // others write to the same database: see [Log]
	backlog    backlog    // empty if the log is shared
	flushing   sync.Mutex // held by who flushes all
	retryAt    time.Time  // not before that is flushed in the background again, after a failure; belongs to who holds flushing
	background sync.WaitGroup
}

// New makes a log. [Log.Recover] has to come before anything else is asked of it.
func New(o Options) *Log {
	return &Log{options: o, shared: o.DB.Shared(), backlog: backlog{flushAt: cmp.Or(o.FlushAt, FlushAt)}}
}

// Close waits until no flush runs in the background any more.
func (l *Log) Close() { l.background.Wait() }

// Wrote says whether a note that somebody wrote in a chat waits to be flushed.
func (l *Log) Wrote(chat, person int64) bool { return l.backlog.wrote(chat, person) }

// Find returns a recent message of a chat in its latest form. It says false if the log does not hold it.
func (l *Log) Find(ctx context.Context, chat, number int64) (Message, bool, error) {
	return l.find(ctx, l.options.DB.Reader, chat, number)
}

func (l *Log) find(ctx context.Context, from sqldb.Querier, chat, number int64) (latest Message, found bool, err error) {
	entries, err := l.indexOf(ctx, from, chat, Range{number, number})
	if err != nil {
		return Message{}, false, err
	}
	for _, e := range entries {
		messages, err := l.readOf(ctx, from, chat, e)
		if err != nil {
			return Message{}, false, err
		}
		for _, m := range slices.Backward(messages) {
			switch {
			case m.Number != number:
			case m.Edited:
				return m, true, nil
			default:
				latest, found = m, true
			}
		}
	}
	return latest, found, nil
}

// Latest returns the latest messages of a chat whose numbers are in a range, the newest first, each in its latest form.
func (l *Log) Latest(ctx context.Context, chat int64, of Range, limit int) ([]Message, error) {
	return l.latest(ctx, l.options.DB.Reader, chat, of, limit)
}

func (l *Log) latest(ctx context.Context, from sqldb.Querier, chat int64, of Range, limit int) ([]Message, error) {
	entries, err := l.indexOf(ctx, from, chat, of)
	if err != nil {
		return nil, err
	}
	forms := map[int64]Message{} // by number, the latest
	for n, e := range entries {
		if n > 0 && enough(forms, entries[n:], limit) {
			break
		}
		messages, err := l.readOf(ctx, from, chat, e)
		if err != nil {
			return nil, err
		}
		for _, m := range slices.Backward(messages) {
			if known, ok := forms[m.Number]; of.has(m.Number) && (!ok || m.Edited && !known.Edited) {
				forms[m.Number] = m
			}
		}
	}
	known := slices.SortedFunc(maps.Values(forms), func(a, b Message) int { return cmp.Compare(b.Number, a.Number) })
	if len(known) > 0 {
		oldest := known[0].Number - Kept
		known = slices.DeleteFunc(known, func(m Message) bool { return m.Number <= oldest })
	}
	return known[:min(len(known), limit)], nil
}

// enough says whether so many of the known messages have greater numbers than any in the blocks that are left.
func enough(known map[int64]Message, left []indexEntry, limit int) bool {
	if len(known) < limit {
		return false
	}
	greatest := slices.MaxFunc(left, func(a, b indexEntry) int { return cmp.Compare(a.last, b.last) }).last
	for number := range known {
		if number > greatest {
			limit--
		}
	}
	return limit <= 0
}

// indexOf lists the index entries of a chat for blocks that may hold messages of a range, the latest first. It adds the
// entries that wait to be written.
func (l *Log) indexOf(ctx context.Context, from sqldb.Querier, chat int64, of Range) ([]indexEntry, error) {
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
func (l *Log) readBlock(ctx context.Context, from sqldb.Querier, chat int64, e indexEntry) ([]Message, error) {
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
func (l *Log) readOf(ctx context.Context, from sqldb.Querier, chat int64, e indexEntry) ([]Message, error) {
	messages, err := l.readBlock(ctx, from, chat, e)
	return slices.DeleteFunc(messages, func(m Message) bool { return m.Chat != chat || m.Body == nil }), err
}

func (l *Log) openBlock(sealed []byte) ([]Message, error) {
	plain, err := l.options.Open(sealed)
	if err != nil {
		return nil, fmt.Errorf("open recent messages: %w", err)
	}
	return decodeBlock(plain)
}
