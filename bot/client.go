package bot

import (
	"context"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
	"github.com/jonboulle/clockwork"

	"github.com/ostrakon-bot/ostrakon/bot/ratelimit"
	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// DefaultURL is Telegram's own Bot API server.
const DefaultURL = "https://api.telegram.org"

// callTimeout is how long Telegram may take for one call.
const callTimeout = 10 * time.Second

// Options say how to reach Telegram. Only Token is required.
type Options struct {
	Token   string
	URL     string           // default [DefaultURL]
	HTTP    *http.Client     // default: one that keeps 64 connections
	Clock   clockwork.Clock  // default: the real one; a [*Clock] learns from the answers
	Log     *slog.Logger     // default: none
	Observe Observer         // is told of every call; default: none
	Shared  ratelimit.Shared // where all replicas book; default: there is one replica
	Slack   int              // multiplies all time limits, for a slow machine; default: 1
}

// Observer is told how each call went; it must be quick and safe for concurrent use.
type Observer func(method string, took time.Duration, kind wire.Kind)

// Client performs calls. It is safe for concurrent use.
type Client struct {
	api     *tgbotapi.BotAPI // copied for each call, see invoke
	http    *http.Client
	clock   clockwork.Clock
	time    *Clock // the same clock, if it learns from Telegram; may be nil
	log     *slog.Logger
	observe Observer
	limits  *ratelimit.Limiter
	slack   int                       // see within
	files   string                    // the address of files without their path; holds the token
	me      atomic.Pointer[wire.Self] // as Telegram said last

	// OnWipeable is told of each message that was sent and can be wiped, and when sending it began. It is set before the first
	// such call; nil for nobody.
	OnWipeable func(ctx context.Context, call wire.Call, sent wire.Sent, began time.Time)

	ephemeral atomic.Bool // see [Client.LearnServer]
}

func newClient(o Options) *Client {
	c := &Client{http: o.HTTP, clock: o.Clock, log: o.Log, observe: o.Observe, slack: max(1, o.Slack)}
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
		c.observe = func(string, time.Duration, wire.Kind) {}
	}
	c.limits = ratelimit.New(c.clock)
	c.limits.Share(o.Shared)
	return c
}

// newHTTP keeps enough connections for concurrent calls and notices dead ones. It
// follows no redirect, because the token would go with it.
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

// within is the time limit d, multiplied for a slow machine.
func (c *Client) within(d time.Duration) time.Duration { return d * time.Duration(c.slack) }
