// Package backup keeps the newest copies of a database in a folder, and makes the next one when it is time.
//
// A copy has the time in its name, in UTC. It gets that name when it is whole and on the disk, and only then are older ones deleted. When
// the next one is due follows from the newest, so a process that starts again makes none too many. A copy that fails leaves nothing behind,
// deletes nothing, and is tried again. Only copies of the same database are counted and deleted.
//
// It does not know what a database is: how to copy one, and whose a copy is, are functions that it is given.
package backup

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/jonboulle/clockwork"
	"golang.org/x/sys/unix"
)

// Options say what is copied, to where and how often.
type Options struct {
	Dir   string        // the folder of the copies, which must be there
	Every time.Duration // how long after one copy the next is due; only [Run] needs it
	Keep  int           // how many copies stay

	// Make writes a copy to a new file, whole and checked, or leaves none.
	Make func(ctx context.Context, file string) error
	// Ours says whether a file is a copy of this database.
	Ours func(ctx context.Context, file string) (bool, error)

	Clock clockwork.Clock
	Log   *slog.Logger // only [Run] needs it
}

const (
	// retry is how long after a failure a copy is tried again, or sooner if copies come more often.
	retry = 10 * time.Minute
	// soon is how long until it looks again for a database that is not there yet, as when the bot is started at the same moment.
	soon = 10 * time.Second
	// look is how long to wait at most before looking again: a machine may sleep meanwhile, or its clock be set.
	look = time.Hour
)

// ErrNotYet means that there is no database to copy yet. Whatever Make returns for that has it in its chain.
var ErrNotYet = errors.New("there is nothing to copy yet")

// ErrBusy means that another process makes a copy into the same folder.
var ErrBusy = errors.New("another process makes a backup into this folder")

// Run makes copies until ctx ends. What fails is logged, and tried again.
func Run(ctx context.Context, o Options) {
	start := o.Clock.Now()
	var last time.Time // when this process made one, whatever became of it since
	for ctx.Err() == nil {
		wait, err := o.next(ctx)
		wait = max(wait, o.after(last))
		if err == nil && wait <= 0 {
			if err = o.logged(ctx); err == nil {
				last = o.now()
				continue
			}
		}
		if ctx.Err() != nil {
			return
		}
		switch {
		case errors.Is(err, ErrNotYet) && o.Clock.Since(start) < retry:
			wait = soon
		case err != nil:
			wait = min(o.Every, retry)
			o.Log.Error("no backup was made", "err", err, "again_in", wait)
		}
		o.sleep(ctx, min(wait, look))
	}
}

// logged makes a copy, and tells the log.
func (o Options) logged(ctx context.Context) error {
	start := o.Clock.Now()
	file, err := Once(ctx, o)
	if file == "" {
		return err
	}
	o.Log.Info("backup made", "file", filepath.Base(file), "took", o.Clock.Since(start).Round(time.Millisecond))
	if err != nil {
		o.Log.Error("old backups are still there", "err", err)
	}
	return nil
}

// sleep waits for some time, or until ctx ends.
func (o Options) sleep(ctx context.Context, d time.Duration) {
	timer := o.Clock.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.Chan():
	case <-ctx.Done():
	}
}

// next says how long it is until a copy is due. A copy from the future, when a clock was wrong, does not count.
func (o Options) next(ctx context.Context) (time.Duration, error) {
	all, err := o.copies(ctx)
	if err != nil {
		return 0, err
	}
	for _, c := range all {
		if !c.future {
			return c.made.Add(o.Every).Sub(o.Clock.Now()), nil
		}
	}
	return 0, nil
}

// after says how long it is until a copy is due, if this process made one then. One from the future does not count either.
func (o Options) after(last time.Time) time.Duration {
	now := o.now()
	if last.IsZero() || last.After(now) {
		return 0
	}
	return last.Add(o.Every).Sub(now)
}

// now is the time of the wall clock alone. What Go measures beside it stops while a machine sleeps.
func (o Options) now() time.Time { return o.Clock.Now().Round(0) }

// Once makes a copy now, deletes those that are too many, and returns the new file. If only deleting failed it returns both.
func Once(ctx context.Context, o Options) (file string, err error) {
	unlock, err := o.lock()
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	if err := o.sweep(); err != nil {
		return "", err
	}
	name := nameAt(o.Clock.Now())
	file = filepath.Join(o.Dir, name)
	if _, err := os.Lstat(file); err == nil {
		return "", errors.New("a backup of this second is there already")
	}
	unfinished := filepath.Join(o.Dir, "."+name+unfinishedEnd)
	if err := o.Make(ctx, unfinished); err != nil {
		if errors.Is(err, syscall.ENOSPC) {
			err = errFull
		}
		return "", pathless(err)
	}
	if err := o.publish(unfinished, file); err != nil {
		return "", errors.Join(err, pathless(os.Remove(unfinished)))
	}
	return file, o.prune(ctx)
}

// lock keeps other processes from making a copy here at the same time. The system lets go of it however the process ends.
func (o Options) lock() (unlock func() error, err error) {
	dir, err := os.Open(o.Dir)
	if err != nil {
		return nil, o.explained(err)
	}
	info, err := dir.Stat()
	if err == nil && !info.IsDir() {
		err = errors.New("--to names a file; it must be a folder")
	}
	if err == nil {
		err = unix.Access(o.Dir, unix.W_OK|unix.X_OK)
	}
	if err == nil && errors.Is(syscall.Flock(int(dir.Fd()), syscall.LOCK_EX|syscall.LOCK_NB), syscall.EWOULDBLOCK) {
		err = ErrBusy // file systems that know no locks do without
	}
	if err != nil {
		return nil, errors.Join(o.explained(err), dir.Close())
	}
	return dir.Close, nil
}

// publish gives a copy its name when it is on the disk.
func (o Options) publish(unfinished, file string) error {
	if err := syncFile(unfinished); err != nil {
		return o.explained(err)
	}
	if err := os.Rename(unfinished, file); err != nil {
		return o.explained(err)
	}
	return o.explained(syncFile(o.Dir))
}

// syncFile waits until a file, or what a folder lists, is on the disk.
func syncFile(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// explained says what an error of the folder means, and what to do.
func (o Options) explained(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, os.ErrNotExist):
		return errors.New("the folder of the backups is not there: make it, or mount the disk that it is on")
	case errors.Is(err, os.ErrPermission), errors.Is(err, syscall.EROFS):
		return fmt.Errorf("the folder of the backups cannot be used by this user, whose number is %d: %s", os.Geteuid(), pathless(err).Error())
	case errors.Is(err, syscall.ENOSPC):
		return errFull
	}
	return pathless(err)
}

var errFull = errors.New("there is no space for one more backup; nothing was deleted")

// pathless leaves out of an error the path in it, which may be a secret that was typed in the wrong place.
func pathless(err error) error {
	if path, ok := errors.AsType[*os.PathError](err); ok {
		return fmt.Errorf("%s: %w", path.Op, path.Err)
	}
	if link, ok := errors.AsType[*os.LinkError](err); ok {
		return fmt.Errorf("%s: %w", link.Op, link.Err)
	}
	return err
}
