package storage

import (
	"context"
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
	return s.lease(ctx, metaPoller, word, PollerLease)
}

// LeavePoller ends the lease, so that another process can poll at once.
func (s chatStore) LeavePoller(ctx context.Context, word string) error {
	if !s.db.Shared() {
		return nil // the file is let go when the database is closed
	}
	return s.endLease(ctx, metaPoller, word)
}
