package sqldb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/pressly/goose/v3"
)

// postgresDialect is the dialect of PostgreSQL, and that of databases which speak like it. Several replicas write at once, in
// transactions that see what others have committed (READ COMMITTED, or anything stronger). What one decides about is locked
// first, by the row of its group.
var postgresDialect = Dialect{
	name: "postgres", Blob: "BYTEA", Lock: " FOR UPDATE", numbered: true, again: conflict,
	batches: true, goose: goose.DialectPostgres, shape: postgresShape,
	migrated:       `SELECT to_regclass('` + goose.DefaultTablename + `') IS NOT NULL`,
	lockMigrations: `SELECT pg_advisory_lock` + migrating, unlockMigrations: `SELECT pg_advisory_unlock` + migrating,
	Made: `SELECT CAST('meta' AS regclass)::oid::bigint`,
}

// migrating names the lock of those who migrate, which ends with the session at the latest. Several bots may have a schema each in
// one database. The number is this program's own.
const migrating = `(1869840242, hashtext(coalesce(current_schema(), '')))`

// poolSizePostgres is how many connections a replica has at most, unless the DSN says pool_max_conns.
const poolSizePostgres = 16

// limitsPostgres are for sessions whose replica stopped in the middle, so that nobody waits for them for ever. In ms.
var limitsPostgres = map[string]string{
	"idle_in_transaction_session_timeout": "5000",
	"lock_timeout":                        "10000",
	"statement_timeout":                   "30000",
}

func (db *DB) openPostgres(ctx context.Context, dsn string) error {
	cfg, err := readPostgres(dsn)
	if err != nil {
		return err
	}
	scrub := newScrubber(dsn, cfg)
	if !strings.Contains(dsn, "pool_max_conns") {
		cfg.MaxConns = poolSizePostgres
	}
	for name, value := range limitsPostgres {
		if _, set := cfg.ConnConfig.RuntimeParams[name]; !set {
			cfg.ConnConfig.RuntimeParams[name] = value
		}
	}
	cfg.AfterConnect = planAhead
	if db.pool, err = pgxpool.NewWithConfig(ctx, cfg); err != nil {
		return fmt.Errorf("open the database: %w", scrub.clean(err))
	}
	db.Writer = Pool{openScrubbed(db.pool, scrub), &postgresDialect}
	db.Reader = db.Writer
	return db.seeSyncing(ctx)
}

// planAhead has PostgreSQL make plans that stay good. Nothing is compiled: what takes 2 ms is not worth it, and the question what is
// ready in the outbox took 570 ms where the planner overrated it. Tables are read by index: else a plan from when a table was
// empty, as the outbox is most of the time, reads all of it again and again once it is not. To plan each time instead took 3 ms.
//
// Not all that speak like PostgreSQL know these settings, and a proxy may refuse to be told of them while a connection begins.
func planAhead(ctx context.Context, conn *pgx.Conn) error {
	for _, set := range []string{`SET jit = off`, `SET enable_seqscan = off`} {
		_, err := conn.Exec(ctx, set, pgx.QueryExecModeSimpleProtocol)
		if err != nil && code(err) != stateUnknown {
			return fmt.Errorf("open a connection: %w", err)
		}
	}
	return nil
}

// seeSyncing looks whether the database lets a transaction say that nobody waits until it is on the disk. Not all that speak
// like PostgreSQL do.
func (db *DB) seeSyncing(ctx context.Context) error {
	var how string
	err := db.Reader.QueryRowContext(ctx, `SHOW synchronous_commit`).Scan(&how)
	if err != nil && code(err) == "" {
		return fmt.Errorf("open the database: %w", err)
	}
	db.unsynced = err == nil && how != "off"
	return nil
}

// How many migrations had run was the only row of a table before goose.
func postgresShape(ctx context.Context, in Querier) (n int64, err error) {
	var there bool
	err = in.QueryRowContext(ctx, `SELECT to_regclass('shape') IS NOT NULL`).Scan(&there)
	if err != nil || !there {
		return 0, err
	}
	err = in.QueryRowContext(ctx, `SELECT number FROM shape WHERE one = 1`).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return n, err
}
