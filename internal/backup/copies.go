package backup

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"time"
)

const (
	nameBegin     = "ostrakon-"
	nameTime      = "20060102T150405Z"
	nameEnd       = ".db"
	unfinishedEnd = ".part"
)

var (
	nameForm = regexp.MustCompile(`^ostrakon-\d{8}T\d{6}Z\.db$`)
	// unfinishedForm matches what a process that was killed leaves behind: a copy, and what SQLite has beside one.
	unfinishedForm = regexp.MustCompile(`^\.ostrakon-\d{8}T\d{6}Z\.db\.part(-journal|-wal|-shm)?$`)
)

// nameAt is the name of a copy that is made at a time. Names sort as the times do.
func nameAt(t time.Time) string { return nameBegin + t.UTC().Format(nameTime) + nameEnd }

// finished is one copy that has its name.
type finished struct {
	file   string
	made   time.Time
	future bool // made by a clock that was ahead of this one
}

// copies lists the finished copies of this database, the newest first. Those from the future come last, since nobody knows how old they
// are.
func (o Options) copies(ctx context.Context) (all []finished, err error) {
	entries, err := os.ReadDir(o.Dir)
	if err != nil {
		return nil, o.explained(err)
	}
	now := o.Clock.Now()
	for _, e := range entries {
		if !nameForm.MatchString(e.Name()) || !e.Type().IsRegular() {
			continue
		}
		at, err := time.Parse(nameBegin+nameTime+nameEnd, e.Name())
		if err != nil {
			continue // such as the 30th of February
		}
		file := filepath.Join(o.Dir, e.Name())
		ours, err := o.Ours(ctx, file)
		if err != nil {
			return nil, err
		}
		if ours {
			all = append(all, finished{file, at, at.After(now)})
		}
	}
	slices.SortFunc(all, func(a, b finished) int {
		if a.future != b.future {
			return cmp.Compare(btoi(a.future), btoi(b.future))
		}
		return b.made.Compare(a.made)
	})
	return all, nil
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// prune deletes the copies that are too many, the oldest.
func (o Options) prune(ctx context.Context) error {
	all, err := o.copies(ctx)
	if err != nil {
		return fmt.Errorf("look for old backups: %w", err)
	}
	var failed error
	for _, c := range all[min(o.Keep, len(all)):] {
		failed = errors.Join(failed, os.Remove(c.file))
	}
	if failed != nil {
		return fmt.Errorf("delete an old backup: %w", pathless(failed))
	}
	return o.explained(syncFile(o.Dir))
}

// sweep deletes what a process left that was killed while it made a copy. Nobody else makes one now.
func (o Options) sweep() error {
	entries, err := os.ReadDir(o.Dir)
	if err != nil {
		return o.explained(err)
	}
	for _, e := range entries {
		if !unfinishedForm.MatchString(e.Name()) {
			continue
		}
		if err := os.Remove(filepath.Join(o.Dir, e.Name())); err != nil {
			return o.explained(err)
		}
	}
	return nil
}
