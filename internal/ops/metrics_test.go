package ops_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"

	"github.com/ostrakon-bot/ostrakon/internal/ops"
)

func scrape(t *testing.T, m *ops.Metrics) string {
	t.Helper()
	w := httptest.NewRecorder()
	m.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	if w.Code != http.StatusOK {
		t.Fatalf("status %d: %s", w.Code, w.Body)
	}
	return w.Body.String()
}

// busy is a Metrics that has seen one of everything.
func busy() *ops.Metrics {
	m := ops.NewMetrics("v1.2.3", "0123456789ab", "go1.26.8")
	m.Update("message", time.Millisecond, nil)
	m.Update("callback_query", time.Second, errors.New("database is locked"))
	m.Telegram("sendMessage", "", 50*time.Millisecond)
	m.Telegram("deleteMessage", "429", 20*time.Millisecond)
	m.Case("upheld")
	m.OverBudget("press")
	m.Decision(5 * time.Minute)
	m.Job("tidy up", 2*time.Second, nil)
	m.Job("tidy up", 2*time.Second, errors.New("disk full"))
	m.WatchOutbox(func(context.Context) (int, time.Duration, error) { return 7, 90 * time.Second, nil })
	m.FileNotKept("disk")
	m.WatchFiles(func(context.Context) (kept, limit, free int64, err error) { return 5, 6, 8, nil })
	return m
}

func TestScrape(t *testing.T) {
	text := scrape(t, busy())
	for _, line := range []string{
		`ostrakon_build_info{commit="0123456789ab",go="go1.26.8",version="v1.2.3"} 1`,
		`ostrakon_update_duration_seconds_count{kind="message"} 1`,
		`ostrakon_update_duration_seconds_count{kind="callback_query"} 1`,
		`ostrakon_update_errors_total{kind="callback_query"} 1`,
		`ostrakon_telegram_call_duration_seconds_count{method="sendMessage"} 1`,
		`ostrakon_telegram_errors_total{kind="429",method="deleteMessage"} 1`,
		`ostrakon_cases_total{outcome="upheld"} 1`,
		`ostrakon_updates_over_budget_total{kind="press"} 1`,
		`ostrakon_decision_duration_seconds_bucket{le="300"} 1`,
		`ostrakon_decision_duration_seconds_bucket{le="120"} 0`,
		`ostrakon_job_duration_seconds_count{task="tidy up"} 2`,
		`ostrakon_job_errors_total{task="tidy up"} 1`,
		"ostrakon_outbox_depth 7",
		`ostrakon_files_not_kept_total{why="disk"} 1`,
		"ostrakon_evidence_bytes 5",
		"ostrakon_evidence_limit_bytes 6",
		"ostrakon_disk_free_bytes 8",
		"ostrakon_outbox_oldest_seconds 90",
	} {
		if !strings.Contains(text, "\n"+line+"\n") {
			t.Errorf("missing: %s", line)
		}
	}
	for _, prefix := range []string{"go_goroutines ", "process_resident_memory_bytes "} {
		if !strings.Contains(text, "\n"+prefix) {
			t.Errorf("missing: %s", prefix)
		}
	}
}

func TestNamesFollowTheCustom(t *testing.T) {
	problems, err := promlint.New(strings.NewReader(scrape(t, busy()))).Lint()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("%s: %s", p.Metric, p.Text)
	}
}

func TestUnreadableOutboxSparesTheRest(t *testing.T) {
	m := ops.NewMetrics("", "", "")
	m.Case("expired")
	m.WatchOutbox(func(context.Context) (int, time.Duration, error) { return 0, 0, errors.New("disk gone") })
	text := scrape(t, m)
	if !strings.Contains(text, "ostrakon_cases_total") || strings.Contains(text, "ostrakon_outbox_depth") {
		t.Errorf("got %s", text)
	}
}

// With PostgreSQL nobody knows the disk; and what cannot be read spares the rest.
func TestUnknownDisk(t *testing.T) {
	for free, fails := range map[int64]error{-1: nil, 8: errors.New("disk gone")} {
		m := ops.NewMetrics("", "", "")
		m.Case("expired")
		m.WatchFiles(func(context.Context) (int64, int64, int64, error) { return 5, 6, free, fails })
		text := scrape(t, m)
		if !strings.Contains(text, "ostrakon_cases_total") || strings.Contains(text, "ostrakon_disk_free_bytes") || strings.Contains(text, "ostrakon_evidence_bytes 5") == (fails != nil) {
			t.Errorf("got %s", text)
		}
	}
}

func BenchmarkUpdate(b *testing.B) {
	m := ops.NewMetrics("", "", "")
	b.ReportAllocs()
	for b.Loop() {
		m.Update("message", time.Millisecond, nil)
	}
}

func body(t *testing.T, r io.Reader) string {
	t.Helper()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
