package e2e

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/jonboulle/clockwork"
	"go.yaml.in/yaml/v3"

	"github.com/ostrakon-bot/ostrakon/internal/cli"
	"github.com/ostrakon-bot/ostrakon/internal/config"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage"
)

// ostrakon runs a subcommand on a machine with that clock, and returns what it prints. It must succeed.
func ostrakon(t *testing.T, cfg config.Config, machine clockwork.Clock, args ...string) string {
	t.Helper()
	text, err := yaml.Marshal(map[string]any{
		"telegram": map[string]any{"token": string(cfg.Telegram.Token), "api_url": cfg.Telegram.APIURL},
		"storage":  map[string]any{"dsn": cfg.Storage.DSN},
		"privacy":  map[string]any{"key_file": cfg.Privacy.KeyFile},
	})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "config.yaml")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	cmd := cli.Root(machine)
	cmd.SetOut(&out)
	cmd.SetArgs(append(args, "--config", file))
	if err := cmd.ExecuteContext(t.Context()); err != nil {
		t.Fatalf("ostrakon %v: %v\n%s", args, err, &out)
	}
	return out.String()
}

// verifyLedger exports the ledger and verifies the file.
func (w *world) verifyLedger() {
	w.t.Helper()
	path := filepath.Join(w.t.TempDir(), "ledger.txt")
	ostrakon(w.t, w.cfg, w.clock, "ledger", path)
	ostrakon(w.t, w.cfg, w.clock, "verify", path)
}

// openStore opens the bot's database as another process would, beside the bot.
func (w *world) openStore() (*storage.Store, error) {
	return storage.Open(w.ctx, storage.Options{
		DSN: w.cfg.Storage.DSN, KeyFile: w.cfg.Privacy.KeyFile, Defaults: moderation.DefaultPolicy(), Now: w.clock.Now,
	})
}
