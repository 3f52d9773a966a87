package e2e

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/pgtest"
	"github.com/ostrakon-bot/ostrakon/internal/repo"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// The chaos tests last as long as OSTRAKON_CHAOS says (60s in CI, 10m at night: make nightly), or a few seconds.
const shortChaos = 5 * time.Second

// calm is for how long nothing may happen after the last fault although something is left to do. A row that a killed replica had
// taken is another's after a minute. What failed often is tried again after five minutes. The clock that noted this may have
// been two minutes fast.
const calm = 8 * time.Minute

// TestChaosSQLite runs the real program under load, as one process, with its database on a disk that fills up. It is killed and
// stopped, Telegram fails, and the clock jumps. In the end nothing is lost and nothing was done twice.
func TestChaosSQLite(t *testing.T) { runChaos(t, nil) }

// TestChaosPostgres does the same with three replicas and a server that crashes. A proxy sends updates twice, late, and to any
// of the replicas.
func TestChaosPostgres(t *testing.T) {
	if os.Getenv("OSTRAKON_CHAOS") == "" {
		t.Skip("takes a minute at least: set OSTRAKON_CHAOS, to 60s for example")
	}
	runChaos(t, pgtest.Start(t, true))
}

func runChaos(t *testing.T, server *pgtest.Cluster) {
	if testing.Short() {
		t.Skip("starts processes")
	}
	t.Parallel()
	lasts := shortChaos
	if text := os.Getenv("OSTRAKON_CHAOS"); text != "" {
		var err error
		if lasts, err = time.ParseDuration(text); err != nil {
			t.Fatalf("OSTRAKON_CHAOS: %v", err)
		}
	}
	c := newChaos(t, server)
	c.rage(lasts)
	c.rest()
	c.judge()
	t.Log(c.report(lasts))
	if file := os.Getenv("OSTRAKON_CHAOS_REPORT"); file != "" && !t.Failed() {
		if err := appendTo(file, t.Name()+": "+c.report(lasts)+"\n"); err != nil {
			t.Error(err)
		}
	}
}

func appendTo(file, text string) error {
	f, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Close())
}

// chaos is the bot, its world, and the source of faults.
type chaos struct {
	t        *testing.T
	ctx      context.Context
	random   *rand.Rand
	seed     uint64
	sim      *tgsim.Sim
	bot      *tgsim.Bot
	dsn      string
	clock    string // the file that moves the clocks
	disk     string // where the database is, if it can be filled
	server   *pgtest.Cluster
	replicas []*process
	up       []bool
	groups   []*chaosGroup
	flooded  *chaosGroup // see [chaos.flood]
	lasts    time.Duration
	said     int // messages, reports and presses
	faults   map[string]int
	undo     []func() // what ends the faults that last
}

// chaosGroup is a group and what was reported in it.
type chaosGroup struct {
	group  *tgsim.Chat
	voters []*tgsim.User
	spam   []*accused
}

// accused is a message that is reported: by whom, or voted on.
type accused struct {
	message *tgsim.Message
	author  *tgsim.User
	voters  []*tgsim.User
}

// How many groups there are, so many that Telegram's 20 messages a minute in each do not hold up what is asked for;
// and how many votes end a case.
const (
	groups = 16
	enough = 3
)

func newChaos(t *testing.T, server *pgtest.Cluster) *chaos {
	t.Helper()
	c := &chaos{t: t, sim: tgsim.New(tgsim.Options{CheckUpdates: true, KeepMessages: 4000}), server: server, faults: map[string]int{}}
	c.seed = uint64(time.Now().UnixNano())
	if text := os.Getenv("OSTRAKON_CHAOS_SEED"); text != "" {
		var err error
		if c.seed, err = strconv.ParseUint(text, 10, 64); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("OSTRAKON_CHAOS_SEED=%d", c.seed)
	c.random = rand.New(rand.NewPCG(c.seed, 1))
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	c.ctx = ctx
	telegram := c.sim.Serve()
	t.Cleanup(telegram.Close)
	c.bot = c.sim.AddBot("OstrakonBot", "Ostrakon")
	c.populate()
	c.launch(telegram.URL)
	c.settleIn()
	return c
}

func (c *chaos) populate() {
	owner := c.sim.AddUser("Olga")
	for i := range groups {
		c.groups = append(c.groups, c.newGroup(owner, fmt.Sprintf("Club %d", i), 10))
	}
	c.flooded = c.newGroup(owner, "Square", 40) // too few to decide anything there
}

func (c *chaos) newGroup(owner *tgsim.User, name string, voters int) *chaosGroup {
	g := &chaosGroup{group: c.sim.NewSupergroup(name, owner)}
	for v := range voters {
		g.voters = append(g.voters, c.sim.AddUser(fmt.Sprintf("Voter %d of %s", v, name)))
	}
	c.must(g.group.Join(g.voters...))
	g.group.Add(c.bot)
	g.group.Promote(c.bot, tgsim.AllRights())
	return g
}

func (c *chaos) must(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

// launch builds the program and starts its replicas.
func (c *chaos) launch(telegram string) {
	dir := c.t.TempDir()
	path := filepath.Join(dir, "ostrakon")
	build := exec.CommandContext(c.ctx, "go", "build", "-tags", "chaos", "-o", path, ".")
	build.Dir = repo.Root()
	if out, err := build.CombinedOutput(); err != nil {
		c.t.Fatalf("build: %v\n%s", err, out)
	}
	c.clock = filepath.Join(dir, "clock")
	env := []string{"CHAOS_CLOCK=" + c.clock, "CHAOS_INBOX=60", "OSTRAKON_PRIVACY_KEY_FILE=" + filepath.Join(dir, "ostrakon.key")}
	if c.server != nil {
		const replicas = 3
		c.dsn = c.server.Database(c.t)
		door := newProxy(c.t, c.seed)
		env = append(env, "OSTRAKON_TELEGRAM_MODE=webhook", "OSTRAKON_TELEGRAM_WEBHOOK_URL="+door.url)
		for range replicas {
			door.add(freeAddress(c.t))
		}
		for i := range replicas {
			c.add(newProcess(c.t, path, telegram, c.bot), append(slices.Clone(env), "OSTRAKON_TELEGRAM_WEBHOOK_LISTEN="+door.targets[i]))
		}
	} else {
		c.disk = smallDisk(c.t, dir)
		c.dsn = "sqlite:" + filepath.Join(c.disk, "ostrakon.db")
		c.add(newProcess(c.t, path, telegram, c.bot), env)
	}
	for i, p := range c.replicas {
		p.start()
		c.up[i] = true
	}
	c.t.Cleanup(func() {
		for i, p := range c.replicas {
			if c.up[i] {
				p.kill()
			}
		}
	})
}

func (c *chaos) add(p *process, env []string) {
	p.env = append(append(p.env, "OSTRAKON_STORAGE_DSN="+c.dsn), env...)
	c.replicas, c.up = append(c.replicas, p), append(c.up, false)
}

// smallDisk is a file system that can be filled, if one may be made here; else a folder.
func smallDisk(t *testing.T, dir string) string {
	disk := filepath.Join(dir, "disk")
	if err := os.Mkdir(disk, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=64m"); err != nil {
		t.Logf("no disk is filled: %v", err)
		return disk
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(disk, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return disk
}

// settleIn waits until the bot is there, and has the groups mute at the first offence, so that a second would show.
func (c *chaos) settleIn() {
	owner := c.groups[0].group.Members()[0].(*tgsim.User)
	for _, g := range c.groups {
		c.wait("commands are declared", calm, func() bool { return len(owner.Menu(g.group, c.bot)) > 0 })
		for command, seen := range map[string]string{"/ladder mute 1h, ban": "mute 1h, ban", "/reportlimit 100": "100"} {
			_, err := owner.Command(g.group, command)
			c.must(err)
			c.wait(command, calm, func() bool { return owner.Find(g.group, seen) != nil })
		}
	}
	_, err := owner.Command(c.flooded.group, "/threshold 50")
	c.must(err)
	c.wait("the threshold", calm, func() bool { return owner.Find(c.flooded.group, "50") != nil })
}

func (c *chaos) wait(what string, most time.Duration, cond func() bool) {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.ctx, most)
	defer cancel()
	if err := c.sim.Wait(ctx, cond); err != nil {
		c.t.Fatalf("wait for %s: %v\n%s", what, err, c.logs())
	}
}

func (c *chaos) logs() string {
	var all strings.Builder
	for i, p := range c.replicas {
		text := p.log.String()
		fmt.Fprintf(&all, "replica %d:\n%s\n", i, text[max(0, len(text)-6000):])
	}
	return all.String()
}

// rage has people live and things go wrong for a while.
func (c *chaos) rage(lasts time.Duration) {
	c.lasts = lasts
	step, trouble := time.NewTicker(12*time.Millisecond), time.NewTicker(700*time.Millisecond)
	defer step.Stop()
	defer trouble.Stop()
	for over := time.After(lasts); ; {
		select {
		case <-over:
			return
		case <-step.C:
			c.live()
		case <-trouble.C:
			c.breakSomething()
		}
	}
}

// live is one thing that somebody does.
func (c *chaos) live() {
	g := c.groups[c.random.IntN(len(c.groups))]
	c.said++
	switch dice := c.random.IntN(100); {
	case dice < 60:
		_, err := c.one(g.voters).Send(g.group, fmt.Sprintf("Good evening number %d", c.said))
		c.must(err)
	case dice < 65 || len(g.spam) == 0:
		author := c.sim.AddUser(fmt.Sprintf("Author %d", c.said))
		c.must(g.group.Join(author))
		m, err := author.Send(g.group, fmt.Sprintf("Buy pills number %d", c.said))
		c.must(err)
		g.spam = append(g.spam, &accused{message: m, author: author})
	default:
		c.accuse(g)
	}
}

// accuse has somebody report one of the latest messages, or press the button under it, who did not yet.
func (c *chaos) accuse(g *chaosGroup) {
	a := g.spam[max(0, len(g.spam)-1-c.random.IntN(8))]
	who := c.one(g.voters)
	if len(a.voters) >= enough || slices.Contains(a.voters, who) || a.message.Deleted() {
		return
	}
	if card := cardOf(who, g.group, a.message); card != nil && c.random.IntN(2) == 0 {
		if _, err := who.Press(card, "🚩"); err == nil {
			a.voters = append(a.voters, who)
		}
		return
	}
	if _, err := who.Command(g.group, "/report spam", tgsim.ReplyTo(a.message)); err == nil {
		a.voters = append(a.voters, who)
	}
}

func cardOf(who *tgsim.User, group *tgsim.Chat, m *tgsim.Message) *tgsim.Message {
	for _, i := range slices.Backward(who.Sees(group)) {
		if i.ReplyTo == m.ID() && len(i.Buttons) > 0 && !i.Ephemeral {
			return i.Message
		}
	}
	return nil
}

func (c *chaos) one(of []*tgsim.User) *tgsim.User { return of[c.random.IntN(len(of))] }

// rest ends all faults and waits until there is nothing left to do.
func (c *chaos) rest() {
	for _, end := range c.undo {
		end()
	}
	for i, p := range c.replicas {
		if !c.up[i] {
			p.start()
			c.up[i] = true
		}
	}
	ctx, cancel := context.WithTimeout(c.ctx, calm)
	defer cancel()
	if err := c.sim.WaitConfirmed(ctx); err != nil {
		c.t.Fatalf("updates are not taken in: %v\n%s", err, c.logs())
	}
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	// What waits for Telegram's 20 messages a minute may take longer than that, as long as it becomes less.
	stuck := time.NewTimer(calm)
	defer stuck.Stop()
	for least, left, quiet := math.MaxInt, -1, 0; quiet < 5; { // for a second
		select {
		case <-stuck.C:
			c.t.Fatalf("%d things are never done\n%s", left, c.logs())
		case <-tick.C:
		}
		if left < least && left >= 0 {
			least = left
			stuck.Reset(calm)
		}
		if left = c.count(`SELECT count(*) FROM outbox WHERE held = 0 AND due <= `+strconv.FormatInt(time.Now().Unix(), 10)) +
			c.count(`SELECT count(*) FROM inbox`); left == 0 {
			quiet++
		} else {
			quiet = 0
		}
	}
}

// open looks into the database from outside.
func (c *chaos) open() *sql.DB {
	c.t.Helper()
	driver, dsn := "pgx", c.dsn
	if file, ok := strings.CutPrefix(c.dsn, "sqlite:"); ok {
		driver, dsn = "sqlite3", "file:"+file+"?_busy_timeout=5000&_query_only=on"
	}
	db, err := sql.Open(driver, dsn)
	c.must(err)
	return db
}

func (c *chaos) count(query string) (n int) {
	c.t.Helper()
	db := c.open()
	defer db.Close()
	c.must(db.QueryRowContext(c.ctx, query).Scan(&n))
	return n
}

// report says what was held and what was done.
func (c *chaos) report(lasts time.Duration) string {
	cases, ballots := 0, 0
	for _, g := range c.groups {
		for _, a := range g.spam {
			if len(a.voters) > 0 {
				cases++
				ballots += len(a.voters)
			}
		}
	}
	var faults []string
	for _, name := range slices.Sorted(maps.Keys(c.faults)) {
		faults = append(faults, fmt.Sprintf("%s %d", name, c.faults[name]))
	}
	verdict := "none"
	if c.t.Failed() {
		verdict = "see above"
	}
	return fmt.Sprintf("%s, %d things people did (%.0f/s), %d cases, %d ballots; faults: %s; violations: %s",
		lasts, c.said, float64(c.said)/lasts.Seconds(), cases, ballots, strings.Join(faults, ", "), verdict)
}
