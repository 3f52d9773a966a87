package config_test

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/config"
)

const token = "123456789:AAF-xyz_0"

// alone puts the test into an empty folder with none of our variables set.
func alone(t *testing.T) {
	t.Helper()
	t.Chdir(t.TempDir())
	for _, line := range os.Environ() {
		name, value, _ := strings.Cut(line, "=")
		if strings.HasPrefix(name, "OSTRAKON_") {
			t.Setenv(name, value) // restores it afterwards
			if err := os.Unsetenv(name); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// load reads text as ./config.yaml.
func load(t *testing.T, text string) (config.Config, error) {
	t.Helper()
	write(t, "config.yaml", text)
	return config.Load("")
}

func TestDefaultsAlone(t *testing.T) {
	alone(t)
	got, err := config.Load("")
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, config.Default()) {
		t.Errorf("got\n%v", got)
	}
	if got.Privacy.Retention != 90*24*time.Hour || got.Defaults["threshold"] != "auto" || got.Defaults["heavy"] != "jury" || got.Defaults["summon"] != "30m" || got.Storage.DSN != "sqlite:ostrakon.db" {
		t.Errorf("defaults differ from the contract:\n%v", got)
	}
}

func TestFileThenEnvironment(t *testing.T) {
	alone(t)
	t.Setenv("OSTRAKON_LOG_LEVEL", " debug\n")
	t.Setenv("OSTRAKON_DEFAULTS_QUORUM", "4")
	got, err := load(t, `
telegram:
  token: "`+token+`"
  api_url: https://bots.example.org/
log: {level: warn, format: json}
defaults:
  threshold: 4
  heavy: votes
  quiz: off
`)
	if err != nil {
		t.Fatal(err)
	}
	want := config.Default()
	want.Telegram.Token = token
	want.Telegram.APIURL = "https://bots.example.org"
	want.Log = config.Log{Level: "debug", Format: "json"}
	want.Defaults["threshold"] = "4"
	want.Defaults["heavy"] = "votes"
	want.Defaults["quorum"] = "4"
	want.Defaults["quiz"] = "off"
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%vwant\n%v", got, want)
	}
	if err := got.Validate(); err != nil {
		t.Error(err)
	}
}

func TestEveryKeyFromTheEnvironment(t *testing.T) {
	values := map[string]string{
		"OSTRAKON_TELEGRAM_TOKEN": token, "OSTRAKON_TELEGRAM_API_URL": "http://localhost:8081",
		"OSTRAKON_TELEGRAM_MODE": "webhook", "OSTRAKON_TELEGRAM_WEBHOOK_URL": "https://bot.example.org/in",
		"OSTRAKON_TELEGRAM_WEBHOOK_LISTEN": "127.0.0.1:8080", "OSTRAKON_TELEGRAM_WEBHOOK_SECRET": "s3cr3t",
		"OSTRAKON_STORAGE_DSN": "sqlite:/data/o.db", "OSTRAKON_PRIVACY_KEY_FILE": "/data/o.key",
		"OSTRAKON_PRIVACY_RETENTION": "4w", "OSTRAKON_HTTP_LISTEN": ":1", "OSTRAKON_LOG_LEVEL": "error",
		"OSTRAKON_LOG_FORMAT": "json", "OSTRAKON_DEFAULTS_THRESHOLD": "50", "OSTRAKON_DEFAULTS_QUORUM": "9",
		"OSTRAKON_DEFAULTS_WINDOW": "10s", "OSTRAKON_DEFAULTS_LADDER": "warn, ban", "OSTRAKON_DEFAULTS_LAPSE": "1w", "OSTRAKON_DEFAULTS_HEAVY": "votes", "OSTRAKON_DEFAULTS_SUMMON": "off",
		"OSTRAKON_DEFAULTS_CARD_AFTER": "0", "OSTRAKON_DEFAULTS_CARD_TTL": "0", "OSTRAKON_DEFAULTS_REPORT_LIMIT": "7",
		"OSTRAKON_DEFAULTS_DIGEST": "0 9 * * 1", "OSTRAKON_DEFAULTS_TIMEZONE": "Europe/Athens",
		"OSTRAKON_DEFAULTS_LANGUAGE": "pt-BR", "OSTRAKON_DEFAULTS_APPEALS": "admins", "OSTRAKON_DEFAULTS_QUIZ": "off",
		"OSTRAKON_TELEGRAM_GROUPS": "-1001234567890, -5", "OSTRAKON_STORAGE_EVIDENCE_LIMIT": "500mb", "OSTRAKON_DEFAULTS_CARD_DELAY": "0",
	}
	alone(t)
	for _, name := range config.Variables {
		if name == "OSTRAKON_TELEGRAM_TOKEN_FILE" {
			continue // excludes the token; TestTokenFile has it
		}
		value, ok := values[name]
		if !ok {
			t.Fatalf("%s is not in this test", name)
		}
		t.Setenv(name, value)
	}
	got, err := config.Load("")
	if err != nil {
		t.Fatal(err)
	}
	standard := config.Default().String()
	for line := range strings.Lines(got.String()) {
		if strings.Contains(standard, line) && !strings.HasPrefix(line, "telegram.token_file") {
			t.Errorf("not taken from the environment: %s", line)
		}
	}
}

func TestEnvironmentNamesAreUnique(t *testing.T) {
	list := config.Variables
	slices.Sort(list)
	if n := len(slices.Compact(slices.Clone(list))); n != len(list) {
		t.Errorf("%d keys share a variable", len(list)-n)
	}
}

func TestVariableSetToNothingCounts(t *testing.T) {
	alone(t)
	t.Setenv("OSTRAKON_HTTP_LISTEN", "")
	t.Setenv("OSTRAKON_TELEGRAM_TOKEN", "")
	got, err := load(t, "telegram: {token: '"+token+"'}\nhttp: {listen: ':9090'}\n")
	if err != nil {
		t.Fatal(err)
	}
	if got.HTTP.Listen != "" {
		t.Errorf("http.listen is %q, not off", got.HTTP.Listen)
	}
	if got.Telegram.Token != "" {
		t.Error("telegram.token survived")
	}
}

func TestPlaces(t *testing.T) {
	alone(t)
	other := filepath.Join(t.TempDir(), "other.conf")
	write(t, other, "log: {level: warn}")
	if _, err := load(t, "log: {level: nonsense}"); err == nil {
		t.Error("./config.yaml was not read")
	}
	got, err := config.Load(other)
	if err != nil || got.Log.Level != "warn" {
		t.Errorf("named file: level %q, error %v", got.Log.Level, err)
	}
	if _, err := config.Load("absent.yaml"); err == nil || !strings.Contains(err.Error(), "absent.yaml") {
		t.Errorf("absent file: %v", err)
	}
}

func TestTokenFile(t *testing.T) {
	alone(t)
	write(t, "token", " "+token+"\n")
	write(t, "empty", "\n")
	for _, test := range []struct{ name, text, problem string }{
		{"trimmed", "telegram: {token_file: token}", ""},
		{"both", "telegram: {token_file: token, token: '" + token + "'}",
			"telegram.token and telegram.token_file are both set; keep one of them"},
		{"empty", "telegram: {token_file: empty}", `telegram.token_file is "empty"; that file is empty`},
		{"absent", "telegram: {token_file: absent}", `telegram.token_file is "absent"; it cannot be read`},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := load(t, test.text)
			switch {
			case test.problem == "" && (err != nil || got.Telegram.Token != token || got.Validate() != nil):
				t.Errorf("got %v, %v", got.Telegram.Token, err)
			case test.problem != "" && (err == nil || !strings.HasPrefix(err.Error(), test.problem)):
				t.Errorf("got %v", err)
			}
		})
	}
}
