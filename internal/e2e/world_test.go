package e2e

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"net"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/ostrakon-bot/ostrakon/handlers"
	"github.com/ostrakon-bot/ostrakon/internal/app"
	"github.com/ostrakon-bot/ostrakon/internal/config"
	"github.com/ostrakon-bot/ostrakon/internal/scratch"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// patience is how long, in real time, a test waits for something that should come at once. Nothing depends on it but that a
// test which would hang fails instead.
const patience = 5 * time.Minute

// patient lets the bot wait for as long: its machine may be busy with other tests, and its own clock stands still.
var patient = app.Slack(60)

// begin is when all stories begin.
var begin = time.Date(2026, 9, 1, 12, 0, 0, 0, time.UTC)

// world is a simulated Telegram with people in it, and the real bot: the whole App over HTTP, with
// a database on disk. Both live by one clock, which moves only when told to.
type world struct {
	t       *testing.T
	ctx     context.Context
	clock   *clockwork.FakeClock
	machine clockwork.Clock // the bot's, which may be wrong
	sim     *tgsim.Sim
	bot     *tgsim.Bot
	cfg     config.Config
	log     *logbook

	app   *app.App // nil while the bot is down
	quit  context.CancelFunc
	gone  chan error
	watch *sql.DB // looks into the bot's database while it runs; see [world.query]

	people map[string]*tgsim.User
	bots   map[string]*tgsim.Bot  // that are not ours, by name
	chats  map[string]*tgsim.Chat // groups and channels, by title
	topics map[string]*tgsim.Topic
	here   *tgsim.Chat // the group that lines are about
	said   []saying
	cards  map[*tgsim.Chat]*tgsim.Message // the latest vote card of each group
	toasts map[string]tgsim.Toast         // the answer to each person's latest press
	albums int
	kept   map[string]*tgsim.Message // a forward that somebody keeps elsewhere

	regulars  []*tgsim.User  // who are there to be many
	nicknamed []*tgsim.User  // jurors whom the story gave a name
	ruled     map[ruled]bool // jurors who gave their word

	chance   func() uint64                   // on what the moments of cases depend; nil asks the system
	disk     atomic.Pointer[moderation.Disk] // what the bot is told of it; nil for nothing
	mode     string                          // of presses, set before each; "" leaves it as it is
	singly   bool                            // what is due at different moments is done in their order, however much time passes
	faults   bool                            // a fault was armed: calls may be refused
	observed observed
}

// saying is something that a person wrote.
type saying struct {
	by    *tgsim.User
	text  string
	m     *tgsim.Message
	calls int // how many calls the bot had made before
}

// logbook keeps what the bot logs.
type logbook struct {
	mu   sync.Mutex
	buf  bytes.Buffer
	more chan struct{} // closed when more is logged; nil if nobody waits for that
}

func (l *logbook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.more != nil {
		close(l.more)
		l.more = nil
	}
	return l.buf.Write(p)
}

// await waits until what was logged is as wanted.
func (l *logbook) await(ctx context.Context, wanted func(string) bool) error {
	for {
		l.mu.Lock()
		if l.more == nil {
			l.more = make(chan struct{})
		}
		more, log := l.more, l.buf.String()
		l.mu.Unlock()
		if wanted(log) {
			return nil
		}
		select {
		case <-more:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (l *logbook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// newWorld makes a Telegram and starts the bot in it, its configuration changed by those who want
// to. It ends with the test.
func newWorld(t *testing.T, opts tgsim.Options, change ...func(*config.Config)) *world {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	w := &world{
		t: t, ctx: ctx, clock: clockwork.NewFakeClockAt(begin), log: &logbook{},
		people: map[string]*tgsim.User{}, chats: map[string]*tgsim.Chat{}, topics: map[string]*tgsim.Topic{},
		cards: map[*tgsim.Chat]*tgsim.Message{}, toasts: map[string]tgsim.Toast{},
		kept:  map[string]*tgsim.Message{},
		ruled: map[ruled]bool{}, chance: func() uint64 { return 20260901 },
		observed: observed{toasts: map[*tgsim.User]int{}, admins: map[rank]bool{}, cases: map[string]subject{}},
	}
	w.machine = w.clock
	opts.Now, opts.Limits, opts.CheckUpdates = w.clock.Now, true, true
	w.sim = tgsim.New(opts)
	server := w.sim.Serve()
	t.Cleanup(server.Close)
	w.bot = w.sim.AddBot("OstrakonBot", "Ostrakon")
	dir := scratch.Dir(t)
	w.cfg = config.Default()
	w.cfg.Telegram.Token, w.cfg.Telegram.APIURL = config.Secret(w.bot.Token()), server.URL
	w.cfg.Storage.DSN = database(t)
	w.cfg.Privacy.KeyFile = filepath.Join(dir, "ostrakon.key")
	w.cfg.HTTP.Listen = ""
	w.cfg.Defaults["card_delay"] = "0" // cards come at once, but in stories about when they do
	w.cfg.Defaults["threshold"] = "3"  // the groups of these stories are small, and most stories are about larger ones
	for _, f := range change {
		f(&w.cfg)
	}
	w.up()
	t.Cleanup(w.down)
	return w
}

// byWebhook has Telegram call the bot, at an address where nobody else listens.
func byWebhook(t *testing.T) func(*config.Config) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return func(c *config.Config) {
		c.Telegram.Mode = "webhook"
		c.Telegram.Webhook.Listen = l.Addr().String()
		c.Telegram.Webhook.URL = "http://" + l.Addr().String() + "/"
	}
}

// up starts the bot and waits until it has nothing to do.
func (w *world) up() {
	w.t.Helper()
	w.start()
	w.settle()
}

// start starts the bot and waits until it has declared its commands.
func (w *world) start() {
	w.t.Helper()
	log := slog.New(slog.NewTextHandler(w.log, nil))
	before := w.sim.CallCount()
	started, err := app.Open(w.ctx, w.cfg, w.machine, log, patient, app.WithDisk(w.tellDisk), app.WithChance(w.chance))
	if err != nil {
		w.t.Fatalf("open the bot: %v", err)
	}
	ctx, quit := context.WithCancel(w.ctx)
	gone := make(chan error, 1)
	go func() { gone <- started.Run(ctx) }()
	w.app, w.quit, w.gone = started, quit, gone
	waiting, cancel := context.WithTimeout(w.ctx, patience)
	defer cancel()
	if err := w.sim.Wait(waiting, func() bool { return w.declared(before) }); err != nil {
		w.t.Fatalf("the bot did not declare its commands: %v\n%s", err, w.log)
	}
}

func (w *world) declared(since int) bool {
	n := 0
	for _, c := range w.sim.CallsSince(since) { // a menu that is there already is only looked at
		if c.OK() && (c.Method == "setMyCommands" || c.Method == "getMyCommands") {
			n++
		}
	}
	return n >= menus()
}

// menus is how many command lists the bot declares. They do not change, and making them takes a while.
var menus = sync.OnceValue(func() int { return len(handlers.Menus()) })

// down stops the bot, if it runs.
func (w *world) down() {
	if w.app == nil {
		return
	}
	w.forgo(w.watch)
	w.watch, w.observed.known = nil, 0 // before the bot is back, the database may be another
	w.quit()
	select {
	case err := <-w.gone:
		if err != nil {
			w.t.Errorf("the bot ended badly: %v", err)
		}
	case <-time.After(patience):
		w.t.Errorf("the bot does not stop")
	}
	w.app = nil
}

// settle waits until nothing is left to do at this time: no update, no answer, no job that is due,
// nothing in the outbox that may go.
func (w *world) settle() {
	w.t.Helper()
	if w.app == nil {
		return
	}
	w.rest()
	w.findCards()
	w.notice()
}

// rest waits as settle does, and looks at nothing.
func (w *world) rest() {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, patience)
	defer cancel()
	if err := w.app.WaitIdle(ctx, w.sim, w.clock.Advance); err != nil {
		w.t.Fatalf("%v\n%s", err, w.log)
	}
}

// pass lets time pass.
func (w *world) pass(d time.Duration) {
	w.t.Helper()
	w.clock.Advance(d)
	w.settle()
}

// passSingly lets time pass, and stops at each moment at which something is due by itself: what is due at different moments comes
// in their order.
func (w *world) passSingly(d time.Duration) {
	w.t.Helper()
	for end := w.clock.Now().Add(d); ; {
		now := w.clock.Now()
		next := w.nextDue(now)
		if next.IsZero() || !next.Before(end) {
			w.pass(end.Sub(now))
			return
		}
		w.pass(next.Sub(now))
	}
}

// live lets a long time pass by the hour, so that what is due on the way is done on the way. What
// takes longer than forty hours goes in longer steps, since each takes some milliseconds of ours.
func (w *world) live(d time.Duration) {
	w.t.Helper()
	if w.singly {
		w.passSingly(d)
		return
	}
	const most = 40
	for step := max(time.Hour, d/most); d > step; d -= step {
		w.pass(step)
	}
	w.pass(d)
}

// findCards remembers the vote cards, which are told by their buttons as long as the vote is open.
func (w *world) findCards() {
	for _, c := range w.sim.Chats() {
		if c.Kind() == tgsim.Private || c.Kind() == tgsim.Channel || len(w.people) == 0 {
			continue
		}
		for _, i := range w.inside(c).Sees(c) {
			if !i.Ephemeral && len(i.Buttons) > 0 && hasPrefix(i.Buttons[0][0].Label, "🚩") {
				w.cards[c] = i.Message
			}
		}
	}
}

// inside is somebody who sees the whole group: its owner.
func (w *world) inside(c *tgsim.Chat) *tgsim.User {
	for _, u := range w.sim.Users() {
		if c.Status(u).Status == tgsim.Creator {
			return u
		}
	}
	w.t.Fatalf("%s has no owner", c.Title())
	return nil
}

// who finds a person, who comes into being when first named. Their numbers need more than four
// bytes, so that finding one by chance in random bytes is out of the question.
func (w *world) who(name string) *tgsim.User {
	if u, ok := w.people[name]; ok {
		return u
	}
	return w.person(name, "en")
}

func (w *world) person(name, lang string) *tgsim.User {
	u := w.sim.AddUser(name, tgsim.UserID(5_123_456_001+int64(len(w.people))), tgsim.Lang(lang))
	w.people[name] = u
	return u
}

// chat finds a group or channel by its title.
func (w *world) chat(title string) (*tgsim.Chat, error) {
	if c := w.chats[title]; c != nil {
		return c, nil
	}
	return nil, fmt.Errorf("there is no channel or group %q", title)
}

// say has somebody write a message or give a command, and remembers it.
func (w *world) say(u *tgsim.User, text string, opts ...tgsim.SendOption) error {
	calls := w.sim.CallCount()
	m, err := w.send(u, text, opts...)
	if err != nil {
		return fmt.Errorf("%s cannot write: %w", u.Name(), err)
	}
	w.remember(u, text, m, calls)
	return nil
}

func (w *world) send(u *tgsim.User, text string, opts ...tgsim.SendOption) (*tgsim.Message, error) {
	if hasPrefix(text, "/") {
		return u.Command(w.here, text, opts...)
	}
	return u.Send(w.here, text, opts...)
}

func (w *world) remember(u *tgsim.User, text string, m *tgsim.Message, calls int) {
	w.said = append(w.said, saying{u, text, m, calls})
}
