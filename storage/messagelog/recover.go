package messagelog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
)

// Recover finds in the blocks what still waits to be written, in place of what waited before. In a database that was copied to
// PostgreSQL that is written at once.
func (l *Log) Recover(ctx context.Context) error {
	err := l.update(ctx, false, func(t *Tx) error {
		last, found, err := t.indexed()
		if err != nil {
			return err
		}
		l.backlog.reset(last + 1)
		if l.shared && !found {
			return nil
		}
		if err := t.recoverAfter(last); err != nil || !l.shared {
			return err
		}
		return t.handOver()
	})
	if err != nil {
		return fmt.Errorf("read what is known of recent messages: %w", err)
	}
	return nil
}

// indexed is up to which block all is written. If that was never noted, with SQLite, it is now.
func (t *Tx) indexed() (last int64, found bool, err error) {
	var text []byte
	err = t.db.Row(`SELECT value FROM meta WHERE name = ?`+t.db.Dialect().Lock, metaIndexed).Scan(&text)
	if err == nil {
		last, err = strconv.ParseInt(string(text), 10, 64)
		return last, true, err
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return 0, false, err
	}
	err = t.db.Row(`SELECT coalesce(max(id), 0) FROM arrival`).Scan(&last)
	if err != nil || t.log.shared {
		return last, false, err
	}
	return last, false, t.db.Exec(`INSERT INTO meta (name, value) VALUES (?, ?)`, metaIndexed, []byte(strconv.FormatInt(last, 10)))
}

// recoverAfter reads the blocks after one again.
func (t *Tx) recoverAfter(last int64) error {
	rows, err := t.db.QueryContext(t.db.Ctx, `SELECT id, sealed FROM arrival WHERE id > ? ORDER BY id`, last)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var block int64
		var sealed []byte
		if err := rows.Scan(&block, &sealed); err != nil {
			return err
		}
		messages, err := t.log.openBlock(sealed)
		if err != nil {
			return err
		}
		for i := range messages {
			if err := messages[i].completeNote(); err != nil {
				return err
			}
		}
		t.log.backlog.recovered(block, messages)
	}
	return rows.Err()
}

// handOver writes all that was recovered, and notes that from now on nothing waits.
func (t *Tx) handOver() error {
	of := map[int64]pending{}
	for _, chat := range t.log.backlog.chats() {
		of[chat] = t.log.backlog.of(chat)
	}
	if err := t.writePending(of); err != nil {
		return err
	}
	t.log.backlog.reset(0)
	return t.db.Exec(`DELETE FROM meta WHERE name = ?`, metaIndexed)
}
