package cli

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/config"
	"github.com/ostrakon-bot/ostrakon/internal/seal"
)

// The check finds a key file where an image of an earlier release put it, says where it should be, and makes none.
func TestCheckFindsKeyOfAnEarlierRelease(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	earlier, file := filepath.Join(dir, "data", "ostrakon.key"), filepath.Join(dir, "key", "ostrakon.key")
	for _, name := range []string{"data", "key"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	var cfg config.Config
	cfg.Storage.DSN, cfg.Privacy.KeyFile = "sqlite:"+filepath.Join(dir, "data", "ostrakon.db"), file
	var out bytes.Buffer
	if _, err := findKeyFile(&out, cfg); !errors.Is(err, seal.ErrNoFile) || out.Len() > 0 {
		t.Errorf("without any: %v, %s", err, out.String())
	}
	if _, err := seal.Create(earlier); err != nil {
		t.Fatal(err)
	}
	got, err := findKeyFile(&out, cfg)
	if err != nil || got != earlier || !strings.Contains(out.String(), "move it to "+file) {
		t.Errorf("%s, %v, %s", got, err, out.String())
	}
	if _, err := os.Stat(file); !os.IsNotExist(err) {
		t.Errorf("a key was made: %v", err)
	}
}
