package e2e

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/repo"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// binary builds the program as an operator would.
func binary(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "ostrakon")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", path, ".")
	build.Dir = repo.Root()
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return path
}

// process is the real program, which can be killed and started again in the same place.
type process struct {
	t    *testing.T
	path string
	dir  string
	env  []string
	cmd  *exec.Cmd
	log  logbook
}

func newProcess(t *testing.T, path, api string, bot *tgsim.Bot) *process {
	dir := t.TempDir()
	return &process{t: t, path: path, dir: dir, env: append(withoutOurs(os.Environ()),
		"OSTRAKON_TELEGRAM_TOKEN="+bot.Token(), "OSTRAKON_TELEGRAM_API_URL="+api,
		"OSTRAKON_STORAGE_DSN=sqlite:"+filepath.Join(dir, "ostrakon.db"),
		"OSTRAKON_PRIVACY_KEY_FILE="+filepath.Join(dir, "ostrakon.key"), "OSTRAKON_HTTP_LISTEN=")}
}

func (p *process) start() {
	p.t.Helper()
	p.cmd = exec.Command(p.path)
	p.cmd.Dir, p.cmd.Env = p.dir, p.env
	p.cmd.Stdout, p.cmd.Stderr = &p.log, &p.log
	if err := p.cmd.Start(); err != nil {
		p.t.Fatalf("start: %v", err)
	}
}

// kill is kill -9, which lets the program finish nothing.
func (p *process) kill() {
	p.t.Helper()
	if err := p.cmd.Process.Kill(); err != nil {
		p.t.Fatalf("kill: %v", err)
	}
	_ = p.cmd.Wait() // it was killed, and says so
}

// stopsWithin is how long a process may take to stop. It promises 5 s, which it cannot keep on a machine that is busy with
// other tests. What it does with its time is tested by a clock of ours, see [TestStopsWhileTelegramHangs].
const stopsWithin = 2 * time.Minute

// stop is SIGTERM.
func (p *process) stop() time.Duration {
	p.t.Helper()
	began := time.Now()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		p.t.Fatalf("stop: %v", err)
	}
	if err := p.cmd.Wait(); err != nil {
		p.t.Errorf("the bot ended badly: %v\n%s", err, p.log.String())
	}
	return time.Since(began)
}

// open opens the database, while nothing runs.
func (p *process) open() *sql.DB {
	p.t.Helper()
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(p.dir, "ostrakon.db"))
	if err != nil {
		p.t.Fatal(err)
	}
	return db
}

// count asks the database, while nothing runs.
func (p *process) count(query string) int {
	p.t.Helper()
	db := p.open()
	defer db.Close()
	var n int
	if err := db.QueryRow(query).Scan(&n); err != nil {
		p.t.Fatalf("%s: %v", query, err)
	}
	return n
}

// hasten makes what the admins are told due now, while nothing runs.
func (p *process) hasten() {
	p.t.Helper()
	db := p.open()
	defer db.Close()
	if _, err := db.Exec(`UPDATE outbox SET due = 0 WHERE name = 'gather/each'`); err != nil {
		p.t.Fatal(err)
	}
}

// toldOf counts the cases that somebody is told of as decided, in messages that others do not see.
func toldOf(u *tgsim.User, group *tgsim.Chat) int {
	told := map[string]bool{}
	for _, item := range u.Sees(group) {
		if !item.Ephemeral || !strings.Contains(item.Text, "🚩 Breaks “Spam”") {
			continue
		}
		for _, id := range idOfCase.FindAllString(item.Text, -1) {
			told[id] = true
		}
	}
	return len(told)
}

// TestKilledAtAnyMoment kills the real program again and again, each time a few calls later, while members report messages and
// vote on them. In the end each message was judged once: it is removed, its author was muted once, each reporter was told, the
// owner is told of each, and nothing is left to do.
func TestKilledAtAnyMoment(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes")
	}
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 15*time.Minute)
	defer cancel()
	sim := tgsim.New(tgsim.Options{CheckUpdates: true})
	server := sim.Serve()
	defer server.Close()
	bot := sim.AddBot("OstrakonBot", "Ostrakon")
	owner := sim.AddUser("Olga")
	group := sim.NewSupergroup("Chess club", owner)
	voters := []*tgsim.User{sim.AddUser("Anna"), sim.AddUser("Bob"), sim.AddUser("Carl")}
	var authors []*tgsim.User
	for i := range 8 {
		authors = append(authors, sim.AddUser(fmt.Sprintf("Author %d", i)))
	}
	if err := group.Join(append(voters, authors...)...); err != nil {
		t.Fatal(err)
	}
	group.Add(bot)
	group.Promote(bot, tgsim.AllRights())

	p := newProcess(t, binary(t), server.URL, bot)
	p.start()
	wait := func(what string, cond func() bool) {
		t.Helper()
		if err := sim.Wait(ctx, cond); err != nil {
			t.Fatalf("wait until %s: %v\n%s", what, err, p.log.String())
		}
	}
	wait("commands are declared", func() bool { return len(voters[0].Menu(group, bot)) > 0 })
	// A mute from the first offence on, so that a second punishment would show. The card stays.
	if _, err := owner.Command(group, "/ladder mute 1h, ban"); err != nil {
		t.Fatal(err)
	}
	wait("the ladder is set", func() bool { return owner.Find(group, "mute 1h, ban") != nil })

	random := rand.New(rand.NewPCG(2026, 11))
	var spam []*tgsim.Message
	for _, author := range authors {
		m, err := author.Send(group, "Buy pills from "+author.Name())
		if err != nil {
			t.Fatal(err)
		}
		spam = append(spam, m)
		for _, v := range voters {
			if _, err := v.Command(group, "/report spam", tgsim.ReplyTo(m)); err != nil {
				t.Fatal(err)
			}
			until := sim.CallCount() + random.IntN(4)
			wait("a few calls more", func() bool { return sim.CallCount() >= until || bot.Pending() == 0 })
			p.kill()
			p.start()
		}
	}
	for i, m := range spam {
		wait("every message is removed", m.Deleted)
		wait("every author is muted", func() bool { return group.Status(authors[i]).Status == tgsim.Restricted })
	}
	for _, v := range voters {
		wait("every reporter is told of every case", func() bool {
			told := 0
			for _, item := range v.Sees(group) {
				if strings.HasPrefix(item.Text, "Your report ") {
					told++
				}
			}
			return told >= len(spam)
		})
	}
	// Of the first case at once, and of what else is decided before that message goes. The others come a quarter of an hour later.
	wait("the owner is told of a case", func() bool { return toldOf(owner, group) > 0 })
	if took := p.stop(); took > stopsWithin {
		t.Errorf("a clean stop took %v, want at most %v", took, stopsWithin)
	}
	for query, want := range map[string]int{
		`SELECT count(*) FROM cases`:                                                len(spam),
		`SELECT count(*) FROM cases WHERE verdict = 'upheld' AND votes = 3`:         len(spam),
		`SELECT count(*) FROM ballot`:                                               len(spam) * len(voters),
		`SELECT count(*) FROM offence`:                                              len(spam),
		`SELECT count(*) FROM outbox WHERE due <= unixepoch() AND class IN (0, 2)`:  0,
		`SELECT count(*) FROM outbox WHERE name = 'gather/each'`:                    1,
		`SELECT max(n) FROM (SELECT count(*) AS n FROM offence GROUP BY chat, tag)`: 1,
	} {
		if got := p.count(query); got != want {
			t.Errorf("%s = %d, want %d", query, got, want)
		}
	}
	p.hasten()
	p.start()
	wait("the owner is told of every case", func() bool { return toldOf(owner, group) == len(spam) })
	p.kill()
	for i, author := range authors {
		if until := group.Status(author).Until; time.Until(until) > time.Hour {
			t.Errorf("author %d is muted until %v, more than the hour", i, until)
		}
	}
	if v := sim.Violations(); len(v) > 0 {
		t.Errorf("calls that Telegram does not allow: %q", v)
	}
}

// withoutOurs leaves out the variables of the tests.
func withoutOurs(env []string) []string {
	return slices.DeleteFunc(env, func(v string) bool {
		return strings.HasPrefix(v, "OSTRAKON_CHAOS") || strings.HasPrefix(v, "OSTRAKON_TEST_")
	})
}
