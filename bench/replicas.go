package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/pgtest"
)

// How replicas are measured.
const (
	replicaGroups = 200
	replicaWarm   = 2_000
	replicaFlood  = 30_000
)

// replicas tells how many updates a second so many replicas take in by webhook over one PostgreSQL. They share the machine
// with it and the simulated Telegram:
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
	w, err := newWorld(sizes{groups: replicaGroups, members: s.members})
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
	door, err := openDoor(ctx, s.replicas)
	if err != nil {
		return err
	}
	defer door.Close()
	var all []*process
	for _, address := range door.targets {
		p, err := start(ctx, binary, dir, w.server.URL, w.bot.Token(), "OSTRAKON_STORAGE_DSN="+server.DSN("postgres"),
			"OSTRAKON_TELEGRAM_MODE=webhook", "OSTRAKON_TELEGRAM_WEBHOOK_URL=http://"+door.Addr().String()+"/hook",
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
	before := 0.0
	for _, p := range all {
		before -= p.seconds()
	}
	took, err := flood(replicaFlood)
	if err != nil {
		return err
	}
	for _, p := range all {
		before += p.seconds()
	}
	fmt.Printf("%d replicas on PostgreSQL: %.0f updates/s, %.0f µs of the replicas' processor time each\n",
		s.replicas, replicaFlood/took.Seconds(), before/replicaFlood*1e6)
	for _, p := range all {
		if _, err := p.stop(); err != nil {
			return err
		}
	}
	return nil
}

// door is a load balancer that knows nothing of HTTP: each connection goes to the next replica.
type door struct {
	net.Listener

	targets []string
	next    atomic.Int64
}

// openDoor opens a door to so many replicas, and says where each is to listen.
func openDoor(ctx context.Context, n int) (*door, error) {
	d := &door{}
	var lc net.ListenConfig
	for range n {
		free, err := lc.Listen(ctx, "tcp", "127.0.0.1:0")
		if err != nil {
			return nil, err
		}
		d.targets = append(d.targets, free.Addr().String())
		if err := free.Close(); err != nil {
			return nil, err
		}
	}
	var err error
	if d.Listener, err = lc.Listen(ctx, "tcp", "127.0.0.1:0"); err != nil {
		return nil, err
	}
	go d.serve(ctx)
	return d, nil
}

func (d *door) serve(ctx context.Context) {
	for {
		in, err := d.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			continue
		}
		go d.join(ctx, in)
	}
}

// join joins a connection to one to the next replica. One that is not there yet is tried again by Telegram.
func (d *door) join(ctx context.Context, in net.Conn) {
	defer func() { _ = in.Close() }()
	var dialer net.Dialer
	out, err := dialer.DialContext(ctx, "tcp", d.targets[int(d.next.Add(1))%len(d.targets)])
	if err != nil {
		return
	}
	defer func() { _ = out.Close() }()
	go func() {
		_, _ = io.Copy(out, in) // until one side is gone, which ends both
		_ = out.Close()
	}()
	_, _ = io.Copy(in, out)
}
