package messagelog

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

// A Tx is what one transaction does to the log. What it reads is as it was when the transaction began, but for the
// chats of which it redacted everything.
type Tx struct {
	log *Log
	db  *sqldb.Tx

	appended []Message // written as one block at the end
	notes    []Note    // written at the end, since they may not wait
	flushed  []int64   // chats of which nothing waits any more
	emptied  []int64   // chats of which all is redacted
}

// Begin begins what a transaction does to the log. Before it commits, the transaction calls [Tx.Write].
func (l *Log) Begin(db *sqldb.Tx) *Tx {
	t := &Tx{log: l, db: db}
	if !l.shared {
		db.OnCommit(t.committed)
	}
	return t
}

// update runs do in a transaction of its own. A lossy one may be lost with the power.
func (l *Log) update(ctx context.Context, lossy bool, do func(*Tx) error) error {
	return l.options.DB.WithTx(ctx, func(db *sqldb.Tx) error {
		db.Lossy = lossy
		t := l.Begin(db)
		if err := do(t); err != nil {
			return err
		}
		return t.Write()
	})
}

// committed has what the transaction did wait, and not wait any more. No other transaction begins before that.
func (t *Tx) committed() {
	l := t.log
	l.backlog.committed(t.flushed, t.appended)
	if l.backlog.full() {
		l.flushLater(t.db.Now)
	}
}

// Append appends a message.
func (t *Tx) Append(m Message) {
	m.Note.Chat = m.Chat
	if t.log.shared {
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
	return t.log.find(t.db.Ctx, t.db, chat, number)
}

// Latest is [Log.Latest] within the transaction.
func (t *Tx) Latest(chat int64, of Range, limit int) ([]Message, error) {
	if slices.Contains(t.emptied, chat) {
		return nil, nil
	}
	return t.log.latest(t.db.Ctx, t.db, chat, of, limit)
}

// FlushChat writes what waits of a chat, since the transaction needs it.
func (t *Tx) FlushChat(chat int64) error {
	if t.log.shared || slices.Contains(t.flushed, chat) {
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
	err := sqldb.InParts(index, 4, func(n int, args []any) error {
		return t.db.Exec(`INSERT INTO spot (chat, arrival, first, last) VALUES `+sqldb.Repeat("(?, ?, ?, ?)", ", ", n)+` ON CONFLICT DO NOTHING`, args...)
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
	return t.log.options.WriteNotes(t.db, notes)
}

// Write writes what was appended, at the end of the transaction. In a bot of many groups each message would belong on
// another page of the database if they were kept group by group. So they are kept in the order in which they come, all of a
// transaction in one block, and the index says where those of a chat are.
func (t *Tx) Write() error {
	if err := t.writeNotes(t.notes); err != nil || len(t.appended) == 0 {
		return err
	}
	sealed := t.log.options.Seal(encodeBlock(t.appended))
	if t.log.shared {
		t.writeIndexed(sealed)
	} else { // we count ourselves, so that the number of a block that is gone does not come again
		t.db.Later("keep recent messages", `INSERT INTO arrival (id, at, sealed) VALUES (?, ?, ?)`, t.log.backlog.next, t.db.Now.Unix(), sealed)
		t.writeTimes(t.log.backlog.next)
	}
	return nil
}

// writeIndexed writes a block together with its index entries, in one statement for which nobody waits before the commit.
func (t *Tx) writeIndexed(sealed []byte) {
	entries, _ := indexBlock(0, t.appended)
	chats := slices.Sorted(maps.Keys(entries))
	var first, last []int64
	for _, chat := range chats {
		first, last = append(first, entries[chat].first), append(last, entries[chat].last)
	}
	t.db.Later("keep recent messages", `WITH row AS (INSERT INTO arrival (at, sealed) VALUES (?, ?) RETURNING id),
		sent AS (INSERT INTO arrival_time (at, arrival) SELECT s.at, row.id FROM row, unnest(?::bigint[]) AS s (at))
		INSERT INTO spot (chat, arrival, first, last) SELECT s.chat, row.id, s.first, s.last
		FROM row, unnest(?::bigint[], ?::bigint[], ?::bigint[]) AS s (chat, first, last)`, t.db.Now.Unix(), sealed, t.log.timesIn(t.appended), chats, first, last)
}
