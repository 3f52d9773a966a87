package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/testdb"
)

func TestBackupRefuses(t *testing.T) {
	t.Chdir(t.TempDir())
	t.Setenv("OSTRAKON_STORAGE_DSN", "sqlite:ostrakon.db")
	for line, want := range map[string]string{
		"backup x.db --every 1h":           "need --to",
		"backup --every 1h":                "need --to",
		"backup x.db --keep 3":             "need --to",
		"backup x.db --to .":               "either",
		"backup --to=":                     "name of a folder",
		"backup --to sqlite:x.db":          "name of a folder",
		"backup --to . --keep 0":           "from 1 to 1000",
		"backup --to . --keep -1":          "from 1 to 1000",
		"backup --to . --keep many":        "does not take this value",
		"backup --to . --every 59s":        "from 1m to 366d",
		"backup --to . --every 1000d":      "from 1m to 366d",
		"backup --to . --every 99999999d":  "from 1m to 366d",
		"backup --to . --every -24h":       "from 1m to 366d",
		"backup --to . --every often":      "from 1m to 366d",
		"backup --to . --every=":           "from 1m to 366d",
		"backup --to .":                    "no database yet",
		"backup x.db":                      "no database yet",
		"backup --to zqnone --every 1h -x": "no such flag",
	} {
		if said := ran(t, strings.Fields(line)...); !strings.Contains(said, want) || strings.Contains(said, "zqnone") {
			t.Errorf("%s: %s; want %q", line, said, want)
		}
	}
	if files, err := filepath.Glob("*"); err != nil || len(files) > 0 {
		t.Errorf("it leaves %q, %v", files, err)
	}
	t.Setenv("OSTRAKON_STORAGE_DSN", "postgres://a:b@127.0.0.1:1/c")
	for _, line := range []string{"backup x.db", "backup --to .", "backup --to . --every 1h"} {
		if said := ran(t, strings.Fields(line)...); !strings.Contains(said, "pg_dump") {
			t.Errorf("%s: %s", line, said)
		}
	}
}

// Without --every it makes one copy, in a folder that has to be there, and keeps to --keep.
func TestBackupIntoFolder(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	t.Setenv("OSTRAKON_STORAGE_DSN", testdb.New(t, filepath.Join(dir, "ostrakon.db")))
	if said := ran(t, "backup", "--to", "copies"); !strings.Contains(said, "not there") || strings.Contains(said, "\n") {
		t.Error(said)
	}
	if err := os.Mkdir("copies", 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("copies/ostrakon-20200101T000000Z.db", []byte("of another program"), 0o600); err != nil {
		t.Fatal(err)
	}
	if said := ran(t, "backup", "--to", "copies", "--keep", "1"); !strings.HasPrefix(said, "copied to copies/ostrakon-2") {
		t.Error(said)
	}
	files, err := filepath.Glob("copies/*")
	if err != nil || len(files) != 2 {
		t.Errorf("%q, %v", files, err)
	}
	info, err := os.Stat(files[1])
	if err != nil || info.Mode().Perm() != 0o600 || info.Size() < 4096 {
		t.Errorf("%v, %v", info, err)
	}
}
