package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// PollerLease is for how long a poller is believed to be alive after it last said so.
const PollerLease = 15 * time.Second

// metaPoller is who polls, in the table meta: until when, in ms, and a word of its own.
const metaPoller = "poller"

// Poller makes this process the only one that polls, or renews that. The process names itself by a word. Poller returns
// until when the lease holds, and false if another process has it. When a process dies, its lease ends at once with
// SQLite, because the system releases the lock on the file. With PostgreSQL it ends when its time is over.
//
// With SQLite only one process may run: see [messagelog.Log]. So every process calls Poller before anything else.
func (s chatStore) Poller(ctx context.Context, word string) (until time.Time, mine bool, err error) {
	if !s.db.Shared() {
		before := s.db.Locked()
		if mine, err = s.db.LockFile(); mine && !before {
			err = available(s.log.Recover(ctx)) // again, for whoever was there before may have written until a moment ago
		}
		return s.now().Add(PollerLease), mine, err
	}
	err = s.withTx(ctx, func(u *Tx) error {
		var text []byte
		err := u.Row(`SELECT value FROM meta WHERE name = ?`+u.Dialect().Lock, metaPoller).Scan(&text)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		var ms int64
		var who string
		if _, err := fmt.Sscanf(string(text), "%d %s", &ms, &who); err != nil {
			who = "" // nobody, yet
		}
		until, mine = fromMillis(ms), who == word || ms <= millis(u.now)
		if !mine {
			return nil
		}
		until = u.now.Add(PollerLease)
		return u.Exec(`INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
			metaPoller, fmt.Appendf(nil, "%d %s", millis(until), word))
	})
	if err != nil {
		return until, false, fmt.Errorf("look who polls: %w", err)
	}
	return until, mine, nil
}

// LeavePoller ends the lease, so that another process can poll at once.
func (s chatStore) LeavePoller(ctx context.Context, word string) error {
	if !s.db.Shared() {
		return nil // the file is let go when the database is closed
	}
	err := s.withTx(ctx, func(u *Tx) error {
		var text []byte
		err := u.Row(`SELECT value FROM meta WHERE name = ?`+u.Dialect().Lock, metaPoller).Scan(&text)
		if err != nil {
			return err
		}
		var ms int64
		var who string
		if _, err := fmt.Sscanf(string(text), "%d %s", &ms, &who); err != nil || who != word {
			return nil // it is another's already
		}
		return u.Exec(`DELETE FROM meta WHERE name = ?`, metaPoller)
	})
	if err != nil {
		return fmt.Errorf("make room for another poller: %w", err)
	}
	return nil
}
