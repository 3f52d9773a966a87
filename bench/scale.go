package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage"
)

// scaleRounds is how many things people do in so many groups as are measured.
const scaleRounds = 300_000

// scale tells what an update costs, how much memory is in use and how long a start takes, in ever more groups.
func scale(ctx context.Context, binary, dir string, s sizes) error {
	fmt.Println("groups     start    idle   after   per update   updates/s")
	for _, groups := range []int{10, 1000, 10_000, 100_000} {
		if err := scaleTo(ctx, binary, filepath.Join(dir, fmt.Sprintf("scale-%d", groups)), groups, s.members); err != nil {
			return err
		}
	}
	return nil
}

func scaleTo(ctx context.Context, binary, dir string, groups, members int) error {
	w, err := newWorld(sizes{groups: groups, members: min(members, max(4, 100_000/groups))})
	if err != nil {
		return err
	}
	defer w.server.Close()
	if err := os.Mkdir(dir, 0o700); err != nil {
		return fmt.Errorf("make a folder: %w", err)
	}
	if err := w.known(ctx, dir); err != nil {
		return fmt.Errorf("fill a database: %w", err)
	}
	began := time.Now()
	p, err := start(ctx, binary, dir, w.server.URL, w.bot.Token())
	if err != nil {
		return err
	}
	select {
	case <-w.polled:
	case <-time.After(answerTime):
		return errors.New("the bot did not ask for updates")
	}
	started := time.Since(began)
	t := newTraffic(w, 1)
	w.sim.Flood(w.bot, 2*groups, t.round) // what is known of groups is known then
	if err := w.sim.WaitConfirmed(ctx); err != nil {
		return fmt.Errorf("wait for the bot: %w: %s", err, p.log.String())
	}
	idle, spent, began := p.resident(), p.seconds(), time.Now()
	w.sim.Flood(w.bot, scaleRounds, t.round)
	if err := w.sim.WaitConfirmed(ctx); err != nil {
		return fmt.Errorf("wait for the bot: %w: %s", err, p.log.String())
	}
	took := time.Since(began)
	fmt.Printf("%6d %6d ms %4.0f MB %4.0f MB %9.1f µs %11.0f\n", groups, started.Milliseconds(), idle, p.resident(),
		(p.seconds()-spent)/scaleRounds*1e6, scaleRounds/took.Seconds())
	_, err = p.stop()
	return err
}

// known makes a database in which the bot has long been in all the groups, and has Telegram forget that it has just come.
func (w *world) known(ctx context.Context, dir string) error {
	path := filepath.Join(dir, "ostrakon.db")
	store, err := storage.Open(ctx, storage.Options{
		DSN: "sqlite:" + path, KeyFile: filepath.Join(dir, "ostrakon.key"), Defaults: moderation.DefaultPolicy(), Now: time.Now,
	})
	if err != nil {
		return err
	}
	rights := moderation.Rights{Member: true, Admin: true, Delete: true, Restrict: true}
	err = moderation.NewCourt(store, time.Now).Status(ctx, 1, -1, moderation.Supergroup, rights)
	if err = errors.Join(err, store.Close()); err != nil {
		return err
	}
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // of what was not committed
	if _, err := tx.ExecContext(ctx, `DELETE FROM outbox; UPDATE chat SET intro = 1, greeted = 1`); err != nil {
		return err
	}
	for _, g := range w.groups {
		if _, err := tx.ExecContext(ctx, `INSERT INTO chat (number, kind, is_member, is_admin, can_delete, can_restrict, policy, intro, greeted, digest_from, digest_due)
			SELECT ?, kind, is_member, is_admin, can_delete, can_restrict, policy, intro, greeted, digest_from, digest_due FROM chat WHERE number = -1`, g.ID()); err != nil {
			return err
		}
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, w.server.URL+"/bot"+w.bot.Token()+"/deleteWebhook",
		strings.NewReader("drop_pending_updates=true"))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return res.Body.Close()
}
