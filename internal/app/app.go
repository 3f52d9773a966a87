// Package app puts the bot together. It opens the database, asks Telegram who the bot is, joins the outbox to the
// handlers, and runs everything until it is told to stop. It promises that a bot that stops has finished what it began.
// It decides no case and knows no command: the packages that it joins do.
package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/jonboulle/clockwork"
	"golang.org/x/sync/errgroup"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers"
	"github.com/ostrakon-bot/ostrakon/handlers/deliver"
	"github.com/ostrakon-bot/ostrakon/internal/config"
	"github.com/ostrakon-bot/ostrakon/internal/ops"
	"github.com/ostrakon-bot/ostrakon/internal/outbox"
	"github.com/ostrakon-bot/ostrakon/internal/schedule"
	"github.com/ostrakon-bot/ostrakon/internal/settings"
	"github.com/ostrakon-bot/ostrakon/internal/version"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage"
	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

// App is the whole bot.
type App struct {
	cfg       config.Config
	log       *slog.Logger
	slack     int             // how many times longer than usual a call may take
	inboxSize int             // see [bot.ReceiverOptions]
	clock     clockwork.Clock // Telegram's
	started   time.Time
	machine   *machineClock
	metrics   *ops.Metrics
	contact   *contact
	client    *bot.Client
	server    *serverQuestion
	store     *storage.Store

	court        *moderation.Court
	handlers     *handlers.Handlers
	deliverer    *deliver.Deliverer
	receiver     *bot.Receiver
	outbox       *outbox.Worker
	schedule     *schedule.Schedule
	hook         *hookGuard
	introduction *introduction
	presses      *presses
	space        *spaceWatch
	disk         func() (moderation.Disk, error) // nil asks the system
	chance       func() uint64                   // likewise
}

// An Option changes how the bot runs.
type Option func(*App)

// Slack multiplies the time that calls may take. Tests use it on busy machines.
func Slack(times int) Option { return func(a *App) { a.slack = times } }

// InboxSize is how many updates wait in the inbox at most. Tests set it to fill one.
func InboxSize(updates int) Option { return func(a *App) { a.inboxSize = updates } }

// WithDisk has the bot believe what disk tells of the disk of the database. Tests fill it.
func WithDisk(disk func() (moderation.Disk, error)) Option { return func(a *App) { a.disk = disk } }

// WithChance has the moments of cases depend on the numbers that draw gives. Tests compare two worlds with the same.
func WithChance(draw func() uint64) Option { return func(a *App) { a.chance = draw } }

// Open opens the database, asks Telegram who the bot is, and joins the parts. It starts nothing: call [App.Run]. Open tries
// again until ctx ends if Telegram cannot be reached. A refused token is an error.
func Open(ctx context.Context, cfg config.Config, clock clockwork.Clock, log *slog.Logger, options ...Option) (*App, error) {
	telegram := bot.NewClock(clock)
	a := &App{cfg: cfg, log: log, slack: 1, clock: telegram, machine: &machineClock{telegram: telegram, log: log}}
	for _, set := range options {
		set(a)
	}
	v := version.Get()
	a.metrics = ops.NewMetrics(v.Version, v.Commit, v.Go)
	a.contact = &contact{clock: a.clock, metrics: a.metrics}
	policy, err := settings.StartPolicy(cfg.Defaults)
	if err != nil {
		return nil, err
	}
	// Telegram is asked first, because its clock counts.
	a.client, err = dial(ctx, bot.Options{
		Token: string(cfg.Telegram.Token), URL: cfg.Telegram.APIURL, Clock: a.clock, Log: log, Observe: a.contact.observe, Slack: a.slack,
	})
	if err != nil {
		return nil, err
	}
	a.server = &serverQuestion{client: a.client, clock: a.clock, log: log}
	a.server.ask(ctx)
	_ = a.machine.watch(ctx) // which cannot fail
	a.store, err = openStore(ctx, a.clock, log, storage.Options{
		DSN: cfg.Storage.DSN, KeyFile: cfg.Privacy.KeyFile, Defaults: policy, Now: a.clock.Now, OnLogError: onLogError(a.metrics, log),
		EvidenceLimit: cfg.Storage.EvidenceLimit, Disk: a.disk, Chance: a.chance,
	})
	if err != nil {
		return nil, err
	}
	if a.store.KeyFile() != cfg.Privacy.KeyFile {
		log.Warn("the key file is not where privacy.key_file says; it was found where an earlier release put it, and should be moved (docs/operations.md, Upgrading)")
	}
	if a.replicated() {
		a.client.Share(a.store)
	}
	// Telegram has just answered. Whether the bot was away for too long must be known before the first update.
	if err := a.store.Watch(ctx, a.clock.Now()); err != nil {
		return nil, errors.Join(err, a.store.Close())
	}
	if err := a.wire(); err != nil {
		return nil, errors.Join(err, a.store.Close())
	}
	if err := a.noteStart(ctx, v.String()); err != nil {
		return nil, errors.Join(err, a.store.Close())
	}
	return a, nil
}

// replicated reports whether there may be other replicas. They share Telegram's limits.
func (a *App) replicated() bool { return sqldb.IsPostgres(a.cfg.Storage.DSN) }

// wire joins the parts.
func (a *App) wire() error {
	a.court = moderation.NewCourt(a.store, a.clock.Now)
	a.court.OnDecision = func(v moderation.Verdict, took time.Duration) {
		a.metrics.Case(string(v))
		a.metrics.Decision(took)
	}
	a.court.OnGroup = a.noteGroup
	a.court.Calendar, a.court.Allowed = calendar{}, a.cfg.Telegram.Groups
	a.space = &spaceWatch{store: a.store, clock: a.clock, log: a.log}
	a.metrics.WatchFiles(a.space.measure)
	a.hook = &hookGuard{
		client: a.client, clock: a.clock, log: a.log, contact: a.contact, url: a.cfg.Telegram.Webhook.URL, secret: a.webhookSecret(),
		registered: make(chan struct{}),
	}
	a.server.store = a.store
	a.introduction = &introduction{client: a.client, store: a.store, server: a.server, clock: a.clock, log: a.log, rest: newRest()}
	a.presses = newPresses(a.client, a.clock, a.log)
	later := laterCalls{a.store}
	a.client.OnWipeable = wipeable{a.store, a.log}.note
	a.handlers = handlers.New(a.court, a.store, a.client, later.keep, a.clock.Now, a.log)
	a.handlers.ClockOff, a.handlers.Slack, a.handlers.OnMessageUnknown = a.machine.telegram.Off, a.slack, a.presses.noteLost
	a.handlers.OnOverBudget = a.metrics.OverBudget
	a.handlers.Full = a.space.told
	a.handlers.Within = func(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
		return clockwork.WithTimeout(ctx, a.clock, d)
	}
	if a.cfg.Telegram.Mode != "webhook" {
		a.handlers.Follow() // only one process polls, and Telegram gives it all updates in order
	}
	a.receiver = bot.NewReceiver(a.client, a.handlers, bot.ReceiverOptions{
		Inbox: inbox{a.store}, InboxSize: a.inboxSize, Dropped: a.metrics.PressDropped,
		Later: later.keep, Answering: a.store.Answering, Answered: later.answered, Observe: a.metrics.Update, Conflict: a.conflict,
	})
	a.deliverer = deliver.New(a.court, a.store, a.handlers.Noticed(a.client), a.clock.Now, a.log)
	a.deliverer.FindReported, a.deliverer.SentAlong = a.handlers.FindReported, a.handlers.SentAlong
	a.deliverer.NotKept = func(why moderation.NoSpace) { a.metrics.FileNotKept(string(why)) }
	delivery := &delivery{store: a.store, deliverer: a.deliverer, clock: a.clock}
	a.outbox = outbox.NewWorker(a.store, delivery.deliver, a.client.Capacity, a.clock, a.log)
	a.store.Wake = a.outbox.Wake
	a.metrics.WatchOutbox(func(ctx context.Context) (int, time.Duration, error) {
		rows, oldest, err := a.store.Waiting(ctx)
		if err != nil || rows == 0 {
			return rows, 0, err
		}
		return rows, a.clock.Since(oldest), nil
	})
	a.metrics.WatchInbox(func() (int, time.Duration) {
		updates, oldest := a.receiver.Waiting()
		if updates == 0 || oldest.IsZero() {
			return updates, 0
		}
		return updates, a.clock.Since(oldest)
	})
	var err error
	if a.schedule, err = schedule.New(a.clock, a.log, a.jobs()...); err != nil {
		return err
	}
	a.schedule.Observe = a.metrics.Job
	return nil
}

// Run runs the bot until ctx ends or a part of it fails. Then it receives no more updates, finishes what it has begun, and
// closes the database.
func (a *App) Run(ctx context.Context) error {
	server := ops.NewServer(a.cfg.HTTP.Listen, a.Ready, a.metrics, a.log)
	if err := server.Start(); err != nil {
		return errors.Join(err, a.store.Close())
	}
	poller := &poller{store: a.store, client: a.client, receiver: a.receiver, clock: a.clock, log: a.log}
	var err error
	if !a.replicated() {
		err = poller.ownDatabase(ctx)
	}
	if err == nil {
		err = a.receiver.Claim(ctx)
	}
	if err == nil {
		g, ctx := errgroup.WithContext(ctx)
		g.Go(func() error { return a.receive(ctx, poller) })
		g.Go(func() error { a.outbox.Run(ctx); return nil })
		g.Go(func() error { a.schedule.Run(ctx); return nil })
		g.Go(func() error { a.server.declare(ctx); return nil })
		g.Go(func() error { a.introduction.run(ctx); return nil })
		g.Go(func() error { a.presses.pin(ctx); return nil })
		err = g.Wait()
	}
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Duration(a.slack)*time.Second/2)
	defer cancel()
	a.log.Info("ostrakon stops", "ran", a.clock.Since(a.started).Truncate(time.Second))
	err = errors.Join(err, a.handlers.RemoveOverBudget(stop)) // before anything that may take all the time there is
	if err := server.Shutdown(stop); err != nil {
		a.log.Info("a connection to the operator's door is cut off")
	}
	if err := a.handlers.Close(stop); err != nil {
		a.log.Info("a question to telegram is cut off")
	}
	return errors.Join(err, a.store.Close())
}

// receive receives updates by polling or by webhook.
func (a *App) receive(ctx context.Context, poller *poller) error {
	if a.cfg.Telegram.Mode == "webhook" {
		server := &webhookServer{listen: a.cfg.Telegram.Webhook.Listen, hook: a.hook, receiver: a.receiver, log: a.log, slack: a.slack}
		return server.serve(ctx)
	}
	if err := poller.poll(ctx); err != nil && (ctx.Err() == nil || errors.Is(err, ErrPolled)) {
		return fmt.Errorf("take updates in: %w", err)
	}
	return nil
}

// conflict is called when Telegram refuses to be polled: it may have given updates to somebody else.
func (a *App) conflict(ctx context.Context) bool {
	a.handlers.Missed()
	return a.hook.conflict(ctx)
}

// webhookSecret is what Telegram must send with each update. The operator may choose it, else it is derived from the key.
func (a *App) webhookSecret() string {
	if secret := string(a.cfg.Telegram.Webhook.Secret); secret != "" {
		return secret
	}
	return a.store.Secret("webhook of " + string(a.cfg.Telegram.Token)) // the same for all replicas
}

// Ready returns why the bot cannot do its work, or nil.
func (a *App) Ready(ctx context.Context) error {
	if err := a.store.Ping(ctx); err != nil {
		return errors.New("the database does not answer")
	}
	if since := a.contact.silence(); since > silentFor {
		return errors.New("telegram has not answered for " + since.Truncate(time.Second).String())
	}
	return errors.Join(a.machine.wrong(), a.contact.takenAway())
}
