package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/config"
	"github.com/ostrakon-bot/ostrakon/internal/seal"
	"github.com/ostrakon-bot/ostrakon/internal/testdb"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage"
)

// The check finds a key file where an image of an earlier release put it, and says where it should be. It makes none, and has nobody move one
// that is not this database's.
func TestCheckFindsKeyOfAnEarlierRelease(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	database, earlier, file := filepath.Join(dir, "data", "ostrakon.db"), filepath.Join(dir, "data", "ostrakon.key"), filepath.Join(dir, "key", "ostrakon.key")
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(os.Mkdir(filepath.Join(dir, "data"), 0o700))
	must(os.Mkdir(filepath.Join(dir, "key"), 0o700))
	var cfg config.Config
	cfg.Storage.DSN, cfg.Privacy.KeyFile = testdb.New(t, database), file
	check := func(name, said, refused string) {
		t.Helper()
		var out bytes.Buffer
		store, err := openStore(t.Context(), &out, cfg, time.Now)
		if err == nil {
			must(store.Close())
		}
		if (err != nil) != (refused != "") || err != nil && !strings.Contains(err.Error(), refused) || out.Len() > 0 != (said != "") || !strings.Contains(out.String(), said) {
			t.Errorf("%s: %v, %s", name, err, out.String())
		}
		if _, err := os.Stat(file); !os.IsNotExist(err) {
			t.Errorf("%s: a key was made: %v", name, err)
		}
	}
	check("neither a key nor a database that has one", "", "no key file")
	store, err := storage.Open(t.Context(), storage.Options{DSN: cfg.Storage.DSN, KeyFile: earlier, Defaults: moderation.DefaultPolicy(), Now: time.Now})
	must(err)
	must(store.Close())
	check("a key beside the database", "it is at "+earlier+", where an earlier release put it; move it to "+file, "")
	must(os.Remove(earlier))
	check("no key", "", "is missing")
	_, err = seal.Create(earlier)
	must(err)
	check("another's key beside the database", "", "is missing")
}
