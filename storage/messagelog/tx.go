package messagelog

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"time"
)

// A Handle is a transaction in the database.
type Handle interface {
	Reader
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)

	// WriteNotes writes what messages told about their authors.
	WriteNotes(notes []Note) error
}

// A Tx is what one transaction does to the log. What it reads is as it was when the transaction began, but for the
// chats of which it redacted everything.
type Tx struct {
	log *Log
	ctx context.Context // lives no longer than the transaction
	db  Handle
	now time.Time

	appended []Message // written as one block at the end
	notes    []Note    // written at the end, since they may not wait
	flushed  []int64   // chats of which nothing waits any more
	emptied  []int64   // chats of which all is redacted
}

// Begin begins what a transaction does to the log. The transaction calls [Tx.Write] before it commits, and
// [Log.Committed] thereafter.
func (l *Log) Begin(ctx context.Context, db Handle, now time.Time) *Tx {
	return &Tx{log: l, ctx: ctx, db: db, now: now}
}

// Committed takes in what a transaction did. If the log is not shared, no other transaction may commit between that and
// this call.
func (l *Log) Committed(t *Tx) {
	if l.options.Shared {
		return
	}
	l.backlog.committed(t.flushed, t.appended)
	if l.backlog.full() {
		l.flushLater(t.now)
	}
}

// Append appends a message.
func (t *Tx) Append(m Message) {
	m.Note.Chat = m.Chat
	if t.log.options.Shared {
		t.addNote(m.Note)
		m.Note = Note{}
	}
	t.appended = append(t.appended, m)
}

// AppendNote appends the note of a message that is not kept itself.
func (t *Tx) AppendNote(n Note) error {
	if err := t.writeThrough(n.Chat); err != nil {
		return err
	}
	t.addNote(n)
	return nil
}

func (t *Tx) addNote(n Note) {
	if !n.empty() {
		t.notes = append(t.notes, n)
	}
}

// writeThrough lets nothing of a chat wait for a flush, neither older notes nor those of this transaction.
func (t *Tx) writeThrough(chat int64) error {
	if err := t.FlushChat(chat); err != nil {
		return err
	}
	for i := range t.appended {
		if m := &t.appended[i]; m.Chat == chat {
			t.addNote(m.Note)
			m.Note = Note{}
		}
	}
	return nil
}

// Find is [Log.Find] within the transaction.
func (t *Tx) Find(chat, number int64) (Message, bool, error) {
	if slices.Contains(t.emptied, chat) {
		return Message{}, false, nil
	}
	return t.log.Find(t.ctx, t.db, chat, number)
}

// Latest is [Log.Latest] within the transaction.
func (t *Tx) Latest(chat int64, of Range, limit int) ([]Message, error) {
	if slices.Contains(t.emptied, chat) {
		return nil, nil
	}
	return t.log.Latest(t.ctx, t.db, chat, of, limit)
}

// FlushChat writes what waits of a chat, since the transaction needs it.
func (t *Tx) FlushChat(chat int64) error {
	if t.log.options.Shared || slices.Contains(t.flushed, chat) {
		return nil
	}
	t.flushed = append(t.flushed, chat)
	return t.writePending(map[int64]pending{chat: t.log.backlog.of(chat)})
}

// writePending writes index entries and notes.
func (t *Tx) writePending(of map[int64]pending) error {
	var index []any
	var notes []Note
	for _, chat := range slices.Sorted(maps.Keys(of)) {
		for _, e := range of[chat].index {
			index = append(index, chat, e.block, e.first, e.last)
		}
		notes = append(notes, of[chat].notes...)
	}
	err := inBatches(index, 4, func(n int, args []any) error {
		return t.exec(`INSERT INTO spot (chat, arrival, first, last) VALUES `+repeated("(?, ?, ?, ?)", ", ", n)+` ON CONFLICT DO NOTHING`, args...)
	})
	if err != nil {
		return fmt.Errorf("note where recent messages are: %w", err)
	}
	return t.writeNotes(notes)
}

func (t *Tx) writeNotes(notes []Note) error {
	if len(notes) == 0 {
		return nil
	}
	return t.db.WriteNotes(notes)
}

// Write writes what was appended, at the end of the transaction. In a bot of many groups each message would belong on
// another page of the database if they were kept group by group. So they are kept in the order in which they come, all of a
// transaction in one block, and the index says where those of a chat are.
func (t *Tx) Write() error {
	if err := t.writeNotes(t.notes); err != nil || len(t.appended) == 0 {
		return err
	}
	sealed := t.log.options.Seal(encodeBlock(t.appended))
	var err error
	if t.log.options.Shared {
		err = t.writeIndexed(sealed)
	} else { // we count ourselves, so that the number of a block that is gone does not come again
		err = t.exec(`INSERT INTO arrival (id, at, sealed) VALUES (?, ?, ?)`, t.log.backlog.next, t.now.Unix(), sealed)
	}
	if err != nil {
		return fmt.Errorf("keep recent messages: %w", err)
	}
	return nil
}

// writeIndexed writes a block together with its index entries, in one statement for which nobody waits before the commit.
func (t *Tx) writeIndexed(sealed []byte) error {
	entries, _ := indexBlock(0, t.appended)
	chats := slices.Sorted(maps.Keys(entries))
	var first, last []int64
	for _, chat := range chats {
		first, last = append(first, entries[chat].first), append(last, entries[chat].last)
	}
	return t.exec(`WITH row AS (INSERT INTO arrival (at, sealed) VALUES (?, ?) RETURNING id)
		INSERT INTO spot (chat, arrival, first, last) SELECT s.chat, row.id, s.first, s.last
		FROM row, unnest(?::bigint[], ?::bigint[], ?::bigint[]) AS s (chat, first, last)`, t.now.Unix(), sealed, chats, first, last)
}

// exec runs a statement that returns nothing.
func (t *Tx) exec(query string, args ...any) error {
	_, err := t.db.ExecContext(t.ctx, query, args...)
	return err
}
