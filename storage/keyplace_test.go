package storage_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/scratch"
	"github.com/ostrakon-bot/ostrakon/storage"
)

// An image of an earlier release had the key beside the database. It is found there when the image has another place for it. A key that is
// not this database's is not taken, and none is made.
func TestKeyFileOfAnEarlierRelease(t *testing.T) {
	onlySQLite(t)
	t.Parallel()
	d := newDesk(t)
	d.close()
	beside := filepath.Join(filepath.Dir(d.path), "ostrakon.key")
	d.must(os.Rename(d.opts.KeyFile, beside))
	d.opts.KeyFile = filepath.Join(scratch.Dir(t), "ostrakon.key")
	d.open()
	if got := d.KeyFile(); got != beside {
		t.Errorf("it was found at %s, want %s", got, beside)
	}
	d.close()
	if _, err := os.Stat(d.opts.KeyFile); !os.IsNotExist(err) {
		t.Errorf("a second key was made: %v", err)
	}

	other := newDesk(t)
	text, err := os.ReadFile(other.opts.KeyFile)
	d.must(err)
	d.must(os.Rename(beside, beside+".moved"))
	d.must(os.WriteFile(beside, text, 0o600))
	if s, err := storage.Open(t.Context(), d.opts); err == nil {
		d.must(s.Close())
		t.Error("opened with another's key")
	} else if !strings.Contains(err.Error(), "is missing") {
		t.Error(err)
	}

	d.must(os.Rename(beside+".moved", d.opts.KeyFile))
	d.open()
	if got := d.KeyFile(); got != d.opts.KeyFile {
		t.Errorf("after moving it was found at %s", got)
	}
}
