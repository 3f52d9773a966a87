package cli

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/config"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage"
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
		if _, err := client.Do(context.WithoutCancel(t.Context()), wire.SetWebhook(address, "s", 1)); err != nil {
			t.Fatal(err)
		}
	}
	wants("updates: by polling, 0 wait")
	calls(other)
	wants("updates: by polling, but Telegram calls localhost:9 now; a start of this bot will end that")
	cfg.Telegram.Mode, cfg.Telegram.Webhook.URL = "webhook", ours
	wants("updates: by webhook, but Telegram calls another address, at localhost:9; a start of this bot will change that")
	if _, err := client.Do(t.Context(), wire.DeleteWebhook()); err != nil {
		t.Fatal(err)
	}
	wants("updates: by webhook, which is not registered yet; the first start does it, for 127.0.0.1:9")
	calls(ours)
	wants("updates: by webhook, registered for 127.0.0.1:9, 0 wait")
}

// wrongClock is a machine's clock that differs from Telegram's.
type wrongClock struct {
	clockwork.Clock
	fast time.Duration
}

func (c wrongClock) Now() time.Time                  { return c.Clock.Now().Add(c.fast) }
func (c wrongClock) Since(t time.Time) time.Duration { return c.Now().Sub(t) }
func (c wrongClock) Until(t time.Time) time.Duration { return t.Sub(c.Now()) }

// What `ostrakon check` says of the machine's clock.
func TestCheckComparesTheClocks(t *testing.T) {
	t.Parallel()
	telegram := clockwork.NewFakeClockAt(time.Date(2026, 9, 1, 12, 0, 0, 0, time.UTC))
	sim := tgsim.New(tgsim.Options{Now: telegram.Now})
	server := sim.Serve()
	t.Cleanup(server.Close)
	cfg := config.Default()
	cfg.Telegram.Token, cfg.Telegram.APIURL = config.Secret(sim.AddBot("OstrakonBot", "Ostrakon").Token()), server.URL
	cfg.Storage.DSN = "sqlite:" + t.TempDir() + "/none.db"
	for fast, want := range map[time.Duration]string{
		0:                  "clock: fine\n",
		time.Second:        "clock: fine\n",
		-5 * time.Minute:   "clock: the machine's clock is 5m0s slow; set it, for example by NTP. The bot goes by Telegram's\n",
		3 * 24 * time.Hour: "clock: the machine's clock is 72h0m0s fast; set it",
	} {
		// Telegram tells whole seconds, so that one may be missing.
		got := checkedBy(t, cfg, wrongClock{telegram, fast})
		if !strings.Contains(got, want) {
			t.Errorf("%v: check says\n%s", fast, got)
		}
	}
}

// What `ostrakon check` says of groups that the bot will leave: one list with a mistake in it could take it out of all of them.
func TestCheckCountsGroupsThatTheBotLeaves(t *testing.T) {
	t.Parallel()
	sim := tgsim.New(tgsim.Options{})
	server := sim.Serve()
	t.Cleanup(server.Close)
	dir := t.TempDir()
	cfg := config.Default()
	cfg.Telegram.Token, cfg.Telegram.APIURL = config.Secret(sim.AddBot("OstrakonBot", "Ostrakon").Token()), server.URL
	cfg.Storage.DSN, cfg.Privacy.KeyFile = "sqlite:"+filepath.Join(dir, "ostrakon.db"), filepath.Join(dir, "ostrakon.key")
	store, err := storage.Open(t.Context(), storage.Options{DSN: cfg.Storage.DSN, KeyFile: cfg.Privacy.KeyFile, Now: time.Now, Defaults: moderation.DefaultPolicy()})
	if err != nil {
		t.Fatal(err)
	}
	court := moderation.NewCourt(store, time.Now)
	for i, group := range []int64{-1001, -1002, -1003} {
		if err := court.Status(t.Context(), int64(i+1), group, moderation.Supergroup, moderation.Rights{Member: true}); err != nil {
			t.Fatal(err)
		}
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	for want, listed := range map[string][]int64{
		"": nil, "telegram.groups: the bot leaves 2 of 3 groups": {-1002, -1005}, "telegram.groups: the bot leaves 3 of 3 groups": {-1},
	} {
		cfg.Telegram.Groups = listed
		got := checked(t, cfg)
		if !strings.Contains(got, want) || want == "" && strings.Contains(got, "telegram.groups") {
			t.Errorf("check does not say %q:\n%s", want, got)
		}
	}
}
