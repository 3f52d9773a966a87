package sqldb

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

// Locked says whether this process has locked the file of SQLite.
func (db *DB) Locked() bool { return db.lock != nil }

// LockFile locks a file beside SQLite's, of which the system lets go however the process ends. It says false if another process
// has locked it.
func (db *DB) LockFile() (bool, error) {
	if db.lock != nil {
		return true, nil
	}
	f, err := os.OpenFile(db.path+".lock", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return false, fmt.Errorf("lock the database: %w", pathless(err))
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return false, f.Close()
	}
	if err != nil {
		return false, errors.Join(fmt.Errorf("lock the database: %w", err), f.Close())
	}
	db.lock = f
	return true, nil
}

// unlock lets go of the file. To close it is not enough. A child process that is just being started has it open too until it
// runs its own program, and the next bot would find it locked.
func unlock(f *os.File) error {
	return errors.Join(syscall.Flock(int(f.Fd()), syscall.LOCK_UN), f.Close())
}
