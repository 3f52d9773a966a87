package messagelog

import (
	"context"
	"fmt"
	"strconv"
	"time"
)

// metaIndexed is, in the table meta, the last block of which all index entries and notes are written. It is not there if they
// are written with each commit, as with PostgreSQL.
const metaIndexed = "spotted"

// FlushChat writes what waits of a chat.
func (l *Log) FlushChat(ctx context.Context, chat int64) error {
	if !l.backlog.has(chat) {
		return nil
	}
	return l.update(ctx, false, func(t *Tx) error { return t.FlushChat(chat) })
}

// Flush writes all that waits.
func (l *Log) Flush(ctx context.Context) error {
	if l.shared {
		return nil
	}
	l.flushing.Lock()
	defer l.flushing.Unlock()
	return l.flush(ctx)
}

// retryAfter is for how long the log is not flushed in the background after that failed.
const retryAfter = time.Minute

// flushLater flushes in the background, unless somebody flushes already. If it fails, another commit begins it again, a
// minute later.
func (l *Log) flushLater(now time.Time) {
	if !l.flushing.TryLock() {
		return
	}
	if now.Before(l.retryAt) {
		l.flushing.Unlock()
		return
	}
	l.background.Go(func() {
		defer l.flushing.Unlock()
		err := l.flush(context.Background())
		if err == nil {
			return
		}
		l.retryAt = now.Add(retryAfter)
		if l.options.OnError != nil {
			l.options.OnError(err)
		}
	})
}

// flush writes what waits, chat by chat, and then notes up to which block that is done.
func (l *Log) flush(ctx context.Context) error {
	last, chats := l.backlog.begin()
	err := l.flushOld(ctx, chats)
	if err == nil {
		err = l.update(ctx, true, func(t *Tx) error { // what is written again is the same
			return t.setIndexed(last)
		})
	}
	l.backlog.end(err == nil)
	if err != nil {
		return fmt.Errorf("put down what is known of recent messages: %w", err)
	}
	return nil
}

// flushOld writes what is old of chats, in portions.
func (l *Log) flushOld(ctx context.Context, chats []int64) error {
	for len(chats) > 0 {
		n := 0 // chats that come to a portion together
		for rows := 0; n < len(chats) && rows < flushAtOnce; n++ {
			rows += l.backlog.oldRows(chats[n])
		}
		for from, more := 0, true; more; from += flushAtOnce { // more than once only for a chat with more than that
			err := l.update(ctx, true, func(t *Tx) (err error) {
				more, err = t.flushPart(chats[:n], from)
				return err
			})
			if err != nil {
				return err
			}
		}
		chats = chats[n:]
	}
	return nil
}

// flushPart writes a part of what is old of chats, from a position on. It says whether there is more.
func (t *Tx) flushPart(chats []int64, from int) (more bool, err error) {
	of := map[int64]pending{}
	for _, chat := range chats {
		part, left := t.log.backlog.oldPart(chat, from)
		of[chat], more = part, more || left
	}
	return more, t.writePending(of)
}

// setIndexed notes up to which block all is written.
func (t *Tx) setIndexed(last int64) error {
	if err := t.db.Exec(`UPDATE meta SET value = ? WHERE name = ?`, []byte(strconv.FormatInt(last, 10)), metaIndexed); err != nil {
		return fmt.Errorf("note the %s: %w", metaIndexed, err)
	}
	return nil
}
