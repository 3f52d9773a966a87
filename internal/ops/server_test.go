package ops_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/ops"
)

// serve starts a server whose readiness is what the pointer holds.
func serve(t *testing.T) (server *ops.Server, trouble *atomic.Pointer[error]) {
	t.Helper()
	trouble = new(atomic.Pointer[error])
	ready := func(context.Context) error {
		if err := trouble.Load(); err != nil {
			return *err
		}
		return nil
	}
	server = ops.NewServer("127.0.0.1:0", ready, busy(), slog.New(slog.DiscardHandler))
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for range 2 { // the second time is nothing
			if err := server.Shutdown(context.Background()); err != nil {
				t.Error(err)
			}
		}
	})
	return server, trouble
}

func get(t *testing.T, server *ops.Server, method, path string) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, "http://"+server.Addr()+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	return response.StatusCode, body(t, response.Body)
}

func TestServer(t *testing.T) {
	server, trouble := serve(t)
	silence := errors.New("Telegram was not reached for 2m0s")
	for _, test := range []struct {
		method, path string
		trouble      *error
		status       int
		says         string
	}{
		{"GET", "/healthz", nil, 200, "ok\n"},
		{"GET", "/healthz", &silence, 200, "ok\n"},
		{"GET", "/readyz", nil, 200, "ok\n"},
		{"GET", "/readyz", &silence, 503, "Telegram was not reached for 2m0s\n"},
		{"GET", "/metrics", nil, 200, "ostrakon_outbox_depth 7"},
		{"POST", "/healthz", nil, 405, ""},
		{"GET", "/", nil, 404, ""},
	} {
		trouble.Store(test.trouble)
		status, text := get(t, server, test.method, test.path)
		if status != test.status || !strings.Contains(text, test.says) {
			t.Errorf("%s %s: %d %q, want %d %q", test.method, test.path, status, text, test.status, test.says)
		}
	}
}

func TestHealthcheck(t *testing.T) {
	server, _ := serve(t)
	_, port, _ := strings.Cut(server.Addr(), ":")
	for _, listen := range []string{server.Addr(), ":" + port, "0.0.0.0:" + port} {
		if err := ops.Healthcheck(t.Context(), listen); err != nil {
			t.Errorf("%s: %v", listen, err)
		}
	}
	if err := server.Shutdown(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, listen := range []string{"", "nonsense", server.Addr()} {
		if err := ops.Healthcheck(t.Context(), listen); err == nil {
			t.Errorf("%q is healthy", listen)
		}
	}
}

func TestServerThatIsOff(t *testing.T) {
	server := ops.NewServer("", nil, http.NotFoundHandler(), slog.New(slog.DiscardHandler))
	if err := server.Start(); err != nil || server.Addr() != "" {
		t.Errorf("error %v, address %q", err, server.Addr())
	}
	if err := server.Shutdown(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestTakenPortIsSaidAtOnce(t *testing.T) {
	server, _ := serve(t)
	second := ops.NewServer(server.Addr(), nil, http.NotFoundHandler(), slog.New(slog.DiscardHandler))
	if err := second.Start(); err == nil || !strings.HasPrefix(err.Error(), "http.listen: ") {
		t.Errorf("got %v", err)
	}
}

func TestLogger(t *testing.T) {
	for format, want := range map[string]string{"text": "level=WARN msg=case", "json": `"level":"WARN","msg":"case"`} {
		var out bytes.Buffer
		log, err := ops.NewLogger(&out, "warn", format)
		if err != nil {
			t.Fatal(err)
		}
		log.Info("hidden")
		log.Warn("case")
		if got := out.String(); !strings.Contains(got, want) || strings.Contains(got, "hidden") {
			t.Errorf("%s: %s", format, got)
		}
	}
	for _, bad := range [][2]string{{"loud", "text"}, {"info", "xml"}} {
		if _, err := ops.NewLogger(nil, bad[0], bad[1]); err == nil {
			t.Errorf("%v accepted", bad)
		}
	}
}
