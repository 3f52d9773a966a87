package storage_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/ostrakon-bot/ostrakon/storage"
)

// A copy is this database's if the same key file opens it, until a bot runs on the copy.
func TestWhoseBackup(t *testing.T) {
	onlySQLite(t)
	t.Parallel()
	d, other := newDesk(t), newDesk(t)
	ours, theirs, text := d.path+".ours", d.path+".theirs", d.path+".text"
	d.must(storage.Backup(t.Context(), d.opts.DSN, ours))
	d.must(storage.Backup(t.Context(), other.opts.DSN, theirs))
	d.must(os.WriteFile(text, []byte("no database"), 0o600))
	for file, want := range map[string]bool{ours: true, theirs: false, text: false, d.path: false, d.path + ".none": false} {
		before, _ := os.ReadFile(file)
		if got, err := storage.IsBackup(t.Context(), d.opts.DSN, file); got != want || err != nil {
			t.Errorf("%s: %v, %v", filepath.Base(file), got, err)
		}
		if after, _ := os.ReadFile(file); string(before) != string(after) {
			t.Errorf("%s was changed", filepath.Base(file))
		}
	}
}
