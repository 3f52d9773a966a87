package app

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/ostrakon-bot/ostrakon/internal/config"
	"github.com/ostrakon-bot/ostrakon/internal/pgtest"
	"github.com/ostrakon-bot/ostrakon/internal/scratch"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// longestWait is how long, in real time, a test waits for something that should come at once.
const longestWait = 5 * time.Minute

// telegram is a simulated Telegram with the account of a bot, and the configuration of who uses it.
type telegram struct {
	t     *testing.T
	ctx   context.Context
	clock *clockwork.FakeClock
	sim   *tgsim.Sim
	bot   *tgsim.Bot
	cfg   config.Config
}

func newTelegram(t *testing.T) *telegram {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), longestWait)
	t.Cleanup(cancel)
	tg := &telegram{t: t, ctx: ctx, clock: clockwork.NewFakeClockAt(time.Date(2026, 9, 1, 12, 0, 0, 0, time.UTC)), cfg: config.Default()}
	tg.sim = tgsim.New(tgsim.Options{Now: tg.clock.Now})
	server := tg.sim.Serve()
	t.Cleanup(server.Close)
	tg.bot = tg.sim.AddBot("OstrakonBot", "Ostrakon")
	tg.cfg.Telegram.Token, tg.cfg.Telegram.APIURL = config.Secret(tg.bot.Token()), server.URL
	dir := scratch.Dir(t)
	tg.cfg.Storage.DSN = "sqlite:" + filepath.Join(dir, "ostrakon.db")
	if os.Getenv("OSTRAKON_TEST_DATABASE") == "postgres" {
		tg.cfg.Storage.DSN = pgtest.Start(t, false).Database(t)
	}
	tg.cfg.Privacy.KeyFile, tg.cfg.HTTP.Listen = filepath.Join(dir, "ostrakon.key"), ""
	return tg
}

// open opens a bot, whose machine has that clock.
func (tg *telegram) open(clock clockwork.Clock) *App {
	tg.t.Helper()
	a, err := Open(tg.ctx, tg.cfg, clock, slog.New(slog.DiscardHandler), Slack(60))
	if err != nil {
		tg.t.Fatal(err)
	}
	return a
}

// run starts a bot, which ends with the test, and waits until it has nothing to do.
func (tg *telegram) run() *App {
	tg.t.Helper()
	a := tg.open(tg.clock)
	ctx, quit := context.WithCancel(tg.ctx)
	gone := make(chan error, 1)
	go func() { gone <- a.Run(ctx) }()
	tg.t.Cleanup(func() {
		quit()
		if err := <-gone; err != nil {
			tg.t.Errorf("the bot ended badly: %v", err)
		}
	})
	if tg.cfg.Telegram.Mode == "webhook" {
		select {
		case <-a.hook.registered:
		case <-tg.ctx.Done():
			tg.t.Fatal("the webhook was not registered")
		}
	}
	if err := a.WaitIdle(tg.ctx, tg.sim, tg.clock.Advance); err != nil {
		tg.t.Fatal(err)
	}
	return a
}

// byWebhook has Telegram call the bot, at an address where nobody else listens.
func (tg *telegram) byWebhook() {
	tg.t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tg.t.Fatal(err)
	}
	defer l.Close()
	w := &tg.cfg.Telegram
	w.Mode, w.Webhook.Listen, w.Webhook.URL = "webhook", l.Addr().String(), "http://"+l.Addr().String()+"/"
}

// webhookIs reports an error unless Telegram calls that address.
func (tg *telegram) webhookIs(address string) error {
	raw, err := tg.bot.Call("getWebhookInfo", nil)
	var info struct{ URL string }
	if err == nil {
		err = json.Unmarshal(raw, &info)
	}
	if err == nil && info.URL != address {
		err = fmt.Errorf("it is %q", info.URL)
	}
	return err
}
