// Package app puts the bot together: it opens the database, asks Telegram who the bot is, joins the outbox to the
// handlers, and runs everything until it is told to stop. It promises that a bot that stops has finished what it began.
// It decides no case and knows no command: the packages that it joins do.
package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/jonboulle/clockwork"
	"golang.org/x/sync/errgroup"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers"
	"github.com/ostrakon-bot/ostrakon/internal/config"
	"github.com/ostrakon-bot/ostrakon/internal/ops"
	"github.com/ostrakon-bot/ostrakon/internal/outbox"
	"github.com/ostrakon-bot/ostrakon/internal/schedule"
	"github.com/ostrakon-bot/ostrakon/internal/timetable"
	"github.com/ostrakon-bot/ostrakon/internal/version"
	"github.com/ostrakon-bot/ostrakon/internal/zone"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage"
)

// App is the whole program, put together.
type App struct {
	cfg        config.Config
	clock      clockwork.Clock // Telegram's
	time       *bot.Clock      // the same
	toldOff    time.Duration   // how wrong the machine's clock was when that was last logged
	log        *slog.Logger
	metrics    *ops.Metrics
	store      *storage.Store
	court      *moderation.Court
	client     *bot.Client
	handlers   *handlers.Handlers
	receiver   *bot.Receiver
	outbox     *outbox.Worker
	jobs       *schedule.Schedule
	introduced chan struct{} // closed when telegram was taught once what it shall know of the bot
	lost       chan struct{} // a press came without its message; holds one

	hooked   atomic.Bool            // the webhook is registered
	tookBack atomic.Int64           // when it was last undone that updates went elsewhere, unix seconds
	taken    atomic.Pointer[string] // where they go, and are left to go
	reached  atomic.Int64           // when Telegram last answered, unix seconds
	slack    int                    // how many times longer than usual a call may take
}

// An Option changes how the bot runs.
type Option func(*App)

// Slack lets calls take so many times longer than usual. It is for busy machines, such as those of tests.
func Slack(times int) Option { return func(a *App) { a.slack = times } }

// Open opens the database, asks Telegram who the bot is, and puts the parts together. Nothing runs
// yet. If Telegram cannot be reached it is asked again until ctx ends; a refused token is an error.
func Open(ctx context.Context, cfg config.Config, clock clockwork.Clock, log *slog.Logger, options ...Option) (*App, error) {
	a := &App{
		cfg: cfg, time: bot.NewClock(clock), log: log, slack: 1, introduced: make(chan struct{}), lost: make(chan struct{}, 1),
	}
	a.clock = a.time
	for _, set := range options {
		set(a)
	}
	v := version.Get()
	a.metrics = ops.NewMetrics(v.Version, v.Commit, v.Go)
	policy, err := DefaultPolicy(cfg.Defaults)
	if err != nil {
		return nil, err
	}
	// Telegram is asked first, because it is what tells the time.
	if a.client, err = a.dial(ctx); err != nil {
		return nil, err
	}
	_ = a.watchClock(ctx) // which cannot fail
	a.store, err = storage.Open(ctx, storage.Options{
		DSN: cfg.Storage.DSN, KeyFile: cfg.Privacy.KeyFile, Defaults: policy, Now: a.clock.Now,
	})
	if err != nil {
		return nil, err
	}
	a.client.Share(a.shared())
	// Telegram has just answered. Whether the bot was away for too long must be known before the first update.
	if err := a.store.Watch(ctx, a.clock.Now()); err != nil {
		return nil, errors.Join(err, a.store.Close())
	}
	if err := a.wire(); err != nil {
		return nil, errors.Join(err, a.store.Close())
	}
	return a, nil
}

// dial asks Telegram who the bot is, for as long as it takes.
func (a *App) dial(ctx context.Context) (*bot.Client, error) {
	for {
		client, err := bot.Dial(ctx, bot.Options{
			Token: string(a.cfg.Telegram.Token), URL: a.cfg.Telegram.APIURL, Clock: a.clock, Log: a.log, Observe: a.observe, Slack: a.slack,
		})
		if err == nil {
			return client, nil
		}
		if errors.Is(err, bot.ErrUnauthorized) {
			return nil, fmt.Errorf("telegram does not know this token; copy it again from @BotFather into telegram.token: %w", err)
		}
		a.log.Warn("telegram cannot be reached yet", "error", err)
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("reach telegram: %w", err)
		case <-a.clock.After(dialPause):
		}
	}
}

const dialPause = 2 * time.Second

// shared is where replicas keep Telegram's limits together; nil if there can be only one.
func (a *App) shared() bot.Shared {
	if !storage.IsPostgres(a.cfg.Storage.DSN) {
		return nil
	}
	return a.store
}

// observe counts each call to Telegram.
func (a *App) observe(method string, took time.Duration, kind bot.Kind) {
	word := string(kind)
	if kind == bot.KindOK {
		word = ""
	}
	if kind != bot.KindTemporary {
		a.reached.Store(a.clock.Now().Unix())
	}
	if method == "getUpdates" && kind == bot.KindOK {
		a.taken.Store(nil)
	}
	a.metrics.Telegram(method, word, took)
}

// wire introduces the parts to each other.
func (a *App) wire() error {
	a.court = moderation.NewCourt(a.store, a.clock.Now)
	a.court.OnDecision = func(v moderation.Verdict, took time.Duration) {
		a.metrics.Case(string(v))
		a.metrics.Decision(took)
	}
	a.court.Calendar = calendar{}
	a.handlers = handlers.New(a.court, a.store, a.client, a.later, a.clock.Now, a.log)
	a.handlers.ClockOff, a.handlers.Slack, a.handlers.Lost = a.time.Off, a.slack, a.lostPress
	a.receiver = bot.NewReceiver(a.client, a.handlers, bot.ReceiverOptions{
		Later: a.later, Answering: a.store.Answering, Answered: a.answered, Observe: a.metrics.Update, Conflict: a.conflict,
	})
	a.outbox = outbox.NewWorker(a.store, a.deliver, a.client.Room, a.clock, a.log)
	a.store.Wake = a.outbox.Wake
	a.metrics.WatchOutbox(func(ctx context.Context) (int, time.Duration, error) {
		rows, oldest, err := a.store.Waiting(ctx)
		if err != nil || rows == 0 {
			return rows, 0, err
		}
		return rows, a.clock.Since(oldest), nil
	})
	jobs := []schedule.Job{
		{Name: "end cases whose time is over", When: "@every 1s", Run: func(ctx context.Context) error {
			_, err := a.court.ExpireDue(ctx)
			return err
		}},
		{Name: "send digests that are due", When: "@every 1m", Run: func(ctx context.Context) error {
			_, err := a.court.DigestsDue(ctx)
			return err
		}},
		{Name: "see to appeals", When: "@every 1m", Run: func(ctx context.Context) error {
			_, err := a.court.AppealsDue(ctx)
			return err
		}},
		{Name: "end pauses that are over", When: "@every 1m", Run: func(ctx context.Context) error {
			_, err := a.court.PausesDue(ctx)
			return err
		}},
		{Name: "compare the machine's clock with Telegram's", When: "@every 1m", Run: a.watchClock},
		{Name: "note that the bot watches its groups", When: "@every 10m", Run: a.watch},
		{Name: "look whether a right is back for which something waits", When: "@every 10m", Run: a.lookAtRights},
		{Name: "end a period of the ledger", When: "@every 1m", Run: a.store.CloseLedger},
		{Name: "delete evidence that nobody needs any more", When: "@hourly", Run: func(ctx context.Context) error {
			_, err := a.store.ForgetEvidence(ctx, a.clock.Now(), a.cfg.Privacy.Retention)
			return err
		}},
		// What is final since midnight; the hours after it are for what a restart left.
		{Name: "settle final cases and destroy their ballots", When: "@hourly", Run: func(ctx context.Context) error {
			_, err := a.court.Settle(ctx)
			return err
		}},
		{Name: "forget what is no longer needed", When: "@hourly", Run: func(ctx context.Context) error {
			return a.store.Forget(ctx, a.clock.Now())
		}},
	}
	if a.shared() != nil {
		jobs = append(jobs, schedule.Job{Name: "learn what telegram told other replicas", When: "@every 1s", Run: a.learnHolds})
	}
	jobs = append(jobs, schedule.Job{Name: "learn what the bot is called", When: "@every 30s", Run: a.refresh},
		schedule.Job{Name: "see that telegram calls the webhook", When: "@every 1m", Run: a.keepWebhook})
	var err error
	if a.jobs, err = schedule.New(a.clock, a.log, jobs...); err != nil {
		return err
	}
	a.jobs.Observe = a.metrics.Job
	return nil
}

// watch notes that the bot sees who joins its groups. One that cannot reach Telegram sees nobody, and notes nothing.
func (a *App) watch(ctx context.Context) error {
	now := a.clock.Now()
	if a.clock.Since(time.Unix(a.reached.Load(), 0)) > silentFor {
		if _, err := a.client.Do(ctx, bot.Call{Method: "getMe"}); err != nil {
			a.log.Info("telegram does not answer, so nobody watches the groups", "error", err)
			return nil
		}
	}
	return a.store.Watch(ctx, now)
}

// lookAtRights asks Telegram for the bot's rights where something waits for one.
func (a *App) lookAtRights(ctx context.Context) error {
	groups, err := a.store.Held(ctx)
	if err != nil {
		return err
	}
	return a.handlers.LookAtRights(ctx, groups)
}

// learnHolds takes over for which groups Telegram told other replicas to be quiet.
func (a *App) learnHolds(ctx context.Context) error {
	holds, err := a.store.Holds(ctx, a.clock.Now())
	for chat, until := range holds {
		a.client.Limits().Hold(chat, until)
	}
	return err
}

// later keeps a call that cannot be made at once.
func (a *App) later(ctx context.Context, call bot.Call) error {
	d, err := deferred(call)
	if err != nil {
		return err
	}
	return a.store.PutCall(ctx, d)
}

// answered has the calls of an answer kept that could not be made at once, before what the person is told next.
func (a *App) answered(ctx context.Context, person int64, rest []bot.Call) error {
	all := make([]storage.Deferred, len(rest))
	for i, call := range rest {
		var err error
		if all[i], err = deferred(call); err != nil {
			return err
		}
		if all[i].Person == 0 && !call.Public() && !call.Deletes() {
			all[i].Person = person // the call names only the press that it answers
		}
	}
	return a.store.Answered(ctx, person, all)
}

// deferred writes a call down, deletions for the class that goes first.
func deferred(call bot.Call) (storage.Deferred, error) {
	body, err := json.Marshal(call)
	if err != nil {
		return storage.Deferred{}, fmt.Errorf("keep a call for later: %w", err)
	}
	d := storage.Deferred{Chat: min(call.Chat, 0), Person: call.Person(), Class: moderation.Personal, Body: body} // a private chat has no limits of its own that matter here
	if call.Deletes() {
		d.Class, d.Person = moderation.Urgent, 0
	}
	return d, nil
}

// Run lets everything run until ctx ends, or until one part cannot go on. Then updates are no
// longer taken in, what is at work is finished, and the database is closed.
func (a *App) Run(ctx context.Context) error {
	server := ops.NewServer(a.cfg.HTTP.Listen, a.Ready, a.metrics, a.log)
	if err := server.Start(); err != nil {
		return errors.Join(err, a.store.Close())
	}
	err := a.ownDatabase(ctx)
	if err == nil {
		g, ctx := errgroup.WithContext(ctx)
		g.Go(func() error { return a.receive(ctx) })
		g.Go(func() error { a.outbox.Run(ctx); return nil })
		g.Go(func() error { a.jobs.Run(ctx); return nil })
		g.Go(func() error { a.declare(ctx); return nil })
		g.Go(func() error { a.introduce(ctx); return nil })
		g.Go(func() error { a.pinPresses(ctx); return nil })
		err = g.Wait()
	}
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Duration(a.slack)*time.Second/2)
	defer cancel()
	a.log.Info("ostrakon stops")
	if err := server.Shutdown(stop); err != nil {
		a.log.Info("a connection to the operator's door is cut off")
	}
	return errors.Join(err, a.store.Close())
}

// receive takes updates in, one way or the other.
func (a *App) receive(ctx context.Context) error {
	if a.cfg.Telegram.Mode == "webhook" {
		return a.serveWebhook(ctx)
	}
	if err := a.pollAlone(ctx); err != nil && (ctx.Err() == nil || errors.Is(err, ErrPolled)) {
		return fmt.Errorf("take updates in: %w", err)
	}
	return nil
}

// declare declares the commands. Without the flag is_ephemeral, which stands only there, every
// /report would be seen by all.
func (a *App) declare(ctx context.Context) {
	a.insist(ctx, "the commands are not declared yet", func() error {
		return a.client.DeclareCommands(ctx, handlers.Menus())
	})
}

// insist tries until it works, or ctx ends.
func (a *App) insist(ctx context.Context, unless string, try func() error) {
	for n := 1; ctx.Err() == nil; n++ {
		err := try()
		if err == nil || ctx.Err() != nil {
			return
		}
		a.log.Warn("still to be done", "what", unless, "error", err)
		select {
		case <-ctx.Done():
		case <-a.clock.After(outbox.Backoff(n)):
		}
	}
}

// silentFor is how long Telegram may give no answer before the bot is not ready. A long poll lasts
// 50 s.
const silentFor = 2 * time.Minute

// Ready says why the bot cannot do its work, or nil.
func (a *App) Ready(ctx context.Context) error {
	if err := a.store.Ping(ctx); err != nil {
		return errors.New("the database does not answer")
	}
	if since := a.clock.Since(time.Unix(a.reached.Load(), 0)); since > silentFor {
		return errors.New("telegram has not answered for " + since.Truncate(time.Second).String())
	}
	return errors.Join(a.wrongClock(), a.takenAway())
}

// DefaultPolicy reads what a new group starts with.
func DefaultPolicy(d config.Defaults) (moderation.Policy, error) {
	p := moderation.DefaultPolicy()
	p.Quorum, p.CardAfter, p.ReportLimit, p.Language, p.Heavy = d.Quorum, d.CardAfter, d.ReportLimit, d.Language, moderation.Heavy(d.Heavy)
	var err error
	var errs []error
	if p.Threshold, err = moderation.ParseThreshold(strings.TrimSuffix(d.Threshold, ".0")); err != nil {
		errs = append(errs, fmt.Errorf("defaults.threshold: %w", err))
	}
	duration := func(name, text string) time.Duration {
		if text == "0" {
			return 0
		}
		v, err := moderation.ParseDuration(text)
		if err != nil {
			errs = append(errs, fmt.Errorf("defaults.%s is %q: %w", name, text, err))
		}
		return v
	}
	p.Window, p.Lapse, p.CardTTL = duration("window", d.Window), duration("lapse", d.Lapse), duration("card_ttl", d.CardTTL)
	if p.Ladder, err = moderation.ParseLadder(d.Ladder); err != nil {
		errs = append(errs, fmt.Errorf("defaults.ladder is %q: %w", d.Ladder, err))
	}
	table, err := timetable.Parse(d.Digest)
	if err != nil {
		errs = append(errs, fmt.Errorf("defaults.digest is %q: %w", d.Digest, err))
	}
	var near []string
	if p.Timezone, near = zone.Find(d.Timezone); p.Timezone == "" {
		near = append(near, "Europe/Berlin")
		errs = append(errs, fmt.Errorf("defaults.timezone names no time zone; allowed is a name such as %s", near[0]))
	}
	p.Digest, p.Appeals, p.Quiz = table.String(), moderation.Appeals(d.Appeals), d.Quiz == "on"
	if !slices.Contains(handlers.Languages(), p.Language) {
		errs = append(errs, fmt.Errorf("defaults.language is %q; allowed is one of %s", p.Language, strings.Join(handlers.Languages(), ", ")))
	}
	if err := p.Validate(); err != nil && len(errs) == 0 {
		errs = append(errs, fmt.Errorf("defaults: %w", err))
	}
	return p, errors.Join(errs...)
}
