package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// process is a running bot.
type process struct {
	cmd *exec.Cmd
	log bytes.Buffer
}

// under is the command that bots are run under.
var under []string

// start runs the bot against a Bot API, with its database in dir unless more of the environment says otherwise.
func start(ctx context.Context, binary, dir, api, token string, more ...string) (*process, error) {
	args := slices.Concat(under, []string{binary, "run"})
	p := &process{cmd: exec.CommandContext(ctx, args[0], args[1:]...)}
	p.cmd.Dir = dir
	p.cmd.Env = append(os.Environ(),
		"OSTRAKON_TELEGRAM_TOKEN="+token, "OSTRAKON_TELEGRAM_API_URL="+api,
		"OSTRAKON_STORAGE_DSN=sqlite:"+filepath.Join(dir, "ostrakon.db"),
		"OSTRAKON_PRIVACY_KEY_FILE="+filepath.Join(dir, "ostrakon.key"),
		"OSTRAKON_DEFAULTS_CARD_DELAY=0", // what is measured must not wait for chance
		"OSTRAKON_HTTP_LISTEN=", "OSTRAKON_LOG_LEVEL=warn")
	p.cmd.Env = append(p.cmd.Env, more...)
	p.cmd.Stdout, p.cmd.Stderr = &p.log, &p.log
	if err := p.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start the bot: %w", err)
	}
	return p, nil
}

// stop ends the bot as an operator would, and says how long it took.
func (p *process) stop() (time.Duration, error) {
	began := time.Now()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return 0, fmt.Errorf("stop the bot: %w", err)
	}
	if err := p.cmd.Wait(); err != nil {
		return 0, fmt.Errorf("the bot ended badly: %w\n%s", err, p.log.String())
	}
	return time.Since(began), nil
}

// resident is the memory the bot holds, in MB.
func (p *process) resident() float64 {
	return p.status(`VmRSS:\s+(\d+) kB`) / 1024
}

// seconds is the processor time the bot has used.
func (p *process) seconds() float64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+2:]))
	user, _ := strconv.ParseFloat(fields[11], 64)
	system, _ := strconv.ParseFloat(fields[12], 64)
	return (user + system) / 100 // Linux counts in hundredths
}

func (p *process) status(pattern string) float64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	found := regexp.MustCompile(pattern).FindSubmatch(text)
	if found == nil {
		return 0
	}
	n, _ := strconv.ParseFloat(string(found[1]), 64)
	return n
}

// load1 is how many processes wanted to run in the last minute: who else uses the machine makes everything slower.
func load1() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	first, _, _ := strings.Cut(string(text), " ")
	return first
}

func cpu() string {
	text, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return "unknown processor"
	}
	found := regexp.MustCompile(`model name\s*: (.*)`).FindSubmatch(text)
	if found == nil {
		return "unknown processor"
	}
	return string(found[1])
}

// begin makes a world and a bot that has joined its groups, with its database in a folder of dir.
func begin(ctx context.Context, binary, dir, name string, s sizes) (*world, *process, error) {
	w, err := newWorld(s)
	if err != nil {
		return nil, nil, err
	}
	dir = filepath.Join(dir, name)
	if err := os.Mkdir(dir, 0o700); err != nil {
		return nil, nil, fmt.Errorf("make a folder: %w", err)
	}
	p, err := start(ctx, binary, dir, w.server.URL, w.bot.Token())
	if err != nil {
		return nil, nil, err
	}
	if err := w.sim.WaitConfirmed(ctx); err != nil {
		return nil, nil, fmt.Errorf("wait for the bot to have joined its groups: %w", err)
	}
	return w, p, nil
}
