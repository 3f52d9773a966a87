package bot

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// files is a server that has files and knows who the bot is.
func files(t *testing.T, serve http.HandlerFunc) *Client {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/getMe") {
			fmt.Fprint(w, `{"ok":true,"result":{"id":1,"is_bot":true,"first_name":"O","username":"OstrakonBot"}}`)
			return
		}
		serve(w, r)
	}))
	t.Cleanup(server.Close)
	client, err := Dial(t.Context(), Options{Token: testToken, URL: server.URL + "/"})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func TestDownload(t *testing.T) {
	client := files(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/file/bot"+testToken+"/photos/file 1.jpg" || r.Method != http.MethodGet {
			http.NotFound(w, r)
			return
		}
		fmt.Fprint(w, "picture")
	})
	for _, c := range []struct {
		path string
		most int64
		want wire.Kind
	}{
		{"photos/file 1.jpg", 7, wire.KindOK}, {"photos/file 1.jpg", 6, wire.KindInvalid}, {"photos/file_2.jpg", 7, wire.KindGone},
		{"/var/lib/files/file_1.jpg", 7, wire.KindGone}, {"photos/../../getMe", 7, wire.KindGone}, {"", 7, wire.KindGone},
		{"photos/file_1.jpg?x=/%2e%2e/", 7, wire.KindGone}, {"photos/\x00", 7, wire.KindGone},
	} {
		data, err := client.Download(t.Context(), c.path, c.most)
		if wire.KindOf(err) != c.want || (string(data) == "picture") != (c.want == wire.KindOK) || errors.Is(err, wire.ErrTooLarge) != (c.want == wire.KindInvalid) {
			t.Errorf("%q, at most %d: %q, %v; want %s", c.path, c.most, data, err, c.want)
		}
	}
}

// What does not say how long it is must not be read for ever, and nothing that goes wrong says the token.
func TestDownloadThatGoesWrong(t *testing.T) {
	for name, c := range map[string]struct {
		serve http.HandlerFunc
		want  wire.Kind
	}{
		"endless": {func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				if _, err := fmt.Fprint(w, strings.Repeat("x", 4096)); err != nil {
					return
				}
			}
		}, wire.KindInvalid},
		"cut off": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			fmt.Fprint(w, "x")
		}, wire.KindTemporary},
		"no answer":    {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, wire.KindTemporary},
		"broken":       {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) }, wire.KindTemporary},
		"led away":     {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/elsewhere", http.StatusFound) }, wire.KindTemporary},
		"unauthorized": {page(http.StatusUnauthorized, `{"ok":false,"error_code":401,"description":"Unauthorized"}`), wire.KindUnauthorized},
		"too many":     {refused(429, "Too Many Requests: retry after 3", "retry_after", 3), wire.KindTooMany},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := files(t, c.serve).Download(t.Context(), "photos/file_1.jpg", 100)
			if wire.KindOf(err) != c.want {
				t.Errorf("%v is %s, want %s", err, wire.KindOf(err), c.want)
			}
			if text := fmt.Sprintf("%v %+v", err, err); strings.Contains(text, "AAtest") || strings.Contains(text, "file_1") || strings.Contains(text, "http") {
				t.Errorf("it tells too much: %s", text)
			}
		})
	}
	ctx, cancel := context.WithCancel(t.Context())
	client := files(t, func(http.ResponseWriter, *http.Request) {})
	cancel()
	if _, err := client.Download(ctx, "a", 1); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
