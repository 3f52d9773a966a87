package bot

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// patient is for how long a test waits for what must happen. It only turns a test that would hang into one that fails.
const patient = 5 * time.Minute

const testToken = "123456:AAtestTokenThatMustNeverBeSeen_0123"

// said is one request as Telegram got it.
type said struct {
	method string
	form   url.Values
}

// telegram is a Bot API server of a few lines: a queue of updates and answers
// laid down beforehand.
type telegram struct {
	t   testing.TB
	url string

	mu      sync.Mutex
	queue   []queued
	offsets []int64 // of all getUpdates, as they change
	asked   int     // how many getUpdates there were
	answers map[string][]http.HandlerFunc
	said    []said
	changed chan struct{} // closed and replaced whenever something happens

	confirms func(update int64) // called of each update that is confirmed; may be nil
}

type queued struct {
	id  int64
	raw string
}

func newTelegram(t testing.TB) *telegram {
	tg := &telegram{t: t, answers: map[string][]http.HandlerFunc{}, changed: make(chan struct{})}
	server := httptest.NewServer(tg)
	t.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
	})
	tg.url = server.URL
	return tg
}

// answer lays down what the next call of the method gets, once for each.
func (tg *telegram) answer(method string, answers ...http.HandlerFunc) {
	tg.mu.Lock()
	defer tg.mu.Unlock()
	tg.answers[method] = append(tg.answers[method], answers...)
}

// push queues updates.
func (tg *telegram) push(raws ...string) {
	tg.mu.Lock()
	defer tg.mu.Unlock()
	for _, raw := range raws {
		u, _ := wire.DecodeUpdate([]byte(raw)) // one that cannot be read has its number all the same
		tg.queue = append(tg.queue, queued{u.ID, raw})
	}
	tg.signal()
}

// signal wakes those who wait; mu is held.
func (tg *telegram) signal() {
	close(tg.changed)
	tg.changed = make(chan struct{})
}

// wait returns once the condition holds; it fails the test if it never does.
func (tg *telegram) wait(what string, holds func() bool) {
	tg.t.Helper()
	deadline := time.After(patient)
	for {
		tg.mu.Lock()
		ok, changed := holds(), tg.changed
		tg.mu.Unlock()
		if ok {
			return
		}
		select {
		case <-changed:
		case <-deadline:
			tg.t.Fatalf("never happened: %s", what)
		}
	}
}

// confirmed waits until all updates before offset are confirmed.
func (tg *telegram) confirmed(offset int64) {
	tg.t.Helper()
	tg.wait(fmt.Sprintf("offset %d", offset), func() bool { return tg.highest() >= offset })
}

func (tg *telegram) highest() (offset int64) {
	for _, o := range tg.offsets {
		offset = max(offset, o)
	}
	return offset
}

// calls are the requests other than getMe and getUpdates, once there are n.
func (tg *telegram) calls(n int) []said {
	tg.t.Helper()
	tg.wait(fmt.Sprintf("%d calls", n), func() bool { return len(tg.said) >= n })
	tg.mu.Lock()
	defer tg.mu.Unlock()
	return append([]said(nil), tg.said...)
}

func (tg *telegram) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	method, found := strings.CutPrefix(r.URL.Path, "/bot"+testToken+"/")
	if !found {
		refused(401, "Unauthorized")(w, r)
		return
	}
	if err := r.ParseMultipartForm(1 << 20); err != nil && !errors.Is(err, http.ErrNotMultipart) {
		tg.t.Errorf("%s: %v", method, err)
	}
	if laid := tg.note(method, r.Form); laid != nil {
		laid(w, r)
		return
	}
	switch method {
	case "getMe":
		fmt.Fprint(w, `{"ok":true,"result":{"id":42,"is_bot":true,"first_name":"Ostrakon","username":"OstrakonBot","can_read_all_group_messages":true}}`)
	case "getUpdates":
		tg.getUpdates(w, r)
	default:
		fmt.Fprint(w, `{"ok":true,"result":{"message_id":7,"ephemeral_message_id":3}}`)
	}
}

func (tg *telegram) note(method string, form url.Values) http.HandlerFunc {
	tg.mu.Lock()
	defer tg.mu.Unlock()
	defer tg.signal()
	if method != "getMe" && method != "getUpdates" {
		tg.said = append(tg.said, said{method, form})
	}
	laid := tg.answers[method]
	if len(laid) == 0 {
		return nil
	}
	tg.answers[method] = laid[1:]
	return laid[0]
}

func (tg *telegram) getUpdates(w http.ResponseWriter, r *http.Request) {
	offset, _ := strconv.ParseInt(r.Form.Get("offset"), 10, 64)
	limit, _ := strconv.Atoi(r.Form.Get("limit"))
	tg.mu.Lock()
	tg.asked++
	tg.signal()
	tg.mu.Unlock()
	for {
		raws, changed := tg.from(offset, limit)
		if len(raws) > 0 || r.Form.Get("timeout") == "0" {
			fmt.Fprintf(w, `{"ok":true,"result":[%s]}`, strings.Join(raws, ","))
			return
		}
		select {
		case <-changed:
		case <-r.Context().Done():
			return
		}
	}
}

// from confirms all before offset and returns what comes next.
func (tg *telegram) from(offset int64, limit int) (raws []string, changed chan struct{}) {
	tg.mu.Lock()
	defer tg.mu.Unlock()
	if len(tg.offsets) == 0 || tg.offsets[len(tg.offsets)-1] != offset {
		tg.offsets = append(tg.offsets, offset)
		tg.signal()
	}
	for len(tg.queue) > 0 && tg.queue[0].id < offset {
		if tg.confirms != nil {
			tg.confirms(tg.queue[0].id)
		}
		tg.queue = tg.queue[1:]
	}
	for _, q := range tg.queue[:min(limit, len(tg.queue))] {
		raws = append(raws, q.raw)
	}
	return raws, tg.changed
}

// ok answers with a result.
func ok(result string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintf(w, `{"ok":true,"result":%s}`, result) }
}

// refused answers with an error; parameters are pairs of name and value.
func refused(code int, description string, parameters ...any) http.HandlerFunc {
	answer := map[string]any{"ok": false, "error_code": code, "description": description}
	if len(parameters) > 0 {
		answer["parameters"] = map[string]any{parameters[0].(string): parameters[1]}
	}
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(code)
		_ = json.NewEncoder(w).Encode(answer)
	}
}

// page answers as a proxy would.
func page(code int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(code)
		fmt.Fprint(w, body)
	}
}

// dial connects a client to the server, with a clock that stands still.
func (tg *telegram) dial(change ...func(*Options)) (*Client, *clockwork.FakeClock) {
	tg.t.Helper()
	clock := clockwork.NewFakeClock()
	o := Options{Token: testToken, URL: tg.url, Clock: clock, Log: slog.New(slog.NewTextHandler(tg.t.Output(), nil))}
	for _, c := range change {
		c(&o)
	}
	client, err := Dial(tg.t.Context(), o)
	if err != nil {
		tg.t.Fatal(err)
	}
	client.ephemeral.Store(true) // as if the server had said so
	return client, clock
}

// message, press, … are updates as Telegram writes them.
func messageUpdate(id, chat int64, text string) string {
	return fmt.Sprintf(`{"update_id":%d,"message":{"message_id":%d,"date":1787000000,"chat":{"id":%d,"type":"supergroup","title":"Pnyx"},`+
		`"from":{"id":5,"is_bot":false,"first_name":"Kimon"},"text":%q}}`, id, id, chat, text)
}

func pressUpdate(id, chat int64, data string) string {
	return fmt.Sprintf(`{"update_id":%d,"callback_query":{"id":"q%d","from":{"id":5,"is_bot":false,"first_name":"Kimon"},"chat_instance":"1",`+
		`"message":{"message_id":9,"date":1787000000,"chat":{"id":%d,"type":"supergroup"}},"data":%q}}`, id, id, chat, data)
}

func membershipUpdate(id, chat int64) string {
	member := func(status string) string {
		return `{"user":{"id":5,"is_bot":false,"first_name":"Kimon"},"status":"` + status + `"}`
	}
	return fmt.Sprintf(`{"update_id":%d,"chat_member":{"chat":{"id":%d,"type":"supergroup"},"from":{"id":5,"is_bot":false,"first_name":"Kimon"},`+
		`"date":1787000000,"old_chat_member":%s,"new_chat_member":%s}}`, id, chat, member("left"), member("member"))
}

// polls is how often getUpdates was called, and what is closed when something happens.
func (tg *telegram) polls() (int, <-chan struct{}) {
	tg.mu.Lock()
	defer tg.mu.Unlock()
	return tg.asked, tg.changed
}
