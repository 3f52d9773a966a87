package storage

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"
)

// logKept is how many recent messages of a chat are offered, counted back from the newest by their numbers.
const logKept = 512

// logOptions say where a log is and what it needs.
type logOptions struct {
	Database logDatabase

	// Shared says that others write to the same database too. Then index entries and notes are written with each block,
	// since nobody would find those that wait in the memory of another process.
	Shared bool

	Seal func(plain []byte) []byte // what is in a block
	Open func(sealed []byte) ([]byte, error)
}

// A logDatabase is where a log lies. Reads see the last commit.
type logDatabase interface {
	logReader

	// Update runs do in a transaction, and again if others were in its way. If it is lossy, the commit may be lost with
	// the power, or when PostgreSQL crashes.
	Update(ctx context.Context, lossy bool, do func(*logTx) error) error
}

// A messageLog keeps the recent messages of all chats. Its methods may be called at the same time.
type messageLog struct {
	options    logOptions
	backlog    backlog    // empty if the log is shared
	flushing   sync.Mutex // held by who flushes all
	background sync.WaitGroup
}

// newMessageLog makes a log. [messageLog.Recover] has to come before anything else is asked of it.
func newMessageLog(o logOptions) *messageLog { return &messageLog{options: o} }

// Close waits until no flush runs in the background any more.
func (l *messageLog) Close() { l.background.Wait() }

// Wrote says whether a note that somebody wrote in a chat waits to be flushed.
func (l *messageLog) Wrote(chat, person int64) bool { return l.backlog.wrote(chat, person) }

// Find returns a recent message of a chat in its latest form. It says false if the log does not hold it.
func (l *messageLog) Find(ctx context.Context, from logReader, chat, number int64) (latest logMessage, found bool, err error) {
	entries, err := l.indexOf(ctx, from, chat, logRange{number, number})
	if err != nil {
		return logMessage{}, false, err
	}
	for _, e := range entries {
		messages, err := l.readOf(ctx, from, chat, e)
		if err != nil {
			return logMessage{}, false, err
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
func (l *messageLog) Latest(ctx context.Context, from logReader, chat int64, of logRange, limit int) ([]logMessage, error) {
	entries, err := l.indexOf(ctx, from, chat, of)
	if err != nil {
		return nil, err
	}
	forms := map[int64]logMessage{} // by number, the latest
	for n, e := range entries {
		if n > 0 && enough(forms, entries[n:], limit) {
			break
		}
		messages, err := l.readOf(ctx, from, chat, e)
		if err != nil {
			return nil, err
		}
		for _, m := range slices.Backward(messages) {
			if known, ok := forms[m.Number]; !ok || m.Edited && !known.Edited {
				forms[m.Number] = m
			}
		}
	}
	known := slices.SortedFunc(maps.Values(forms), func(a, b logMessage) int { return cmp.Compare(b.Number, a.Number) })
	if len(known) > 0 {
		oldest := known[0].Number - logKept
		known = slices.DeleteFunc(known, func(m logMessage) bool { return m.Number <= oldest })
	}
	return known[:min(len(known), limit)], nil
}

// enough says whether so many of the known messages have greater numbers than any in the blocks that are left.
func enough(known map[int64]logMessage, left []indexEntry, limit int) bool {
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
