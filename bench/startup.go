package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage"
)

// startup times the start of the process to its first getUpdates, with many cases in the database.
func startup(ctx context.Context, binary, dir string, s sizes) error {
	dir = filepath.Join(dir, "startup")
	if err := os.Mkdir(dir, 0o700); err != nil {
		return fmt.Errorf("make a folder: %w", err)
	}
	if err := fill(ctx, dir, s.cases); err != nil {
		return fmt.Errorf("fill a database: %w", err)
	}
	best := time.Hour
	for range 5 {
		w, err := newWorld(sizes{})
		if err != nil {
			return err
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
		best = min(best, time.Since(began))
		if _, err := p.stop(); err != nil {
			return err
		}
		w.server.Close()
	}
	fmt.Printf("start to first getUpdates with %d cases: %d ms (best of 5)\n", s.cases, best.Milliseconds())
	return nil
}

// fill makes one real case and copies it, a tenth of the copies open.
func fill(ctx context.Context, dir string, cases int) error {
	path := filepath.Join(dir, "ostrakon.db")
	store, err := storage.Open(ctx, storage.Options{
		DSN: "sqlite:" + path, KeyFile: filepath.Join(dir, "ostrakon.key"), Defaults: moderation.DefaultPolicy(), Now: time.Now,
	})
	if err != nil {
		return err
	}
	court := moderation.NewCourt(store, time.Now)
	_, err = court.Report(ctx, moderation.Report{
		Chat: -100, Reporter: moderation.Member{ID: 1, Present: true},
		Target: moderation.Target{Message: 1, SentAt: time.Now(), Author: moderation.Author{ID: 2}, Role: moderation.RoleMember},
	})
	if err = errors.Join(err, store.Close()); err != nil {
		return err
	}
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, `DELETE FROM outbox; WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
		INSERT INTO cases (chat, short, anchor, is_album, message, thread, sent, author_tag, author, key, verdict, opened, deadline, decided)
		SELECT chat, 'C' || i, CAST('c' || i AS BLOB), 0, i, 0, sent, author_tag, author, key,
			iif(i % 10, 'dismissed', 'open'), opened, deadline + i, iif(i % 10, opened, 0) FROM cases, n`, cases)
	return errors.Join(err, db.Close())
}
