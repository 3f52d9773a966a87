package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // opens postgres:// as "pgx"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage"
	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

// known makes a database in which the bot has long been in all the groups, and has Telegram forget that it has just come.
func (w *world) known(ctx context.Context, dsn, keyFile string) error {
	return w.knownWith(ctx, dsn, keyFile, moderation.DefaultPolicy())
}

// knownWith is known with settings for all groups.
func (w *world) knownWith(ctx context.Context, dsn, keyFile string, settings moderation.Policy) error {
	store, err := storage.Open(ctx, storage.Options{DSN: dsn, KeyFile: keyFile, Defaults: settings, Now: time.Now})
	if err != nil {
		return err
	}
	rights := moderation.Rights{Member: true, Admin: true, Delete: true, Restrict: true}
	err = moderation.NewCourt(store, time.Now).Status(ctx, 1, -1, moderation.Supergroup, rights)
	if err = errors.Join(err, store.Close()); err != nil {
		return err
	}
	if err := w.copyChat(ctx, dsn); err != nil {
		return fmt.Errorf("fill a database: %w", err)
	}
	return w.forget(ctx)
}

// copyChat makes a row for each group like that of the one that is there.
func (w *world) copyChat(ctx context.Context, dsn string) error {
	db, err := openSQL(dsn)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // of what was not committed
	if _, err := tx.ExecContext(ctx, `DELETE FROM outbox`); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE chat SET intro = 1, greeted = 1`); err != nil {
		return err
	}
	for _, g := range w.groups {
		if _, err := tx.ExecContext(ctx, `INSERT INTO chat (number, kind, is_member, is_admin, can_delete, can_restrict, policy, intro, greeted, digest_from, digest_due)
			SELECT CAST($1 AS BIGINT), kind, is_member, is_admin, can_delete, can_restrict, policy, intro, greeted, digest_from, digest_due FROM chat WHERE number = -1`, g.ID()); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// openSQL opens the database that a DSN of the bot names.
func openSQL(dsn string) (*sql.DB, error) {
	if path, ok := sqldb.Path(dsn); ok {
		return sql.Open("sqlite3", path)
	}
	return sql.Open("pgx", dsn)
}

// forget has Telegram forget what it has not handed to the bot yet.
func (w *world) forget(ctx context.Context) error {
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
