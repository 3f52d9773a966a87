package messagelog

import (
	"context"
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

const (
	oldAtOnce       = 1024 // blocks that are looked for together
	dropIndexAtOnce = 256  // chats whose index entries are deleted in one transaction
	dropAtOnce      = 4    // blocks that are deleted in one transaction, of up to 500 messages each, so that others do not wait long
)

// Forget deletes the messages that came before a time, and their index entries. If ctx ends, it goes on the next time.
func (l *Log) Forget(ctx context.Context, before time.Time) error {
	if err := l.Flush(ctx); err != nil {
		return err
	}
	for ctx.Err() == nil {
		blocks, of, err := l.oldBlocks(ctx, before)
		if err != nil || len(blocks) == 0 {
			return err
		}
		last := blocks[len(blocks)-1]
		for some := range slices.Chunk(of.chats, dropIndexAtOnce) {
			err := l.update(ctx, true, func(t *Tx) error { return t.dropIndex(some, last) })
			if err != nil {
				return err
			}
		}
		for some := range slices.Chunk(of.times, dropIndexAtOnce) {
			err := l.update(ctx, true, func(t *Tx) error { return t.dropTimes(some, last) })
			if err != nil {
				return err
			}
		}
		for some := range slices.Chunk(blocks, dropAtOnce) {
			err := l.update(ctx, true, func(t *Tx) error {
				return t.db.Exec(`DELETE FROM arrival WHERE id <= ?`, some[len(some)-1])
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// blockKeys are what blocks are found by: the chats whose messages they hold, and the times that forwards of these show.
type blockKeys struct{ chats, times []int64 }

// oldBlocks finds the oldest blocks, if they are from before a time, and what they are found by.
func (l *Log) oldBlocks(ctx context.Context, before time.Time) (blocks []int64, of blockKeys, err error) {
	rows, err := l.options.DB.Reader.QueryContext(ctx,
		`SELECT id, sealed FROM (SELECT * FROM arrival ORDER BY id LIMIT ?) AS first WHERE at < ? ORDER BY id`, oldAtOnce, before.Unix())
	if err != nil {
		return nil, of, err
	}
	defer rows.Close()
	for rows.Next() {
		var block int64
		var sealed []byte
		if err := rows.Scan(&block, &sealed); err != nil {
			return nil, of, err
		}
		messages, err := l.openBlock(sealed)
		if err != nil {
			return nil, of, err
		}
		blocks = append(blocks, block)
		for i := range messages {
			of.chats = append(of.chats, messages[i].Chat)
		}
		of.times = append(of.times, l.timesIn(messages)...)
	}
	of.chats, of.times = distinct(of.chats), distinct(of.times)
	return blocks, of, rows.Err()
}

// dropIndex deletes the index entries of chats, up to a block.
func (t *Tx) dropIndex(chats []int64, last int64) error {
	if slices.Contains(chats, 0) { // a block that does not say of which chat it is: see ofOneChat
		return t.db.Exec(`DELETE FROM spot WHERE arrival <= ?`, last)
	}
	var args []any
	for _, chat := range chats {
		args = append(args, chat, last)
	}
	return sqldb.Padded(args, 2, func(n int, args []any) error {
		return t.db.Exec(`DELETE FROM spot WHERE `+sqldb.Repeat("chat = ? AND arrival <= ?", " OR ", n), args...)
	})
}
