package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/pgtest"
)

// How replicas are measured.
const (
	replicaGroups = 10_000
	replicaWarm   = 2_000
	replicaFlood  = 30_000
)

// replicas tells how many updates a second so many replicas take in by webhook over one PostgreSQL. They share the machine
// with it and the simulated Telegram. First a few groups write most: the updates of one group come one after the other, so
// that the busiest sets the pace. Then all write alike:
//
//	taskset -c 0 go run ./bench -only replicas -replicas 1     all on one core
//	go run ./bench -only replicas -replicas 1 -under "taskset -c 0"     the replica on one, the rest on both
//	go run ./bench -only replicas -replicas 2
func replicas(ctx context.Context, binary, dir string, s sizes) error {
	server, err := pgtest.New(true)
	if err != nil {
		return err
	}
	defer server.Close()
	targets, err := freePorts(ctx, s.replicas)
	if err != nil {
		return err
	}
	w, err := newWorldOver(sizes{groups: replicaGroups, members: s.members}, among(targets))
	if err != nil {
		return err
	}
	defer w.server.Close()
	dir = filepath.Join(dir, "replicas")
	if err := os.Mkdir(dir, 0o700); err != nil {
		return fmt.Errorf("make a folder: %w", err)
	}
	if err := w.known(ctx, server.DSN("postgres"), filepath.Join(dir, "ostrakon.key")); err != nil {
		return err
	}
	var all []*process
	for _, address := range targets {
		p, err := start(ctx, binary, dir, w.server.URL, w.bot.Token(), "OSTRAKON_STORAGE_DSN="+server.DSN("postgres"),
			"OSTRAKON_TELEGRAM_MODE=webhook", "OSTRAKON_TELEGRAM_WEBHOOK_URL=http://"+targets[0]+"/hook",
			"OSTRAKON_TELEGRAM_WEBHOOK_LISTEN="+address)
		if err != nil {
			return err
		}
		all = append(all, p)
	}
	t := newTraffic(w, 1)
	flood := func(n int) (time.Duration, error) {
		began := time.Now()
		w.sim.Flood(w.bot, n, t.round)
		if err := w.sim.WaitConfirmed(ctx); err != nil {
			return 0, fmt.Errorf("wait for the replicas: %w: %s", err, all[0].log.String())
		}
		return time.Since(began), nil
	}
	if _, err := flood(replicaWarm); err != nil {
		return err
	}
	for _, t.even = range []bool{false, true} {
		before := spentBy(all)
		took, err := flood(replicaFlood)
		if err != nil {
			return err
		}
		fmt.Printf("%d replicas on PostgreSQL, %s: %.0f updates/s, %.0f µs of the replicas' processor time each\n",
			s.replicas, map[bool]string{false: "a few groups write most", true: "all groups alike"}[t.even],
			replicaFlood/took.Seconds(), (spentBy(all)-before)/replicaFlood*1e6)
	}
	for _, p := range all {
		if _, err := p.stop(); err != nil {
			return err
		}
	}
	return nil
}

// spentBy is the processor time that processes have used, in seconds.
func spentBy(all []*process) (sum float64) {
	for _, p := range all {
		sum += p.seconds()
	}
	return sum
}
