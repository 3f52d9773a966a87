// Package pgtest gives a test a PostgreSQL server of its own.
//
// The server is private: its files are in a temporary folder and its socket too.
// Nobody else can reach it, and nothing is left of it.
//
// Where PostgreSQL is not installed, tests that need it are skipped with a word.
// They fail instead if the environment says so, by [Required], as CI does.
package pgtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/ostrakon-bot/ostrakon/internal/scratch"
)

// Required is the variable that makes a missing server a failure.
const Required = "OSTRAKON_TEST_POSTGRES"

// superuser is whom the cluster belongs to; it trusts everybody who can open its socket.
const superuser = "ostrakon"

// room is what a cluster may need in memory, with its log and the schemas of all stories.
const room = 4 << 30

// startWithin is how long a server may take to begin.
const startWithin = 5 * time.Minute

// Cluster is a running server.
type Cluster struct {
	dir, bin string
	durable  bool
	as       *syscall.SysProcAttr
	cmd      *exec.Cmd
	log      *os.File
	names    atomic.Int64
	given    shelf

	mu   sync.Mutex
	conn *pgx.Conn // of the superuser, kept for [Cluster.ask]; nil if there is none
}

// Start starts a cluster that ends with the test. A durable one brings every commit to the disk, as it must where
// servers are killed.
func Start(tb testing.TB, durable bool) *Cluster {
	tb.Helper()
	c, err := New(durable)
	if errors.Is(err, ErrMissing) && os.Getenv(Required) == "" {
		tb.Skipf("%v", err)
	}
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(c.Close)
	return c
}

// ErrMissing says that there is no server to be started.
var ErrMissing = errors.New("PostgreSQL is not installed here (on Debian: apt-get install postgresql)")

// New starts a cluster for who has no test at hand; it ends with [Cluster.Close].
func New(durable bool) (*Cluster, error) {
	bin, err := findBin()
	if err != nil {
		return nil, err
	}
	as, err := nobody()
	if err != nil {
		return nil, err
	}
	root := ""
	if !durable {
		root = scratch.Root(room)
	}
	dir, err := os.MkdirTemp(root, "pg")
	if err != nil {
		return nil, fmt.Errorf("make a folder for a cluster: %w", err)
	}
	c := &Cluster{dir: dir, bin: bin, durable: durable, as: as}
	if err := c.make(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	if err := c.start(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return c, nil
}

// findBin is the folder of the programs: Debian keeps them out of the path.
func findBin() (string, error) {
	folders, _ := filepath.Glob("/usr/lib/postgresql/*/bin") // the pattern is right
	if len(folders) > 0 {
		return folders[len(folders)-1], nil
	}
	if path, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(path), nil
	}
	return "", ErrMissing
}

// nobody is who runs the server: not root, which it refuses.
func nobody() (*syscall.SysProcAttr, error) {
	as := &syscall.SysProcAttr{Pdeathsig: syscall.SIGQUIT} // it ends with us, however we end
	if os.Geteuid() != 0 {
		return as, nil
	}
	who, err := user.Lookup("nobody")
	if err != nil {
		return nil, fmt.Errorf("find whom a server can run as: %w", err)
	}
	uid, err := strconv.ParseUint(who.Uid, 10, 32)
	if err != nil {
		return nil, fmt.Errorf("find whom a server can run as: %w", err)
	}
	gid, err := strconv.ParseUint(who.Gid, 10, 32)
	if err != nil {
		return nil, fmt.Errorf("find whom a server can run as: %w", err)
	}
	as.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return as, nil
}

func (c *Cluster) data() string { return filepath.Join(c.dir, "data") }

// make makes the files of the cluster.
func (c *Cluster) make() error {
	if c.as.Credential != nil {
		if err := os.Chown(c.dir, int(c.as.Credential.Uid), int(c.as.Credential.Gid)); err != nil {
			return fmt.Errorf("give a folder away: %w", err)
		}
	}
	out, err := c.command("initdb", "-D", c.data(), "-U", superuser, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions").CombinedOutput()
	if err != nil {
		return fmt.Errorf("make a cluster: %w: %s", err, out)
	}
	return nil
}

func (c *Cluster) command(name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(context.Background(), filepath.Join(c.bin, name), args...) // it ends when it is told to
	cmd.Dir, cmd.SysProcAttr = c.dir, c.as
	return cmd
}

// start starts the server and waits until it answers.
func (c *Cluster) start() error {
	args := []string{"-D", c.data(), "-k", c.dir, "-c", "listen_addresses=", "-c", "max_connections=200", "-c", "shared_buffers=64MB"}
	if !c.durable {
		args = append(args, "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "autovacuum=off")
	}
	var err error
	if c.log, err = os.Create(filepath.Join(c.dir, "log")); err != nil {
		return fmt.Errorf("start a server: %w", err)
	}
	c.cmd = c.command("postgres", args...)
	c.cmd.Stdout, c.cmd.Stderr = c.log, c.log
	if err := c.cmd.Start(); err != nil {
		return fmt.Errorf("start a server: %w", err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), startWithin)
	defer cancel()
	return c.await(ctx)
}

// await asks the server until it answers.
func (c *Cluster) await(ctx context.Context) error {
	for {
		err := c.command("pg_isready", "-q", "-h", c.dir, "-U", superuser).Run()
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			text, _ := os.ReadFile(c.log.Name()) // what there is of it
			return fmt.Errorf("the server does not answer: %w: %s", err, bytes.TrimSpace(text))
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// DSN is how a database of the cluster is reached.
func (c *Cluster) DSN(database string) string {
	return fmt.Sprintf("postgres://%s@/%s?host=%s", superuser, database, c.dir)
}

// Database makes a database of its own for a test and says how it is reached.
func (c *Cluster) Database(tb testing.TB) string {
	tb.Helper()
	return c.DSN(c.create(tb, "DATABASE"))
}

// Schema makes a place of its own for a test in a database of all tests, which takes a hundredth of the time.
func (c *Cluster) Schema(tb testing.TB) string {
	tb.Helper()
	return c.schemaDSN(c.create(tb, "SCHEMA"))
}

func (c *Cluster) schemaDSN(name string) string { return c.DSN("postgres") + "&search_path=" + name }

func (c *Cluster) create(tb testing.TB, what string) (name string) {
	tb.Helper()
	name = fmt.Sprintf("test%d", c.names.Add(1))
	err := c.ask(tb.Context(), func(conn *pgx.Conn) error {
		_, err := conn.Exec(tb.Context(), "CREATE "+what+" "+name)
		return err
	})
	if err != nil {
		tb.Fatalf("make a %s: %v", strings.ToLower(what), err)
	}
	return name
}

// ask asks the server as its superuser. The connection is kept, for opening one costs more than most questions.
func (c *Cluster) ask(ctx context.Context, do func(*pgx.Conn) error) (err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.conn == nil {
		if c.conn, err = pgx.Connect(ctx, c.DSN("postgres")); err != nil {
			return err
		}
	}
	if err = do(c.conn); err != nil {
		err = errors.Join(err, c.hangUp())
	}
	return err
}

// hangUp closes the connection that is kept. The caller holds the lock.
func (c *Cluster) hangUp() error {
	conn := c.conn
	c.conn = nil
	if conn == nil {
		return nil
	}
	return conn.Close(context.Background())
}

// Run runs a program of PostgreSQL, such as pg_dump, and gives what it printed.
func (c *Cluster) Run(program string, args ...string) ([]byte, error) {
	return c.command(program, args...).CombinedOutput()
}

// Kill ends the server as a power cut would, for its clients.
func (c *Cluster) Kill() error { return c.end(syscall.SIGQUIT) }

// Stop ends the server politely: nobody is waited for, and nothing has to be recovered.
func (c *Cluster) Stop() error { return c.end(syscall.SIGINT) }

// Restart starts a server that was ended.
func (c *Cluster) Restart() error { return c.start() }

func (c *Cluster) end(signal syscall.Signal) error {
	c.mu.Lock()
	_ = c.hangUp() // the server would end it
	c.mu.Unlock()
	if err := c.cmd.Process.Signal(signal); err != nil {
		return fmt.Errorf("end the server: %w", err)
	}
	_ = c.cmd.Wait() // after a signal it may say anything
	return c.log.Close()
}

// Close ends the server and removes its files.
func (c *Cluster) Close() {
	_ = c.end(syscall.SIGQUIT)
	_ = os.RemoveAll(c.dir)
}

// Feed runs a program such as psql with a text as its input.
func (c *Cluster) Feed(text []byte, program string, args ...string) error {
	cmd := c.command(program, args...)
	cmd.Stdin = bytes.NewReader(text)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", program, err, out)
	}
	return nil
}
