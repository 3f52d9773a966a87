package main

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jonboulle/clockwork"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/internal/config"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// checked is what `ostrakon check` prints.
func checked(t *testing.T, cfg config.Config) string {
	t.Helper()
	return checkedBy(t, cfg, clockwork.NewRealClock())
}

// checkedBy is what it prints on a machine with that clock.
func checkedBy(t *testing.T, cfg config.Config, machine clockwork.Clock) string {
	t.Helper()
	var out bytes.Buffer
	cmd := checkCommand(func() (config.Config, error) { return cfg, nil }, machine)
	cmd.SetOut(&out)
	cmd.SetArgs([]string{}) // nil would be the arguments of the test
	if err := cmd.ExecuteContext(t.Context()); err != nil {
		t.Fatalf("check: %v\n%s", err, &out)
	}
	return out.String()
}

func TestCheckTellsHowUpdatesComeIn(t *testing.T) {
	t.Parallel()
	sim := tgsim.New(tgsim.Options{})
	server := sim.Serve()
	t.Cleanup(server.Close)
	me := sim.AddBot("OstrakonBot", "Ostrakon")
	cfg := config.Default()
	cfg.Telegram.Token, cfg.Telegram.APIURL = config.Secret(me.Token()), server.URL
	cfg.Storage.DSN = "sqlite:" + filepath.Join(t.TempDir(), "ostrakon.db")
	client, err := bot.Dial(t.Context(), bot.Options{Token: me.Token(), URL: server.URL})
	if err != nil {
		t.Fatal(err)
	}
	wants := func(words string) {
		t.Helper()
		got := checked(t, cfg)
		if !strings.Contains(got, words) || strings.Contains(got, "secret-path") {
			t.Errorf("check does not say %q, or says too much:\n%s", words, got)
		}
	}
	const ours, other = "http://127.0.0.1:9/secret-path", "http://localhost:9/secret-path"
	calls := func(address string) {
		t.Helper()
		if _, err := client.Do(context.WithoutCancel(t.Context()), bot.SetWebhook(address, "s", 1)); err != nil {
			t.Fatal(err)
		}
	}
	wants("updates: by polling, 0 wait")
	calls(other)
	wants("updates: by polling, but Telegram calls localhost:9 now; a start of this bot will end that")
	cfg.Telegram.Mode, cfg.Telegram.Webhook.URL = "webhook", ours
	wants("updates: by webhook, but Telegram calls another address, at localhost:9; a start of this bot will change that")
	if _, err := client.Do(t.Context(), bot.DeleteWebhook()); err != nil {
		t.Fatal(err)
	}
	wants("updates: by webhook, which is not registered yet; the first start does it, for 127.0.0.1:9")
	calls(ours)
	wants("updates: by webhook, registered for 127.0.0.1:9, 0 wait")
}
