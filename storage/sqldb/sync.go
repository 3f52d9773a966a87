package sqldb

import (
	"fmt"
	"os"
	"sync"
	"sync/atomic"
)

// syncs sees to it that what SQLite committed is on the disk. SQLite itself would wait for the disk within each commit, one
// after the other, while nobody else may write. We have it only write its log, in which a commit survives the process, and
// flush that when the next transaction may begin already. Those who wait at the same time share one flush. What may be lost
// with the power waits for none. A log that was cut off by a power cut is valid up to a commit, so that a commit on the disk
// has all before it there too. See https://www.sqlite.org/pragma.html#pragma_synchronous, NORMAL with WAL, and
// https://www.sqlite.org/walformat.html.
type syncs struct {
	commits atomic.Int64 // so far

	mu   sync.Mutex
	log  *os.File // the write-ahead log, once it is there
	done int64    // so many commits are on the disk
}

// committed counts a commit and returns how many there were.
func (f *syncs) committed() int64 { return f.commits.Add(1) }

// wait returns when so many commits are on the disk.
func (f *syncs) wait(path string, commits int64) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.done >= commits {
		return nil
	}
	err := f.open(path)
	if err == nil {
		commits = f.commits.Load() // also those that came while we waited for our turn
		err = f.log.Sync()
	}
	if err != nil {
		return fmt.Errorf("%w: %w", errSync, pathless(err))
	}
	f.done = commits
	return nil
}

// open opens the log, which is there from the first commit until the database is closed.
func (f *syncs) open(path string) (err error) {
	if f.log == nil {
		f.log, err = os.OpenFile(path+"-wal", os.O_RDWR, 0)
	}
	return err
}

func (f *syncs) close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.log == nil {
		return nil
	}
	return pathless(f.log.Close())
}
