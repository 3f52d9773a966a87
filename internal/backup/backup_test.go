package backup_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/ostrakon-bot/ostrakon/internal/backup"
)

var start = time.Date(2026, 12, 1, 3, 0, 0, 0, time.UTC)

const day = 24 * time.Hour

// bench is a folder of copies, and a database that is the word "mine".
type bench struct {
	*testing.T
	backup.Options
	clock *clockwork.FakeClock

	mu   sync.Mutex
	fail error // of the next copies
	made chan struct{}
	said bytes.Buffer
}

func newBench(t *testing.T) *bench {
	t.Helper()
	b := &bench{T: t, clock: clockwork.NewFakeClockAt(start), made: make(chan struct{}, 100)}
	b.Options = backup.Options{
		Dir: t.TempDir(), Every: day, Keep: 3, Clock: b.clock, Log: slog.New(slog.NewTextHandler(&b.said, nil)),
		Make: func(_ context.Context, file string) error {
			b.mu.Lock()
			defer b.mu.Unlock()
			defer func() { b.made <- struct{}{} }()
			if b.fail != nil {
				return b.fail
			}
			return os.WriteFile(file, []byte("mine"), 0o600)
		},
		Ours: func(_ context.Context, file string) (bool, error) {
			text, err := os.ReadFile(file)
			return string(text) == "mine", err
		},
	}
	return b
}

func (b *bench) put(name, text string) {
	b.Helper()
	if err := os.WriteFile(filepath.Join(b.Dir, name), []byte(text), 0o600); err != nil {
		b.Fatal(err)
	}
}

func (b *bench) want(names ...string) {
	b.Helper()
	entries, err := os.ReadDir(b.Dir)
	if err != nil {
		b.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	slices.Sort(names)
	if !slices.Equal(got, names) {
		b.Errorf("the folder has\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(names, "\n"))
	}
}

func (b *bench) once() error {
	b.Helper()
	_, err := backup.Once(b.Context(), b.Options)
	return err
}

func (b *bench) must(err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

func TestTheNewestStay(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.clock = clockwork.NewFakeClockAt(start.In(time.FixedZone("", 5*3600))) // names are in UTC all the same
	b.Clock = b.clock
	for range 5 {
		b.must(b.once())
		b.clock.Advance(day)
	}
	b.want("ostrakon-20261203T030000Z.db", "ostrakon-20261204T030000Z.db", "ostrakon-20261205T030000Z.db")
	info, err := os.Stat(filepath.Join(b.Dir, "ostrakon-20261205T030000Z.db"))
	b.must(err)
	if info.Mode().Perm() != 0o600 {
		t.Errorf("others may read it: %v", info.Mode())
	}
}

// What it did not make is not counted, and never deleted, whatever it is called.
func TestOthersStay(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	others := []string{
		"ostrakon-20200101T000000Z.db", "ostrakon-2026-11-01.db", "ostrakon.db", "notes.txt", ".ostrakon-20200101T000000Z.db.part2",
		"ostrakon-20261399T000000Z.db", "ostrakon-20200102T000000Z.db.old",
	}
	for _, name := range others {
		b.put(name, "another's")
	}
	b.must(os.Mkdir(filepath.Join(b.Dir, "ostrakon-20200103T000000Z.db"), 0o700))
	b.must(os.Symlink(filepath.Join(b.Dir, "notes.txt"), filepath.Join(b.Dir, "ostrakon-20200104T000000Z.db")))
	others = append(others, "ostrakon-20200103T000000Z.db", "ostrakon-20200104T000000Z.db")
	b.Keep = 1
	for range 3 {
		b.must(b.once())
		b.clock.Advance(day)
	}
	b.want(append(others, "ostrakon-20261203T030000Z.db")...)
}

// What a killed process left is cleared away.
func TestUnfinishedCopiesAreDeleted(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.put(".ostrakon-20261130T030000Z.db.part", "half")
	b.put(".ostrakon-20261130T030000Z.db.part-journal", "half")
	b.must(b.once())
	b.want("ostrakon-20261201T030000Z.db")
}

func TestFailureDeletesNothing(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.Keep = 1
	b.must(b.once())
	b.clock.Advance(day)
	b.fail = errors.New("no")
	if err := b.once(); err == nil || !strings.Contains(err.Error(), "no") {
		t.Errorf("got %v", err)
	}
	b.want("ostrakon-20261201T030000Z.db")
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		damage func(*bench)
		want   string
	}{
		"no folder":     {func(b *bench) { b.Dir += "/none" }, "is not there"},
		"a file":        {func(b *bench) { b.put("x", ""); b.Dir += "/x" }, "must be a folder"},
		"the same time": {func(b *bench) { b.must(b.once()) }, "of this second"},
		"a full disk": {func(b *bench) {
			b.fail = fmt.Errorf("copy: %w", &os.PathError{Op: "write", Path: b.Dir, Err: syscall.ENOSPC})
		}, "no space for one more backup; nothing was deleted"},
		"what Make says": {func(b *bench) { b.fail = &os.PathError{Op: "open", Path: b.Dir, Err: syscall.EIO} }, "open: input/output error"},
		"another's lock": {func(b *bench) { b.lock() }, "another process"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			c.damage(b)
			err := b.once()
			if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), b.Dir) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got %q, want %q", err, c.want)
			}
		})
	}
}

// lock holds the folder as another process would, until the test ends.
func (b *bench) lock() {
	dir, err := os.Open(b.Dir)
	b.must(err)
	b.must(syscall.Flock(int(dir.Fd()), syscall.LOCK_EX))
	b.Cleanup(func() { dir.Close() })
}

func TestFolderOfAnotherUser(t *testing.T) {
	t.Parallel()
	if os.Geteuid() == 0 {
		t.Skip("root may write everywhere")
	}
	b := newBench(t)
	b.must(os.Chmod(b.Dir, 0o500))
	if err := b.once(); err == nil || !strings.Contains(err.Error(), "cannot be used by this user") {
		t.Errorf("got %v", err)
	}
}

// run starts it, and returns a function that ends it and returns what it logged.
func (b *bench) run() (stop func() string) {
	ctx, cancel := context.WithCancel(b.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		backup.Run(ctx, b.Options)
	}()
	stopped := sync.OnceValue(func() string {
		cancel()
		<-done
		return b.said.String()
	})
	b.Cleanup(func() { stopped() })
	return stopped
}

// asleep waits until it sleeps.
func (b *bench) asleep() {
	b.Helper()
	b.must(b.clock.BlockUntilContext(b.Context(), 1))
}

// tried waits until it has tried to make a copy and sleeps again.
func (b *bench) tried() {
	b.Helper()
	select {
	case <-b.made:
	case <-b.Context().Done():
	}
	b.asleep()
}

// pass lets time pass, so that it wakes each time it wants to.
func (b *bench) pass(d time.Duration) {
	for ; d > 0; d -= 10 * time.Minute {
		b.asleep()
		b.clock.Advance(10 * time.Minute)
	}
	b.asleep()
}

func TestRunMakesOneEachTime(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	stop := b.run()
	b.tried()
	b.want("ostrakon-20261201T030000Z.db")
	b.pass(day - 10*time.Minute)
	b.want("ostrakon-20261201T030000Z.db")
	b.pass(10 * time.Minute)
	b.tried()
	b.want("ostrakon-20261201T030000Z.db", "ostrakon-20261202T030000Z.db")
	if said := stop(); strings.Count(said, "backup made") != 2 || strings.Contains(said, b.Dir) {
		t.Errorf("it said %s", said)
	}
}

// A process that starts again goes on as if nothing had been. After a day or more without any it makes one at once.
func TestRestartMakesNoneTooMany(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.put("ostrakon-20261130T200000Z.db", "mine")
	stop := b.run()
	b.pass(17*time.Hour - 10*time.Minute)
	b.want("ostrakon-20261130T200000Z.db")
	b.pass(10 * time.Minute)
	b.tried()
	b.want("ostrakon-20261130T200000Z.db", "ostrakon-20261201T200000Z.db")
	stop()
	b.clock.Advance(3 * day)
	b.run()
	b.tried()
	b.want("ostrakon-20261130T200000Z.db", "ostrakon-20261201T200000Z.db", "ostrakon-20261204T200000Z.db")
}

func TestFailuresAreTriedAgain(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.fail = errors.New("some reason")
	stop := b.run()
	b.tried()
	b.mu.Lock()
	b.fail = nil
	b.mu.Unlock()
	b.clock.Advance(10 * time.Minute)
	b.tried()
	b.want("ostrakon-20261201T031000Z.db")
	if said := stop(); !strings.Contains(said, "some reason") || !strings.Contains(said, "again_in=10m") {
		t.Errorf("it said %s", said)
	}
}

// A bot that starts at the same moment makes its database in seconds. That is no failure; a database that is missing for long is one.
func TestDatabaseThatIsNotThereYet(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.fail = backup.ErrNotYet
	stop := b.run()
	b.tried()
	b.mu.Lock()
	b.fail = nil
	b.mu.Unlock()
	b.clock.Advance(10 * time.Second)
	b.tried()
	b.want("ostrakon-20261201T030010Z.db")
	if said := stop(); strings.Contains(said, "ERROR") {
		t.Errorf("it said %s", said)
	}
}

func TestDatabaseThatNeverComes(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.fail = backup.ErrNotYet
	stop := b.run()
	for range 60 {
		b.tried()
		b.clock.Advance(10 * time.Second)
	}
	b.tried()
	if said := stop(); strings.Count(said, "ERROR") != 1 || !strings.Contains(said, "again_in=10m") {
		t.Errorf("it said %s", said)
	}
}

// A copy whose name is in the future was made while the clock was wrong. It delays nothing, and is the first to go.
func TestClockThatWasWrong(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.put("ostrakon-20300101T000000Z.db", "mine")
	b.Keep = 2
	b.run()
	b.tried()
	b.want("ostrakon-20261201T030000Z.db", "ostrakon-20300101T000000Z.db")
	b.pass(day)
	b.tried()
	b.want("ostrakon-20261201T030000Z.db", "ostrakon-20261202T030000Z.db")
}

// If nothing recognises the copies as ours, they do not come faster and fill the disk.
func TestUnknownCopiesComeNoFaster(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.Ours = func(context.Context, string) (bool, error) { return false, nil }
	b.run()
	b.tried()
	b.pass(day - 10*time.Minute)
	b.want("ostrakon-20261201T030000Z.db")
}

// A copy that is interrupted ends at once, and is not logged as a failure.
func TestStopInTheMiddle(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	begun := make(chan struct{})
	b.Make = func(ctx context.Context, _ string) error {
		close(begun)
		<-ctx.Done()
		return ctx.Err()
	}
	stop := b.run()
	<-begun
	if said := stop(); said != "" {
		t.Errorf("it said %s", said)
	}
	b.want()
}
