package messagelog

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

// A forward of a message shows when the original was sent, and not in which chat. So a table, arrival_time, says in which blocks
// there are messages whose forwards show a second. It has one row for each second of a block, of which most blocks have one or
// two, and most rows belong at its end. A row for each message would cost more than the message.
//
// A forward of a message that was forwarded itself shows when the original of that was sent. Since that may be a post that all
// can read, its time would tell which one. So it stands there as a number that only the key makes.

// ForwardsLook is in how many blocks forwards of one second are looked for at most. The latest blocks come first.
const ForwardsLook = 256

// Forwards returns the messages of all chats whose forwards show a time, in seconds since 1970, in all their forms, the
// latest first, and whether these are all. What was redacted may be among them, so each has to be looked for with [Log.Find].
func (l *Log) Forwards(ctx context.Context, at int64) (found []Message, all bool, err error) {
	blocks, err := l.blocksOf(ctx, at)
	if err != nil {
		return nil, false, fmt.Errorf("find what was forwarded: %w", err)
	}
	if all = len(blocks) <= ForwardsLook; !all {
		blocks = blocks[:ForwardsLook]
	}
	for _, block := range blocks {
		messages, err := l.readBlock(ctx, l.options.DB.Reader, 0, indexEntry{block: block})
		if err != nil {
			return nil, false, err
		}
		for i := range slices.Backward(messages) {
			if m := &messages[i]; m.Body != nil && m.Chat != 0 && cmp.Or(m.Origin, m.At) == at {
				found = append(found, *m)
			}
		}
	}
	return found, all, nil
}

// blocksOf lists the blocks that hold messages whose forwards show a time, the latest first: one more than are looked in, if there are.
func (l *Log) blocksOf(ctx context.Context, at int64) (blocks []int64, err error) {
	rows, err := l.options.DB.Reader.QueryContext(ctx, `SELECT arrival FROM arrival_time WHERE at IN (?, ?) ORDER BY arrival DESC LIMIT ?`, at, l.options.Hide(at), ForwardsLook+1)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var block int64
		if err := rows.Scan(&block); err != nil {
			return nil, err
		}
		blocks = append(blocks, block)
	}
	return blocks, rows.Err()
}

// timesIn are the times that forwards of messages show, each once, as they stand in the table.
func (l *Log) timesIn(messages []Message) (times []int64) {
	for i := range messages {
		m := &messages[i]
		at := m.At
		if m.Origin != 0 {
			at = l.options.Hide(m.Origin)
		}
		if m.Number != 0 && (len(times) == 0 || times[len(times)-1] != at) {
			times = append(times, at)
		}
	}
	return distinct(times)
}

// distinct sorts numbers and leaves each once.
func distinct(numbers []int64) []int64 {
	slices.Sort(numbers)
	return slices.Compact(numbers)
}

// timesEach is how many times of a block have a statement each, which is the quickest way for a few. More have one together, which is
// the same however many there are.
const timesEach = 4

// writeTimes notes the times of a block that this transaction writes, with SQLite.
func (t *Tx) writeTimes(block int64) {
	const doing = "note when recent messages were sent"
	times := t.log.timesIn(t.appended)
	if len(times) > timesEach {
		list, _ := json.Marshal(times) // numbers can be written
		t.db.Later(doing, `INSERT INTO arrival_time (at, arrival) SELECT value, ? FROM json_each(?)`, block, string(list))
		return
	}
	for _, at := range times {
		t.db.Later(doing, `INSERT INTO arrival_time (at, arrival) VALUES (?, ?)`, at, block)
	}
}

// dropTimes forgets at which times messages were sent, up to a block.
func (t *Tx) dropTimes(times []int64, last int64) error {
	var args []any
	for _, at := range times {
		args = append(args, at, last)
	}
	return sqldb.Padded(args, 2, func(n int, args []any) error {
		return t.db.Exec(`DELETE FROM arrival_time WHERE `+sqldb.Repeat("at = ? AND arrival <= ?", " OR ", n), args...)
	})
}
