// Bench measures the real program, as a process of its own, against the simulated Telegram over HTTP on loopback. Both
// share the machine, so on two cores neither has one to itself.
//
//	go run ./bench                 all of it but replicas and slow, about half an hour
//	go run ./bench -messages 100000 -reports 50 -cases 10000
//
// It prints what docs/performance.md shows.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
)

func main() {
	var s sizes
	flag.IntVar(&s.groups, "groups", 1000, "groups that write")
	flag.IntVar(&s.members, "members", 20, "members of each group")
	flag.IntVar(&s.messages, "messages", 1_000_000, "ordinary messages")
	flag.IntVar(&s.reports, "reports", 300, "reports whose answers are timed")
	flag.IntVar(&s.cases, "cases", 100_000, "cases in the database whose start is timed")
	flag.StringVar(&s.only, "only", "", "one of throughput, latency, startup, load, scale, past, replicas, slow")
	flag.IntVar(&s.replicas, "replicas", 2, "replicas on PostgreSQL")
	flag.Func("under", `a command to run bots under, such as "taskset -c 0"`, func(text string) error {
		under = strings.Fields(text)
		return nil
	})
	flag.StringVar(&s.plots, "plots", "", "folder for pictures of scale, past and slow")
	s.slow.flags()
	flag.Parse()
	flag.Visit(func(f *flag.Flag) { s.slow.groupsGiven = s.slow.groupsGiven || f.Name == "groups" })
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := measure(ctx, s); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		stop()
		os.Exit(1)
	}
}

func measure(ctx context.Context, s sizes) error {
	dir, err := os.MkdirTemp("", "ostrakon-bench")
	if err != nil {
		return fmt.Errorf("make a folder to work in: %w", err)
	}
	defer os.RemoveAll(dir)
	binary := filepath.Join(dir, "ostrakon")
	build := exec.CommandContext(ctx, "go", "build", "-o", dir, ".", "./bench/nullbot")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		return fmt.Errorf("build the bots: %w", err)
	}
	fmt.Printf("machine: %s, %d cores, %s %s/%s\n", cpu(), runtime.NumCPU(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	for _, step := range []struct {
		name string
		run  func(context.Context, string, string, sizes) error
	}{{"throughput", throughput}, {"latency", latency}, {"startup", startup}, {"load", load}, {"scale", scale}, {"past", past}, {"replicas", replicas}, {"slow", slow}} {
		if s.only != "" && s.only != step.name || s.only == "" && (step.name == "replicas" || step.name == "slow") { // they have flags of their own
			continue
		}
		if err := step.run(ctx, binary, dir, s); err != nil {
			return fmt.Errorf("%s: %w", step.name, err)
		}
	}
	return nil
}
