package app

import (
	"bytes"
	"database/sql"
	"log/slog"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/ops"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage"
)

// When the message log cannot be flushed in the background, that is counted and logged, without ids and texts.
func TestMessageLogFailureIsCountedAndLogged(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "ostrakon.db")
	metrics := ops.NewMetrics("v1", "", "go")
	var lines bytes.Buffer
	store, err := storage.Open(t.Context(), storage.Options{
		DSN: "sqlite:" + path, KeyFile: filepath.Join(dir, "key"), Defaults: moderation.DefaultPolicy(), Now: time.Now,
		FlushAt: 1, OnLogError: onLogError(metrics, slog.New(slog.NewTextHandler(&lines, nil))),
	})
	if err != nil {
		t.Fatal(err)
	}
	refuse(t, path)
	const chat, person, text = -1007777777777, 4242424242, "a word nobody else writes"
	seen := moderation.SeenMessage{
		Chat: chat, Message: 41, Update: 1, At: time.Now(), Author: moderation.Author{ID: person}, Name: "Mallory", Handle: "mallory",
		Said: moderation.Evidence{Text: text}, Role: moderation.RoleMember, Counts: true,
	}
	note := func(moderation.SeenMessage, moderation.Known) moderation.Noted { return moderation.Noted{} }
	if err := store.Observe(t.Context(), []moderation.SeenMessage{seen}, note); err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil { // which waits for the flush
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	metrics.ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	if !strings.Contains(w.Body.String(), "\nostrakon_message_log_failures_total 1\n") {
		t.Error("the failure is not counted")
	}
	line := lines.String()
	if strings.Count(line, "\n") != 1 || !strings.Contains(line, "level=ERROR") || !strings.Contains(line, "refused") {
		t.Errorf("logged is %q", line)
	}
	for _, secret := range []string{"7777777777", "4242424242", "41", text, "Mallory", "mallory"} {
		if strings.Contains(line[strings.Index(line, "level="):], secret) {
			t.Errorf("the log says %q: %s", secret, line)
		}
	}
}

// refuse has the database refuse index entries.
func refuse(t *testing.T, path string) {
	t.Helper()
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(`CREATE TRIGGER no BEFORE INSERT ON spot BEGIN SELECT raise(ABORT, 'refused'); END`); err != nil {
		t.Fatal(err)
	}
}
