package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync/atomic"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
	"github.com/jonboulle/clockwork"
)

// DefaultURL is Telegram's own Bot API server.
const DefaultURL = "https://api.telegram.org"

// callTimeout is how long Telegram may take for one call.
const callTimeout = 10 * time.Second

// Options say how to reach Telegram. Only Token is required.
type Options struct {
	Token   string
	URL     string          // default [DefaultURL]
	HTTP    *http.Client    // default: one that keeps 64 connections
	Clock   clockwork.Clock // default: the real one; a [*Clock] learns from the answers
	Log     *slog.Logger    // default: none
	Observe Observer        // told of every call; default: none
	Shared  Shared          // what all replicas book; default: there is one
	Slack   int             // how many times longer than usual all may take; default: 1
}

// Observer is told how each call went; it must be quick and safe for concurrent use.
type Observer func(method string, took time.Duration, kind Kind)

// Client performs calls. It is safe for concurrent use.
type Client struct {
	api     *tgbotapi.BotAPI // copied for each call, see invoke
	http    *http.Client
	clock   clockwork.Clock
	time    *Clock // the same, if it goes by Telegram's; may be nil
	log     *slog.Logger
	observe Observer
	gate    *Gate
	shared  Shared               // may be nil
	slack   int                  // see within
	files   string               // where files are, up to the path; holds the token
	me      atomic.Pointer[Self] // as Telegram said last
}

// Dial asks Telegram who the bot is. It fails if the token is wrong or Telegram
// cannot be reached.
func Dial(ctx context.Context, o Options) (*Client, error) {
	endpoint, err := endpoint(cmp.Or(o.URL, DefaultURL))
	if err != nil {
		return nil, err
	}
	if !tokenShape.MatchString(o.Token) {
		return nil, fmt.Errorf("telegram token: not of the form 123456:ABC-def: %w", ErrUnauthorized)
	}
	c := newClient(o)
	c.files = strings.TrimRight(cmp.Or(o.URL, DefaultURL), "/") + "/file/bot" + o.Token + "/"
	ctx, cancel := context.WithTimeout(ctx, c.within(callTimeout))
	defer cancel()
	wire := &exchange{ctx: ctx, http: c.http, time: c.time}
	c.api, err = tgbotapi.NewBotAPIWithClient(o.Token, endpoint, wire)
	if err != nil {
		return nil, failure(Call{Method: "getMe"}, err)
	}
	c.confirmTime(ctx)
	me, _ := splitAnswer(wire.body)
	return c, c.learnSelf(Result{Raw: me})
}

func newClient(o Options) *Client {
	c := &Client{http: o.HTTP, clock: o.Clock, log: o.Log, observe: o.Observe, shared: o.Shared, slack: max(1, o.Slack)}
	if c.http == nil {
		c.http = newHTTP()
	}
	if c.clock == nil {
		c.clock = clockwork.NewRealClock()
	}
	c.time, _ = c.clock.(*Clock)
	if c.log == nil {
		c.log = slog.New(slog.DiscardHandler)
	}
	if c.observe == nil {
		c.observe = func(string, time.Duration, Kind) {}
	}
	c.gate = NewGate(c.clock)
	return c
}

// newHTTP keeps enough connections for calls side by side, notices dead ones,
// and follows no redirect: the token would travel with it.
func newHTTP() *http.Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConns = 0
	transport.MaxIdleConnsPerHost = 64
	transport.HTTP2 = &http.HTTP2Config{SendPingTimeout: 15 * time.Second, PingTimeout: 5 * time.Second}
	return &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// tokenShape keeps out whatever would change the address it becomes part of.
var tokenShape = regexp.MustCompile(`^[0-9A-Za-z:_-]+$`)

// endpoint is the library's pattern for addresses: server, token, method.
func endpoint(server string) (string, error) {
	u, err := url.Parse(server)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return "", errors.New("telegram api url: must be an http or https address")
	}
	return strings.ReplaceAll(strings.TrimRight(server, "/"), "%", "%%") + "/bot%s/%s", nil
}

// Share has the client book its calls where all replicas do. It must be called before the first that is booked.
func (c *Client) Share(s Shared) { c.shared = s }

// Gate is where this client books its calls and notes its holds.
func (c *Client) Gate() *Gate { return c.gate }

// Held reports whether Telegram's "too many requests" still forbids the call.
func (c *Client) Held(call Call) (until time.Time, held bool) { return c.gate.Held(call) }

// Do performs the call once, in at most 10 seconds (a long poll may last as long
// as it asked for). It does not wait for limits but notes the holds Telegram
// imposes. All errors are [*Error].
//
// A reading call that fails while an update is handled is tried again, for up to
// ten seconds after the update came; others wait no longer for that.
//
// An ephemeral call whose anchor Telegram no longer accepts is repeated without
// it. An ephemeral call that went out to everybody is deleted at once and
// reported as [ErrNotEphemeral].
func (c *Client) Do(ctx context.Context, call Call) (Result, error) {
	if call.Reading() {
		return c.read(ctx, call)
	}
	result, err := c.once(ctx, call)
	if loose, anchored := call.Unanchored(); anchored {
		if kind := KindOf(err); kind == KindGone || kind == KindInvalid {
			result, err = c.once(ctx, loose)
		}
	}
	if err == nil && call.ephemeral() {
		err = c.retract(ctx, call, result)
	}
	return result, err
}

// once performs the call, measures it and notes a hold.
func (c *Client) once(ctx context.Context, call Call) (Result, error) {
	started := c.clock.Now()
	raw, err := c.invoke(ctx, call)
	c.compareTimes(ctx)
	kind := KindOf(err)
	c.observe(call.Method, c.clock.Since(started), kind)
	if kind == KindTooMany && call.Chat != 0 {
		until := c.clock.Now().Add(max(retryAfter(err), time.Second))
		if call.Reading() {
			c.gate.HoldReading(call.Chat, until)
		} else {
			c.hold(ctx, call.Chat, until)
		}
	}
	return Result{Raw: raw}, err
}

// hold notes that Telegram wants to hear nothing for a chat, and tells the other replicas, if it is a group.
func (c *Client) hold(ctx context.Context, chat int64, until time.Time) {
	c.gate.Hold(chat, until)
	if c.shared == nil || chat > 0 {
		return
	}
	if err := c.shared.HoldPace(ctx, chat, until); err != nil {
		c.log.Warn("other replicas do not know of a limit", "error", err)
	}
}

// invoke passes the call through the library. The library's client is set per
// call, on a copy, because that is the only way in for a context.
func (c *Client) invoke(ctx context.Context, call Call) ([]byte, error) {
	form, err := call.form()
	if err != nil {
		return nil, &Error{Method: call.Method, Code: http.StatusBadRequest, Description: "parameters cannot be encoded", cause: errMalformed}
	}
	ctx, cancel := context.WithTimeout(ctx, c.within(call.timeout()))
	defer cancel()
	api := *c.api
	_, waits := call.Params["timeout"]
	wire := &exchange{ctx: ctx, http: c.http, time: c.time, wait: waits, send: strings.HasPrefix(call.Method, "send"), keep: call.Method == "getUpdates"}
	api.Client = wire
	answer, err := request(&api, call, form)
	if err != nil {
		return nil, failure(call, err)
	}
	if wire.kept != nil {
		return wire.kept, nil
	}
	return answer.Result, nil
}

func request(api *tgbotapi.BotAPI, call Call, form map[string]string) (*tgbotapi.APIResponse, error) {
	if len(call.Files) == 0 {
		return api.MakeRequest(call.Method, form)
	}
	files := make([]tgbotapi.RequestFile, len(call.Files))
	for i, f := range call.Files {
		files[i] = tgbotapi.RequestFile{Name: f.Field, Data: tgbotapi.FileBytes{Name: f.Name, Bytes: f.Data}}
	}
	return api.UploadFiles(call.Method, form, files)
}

// within is how long something may take that usually takes no longer than d.
func (c *Client) within(d time.Duration) time.Duration { return d * time.Duration(c.slack) }

// timeout is how long the call may take: uploads and long polls get more.
func (c Call) timeout() time.Duration {
	limit := callTimeout
	if c.Reading() {
		limit = readTimeout
	}
	if len(c.Files) > 0 {
		limit += 2 * callTimeout
	}
	if seconds, ok := c.Params["timeout"].(int); ok { // a long poll
		limit = callTimeout + time.Duration(seconds)*time.Second
	}
	return limit
}

// retract takes back an ephemeral message that everybody can see. It does so
// even if the caller has lost interest in the meantime.
func (c *Client) retract(ctx context.Context, call Call, result Result) error {
	sent, err := result.Sent()
	if err == nil && sent.EphemeralID != 0 {
		return nil
	}
	if err == nil && sent.MessageID != 0 {
		if _, err := c.once(context.WithoutCancel(ctx), DeleteMessages(call.Chat, []int64{sent.MessageID})); err != nil {
			c.log.Error("a private answer was shown to everybody and could not be deleted", "error", err)
		}
	}
	return &Error{Method: call.Method, Description: ErrNotEphemeral.Error(), cause: ErrNotEphemeral}
}
