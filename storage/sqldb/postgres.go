package sqldb

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5/pgxpool"
)

// PostgreSQL is the dialect of PostgreSQL, and that of databases which speak like it. Several replicas write at once, in
// transactions that see what others have committed (READ COMMITTED, or anything stronger); what one decides about is
// locked first, by the row of its group.
var PostgreSQL = Dialect{
	name: "postgres", Blob: "BYTEA", Lock: " FOR UPDATE", numbered: true, again: conflict,
	begin: "BEGIN", prepare: preparePostgres, shape: postgresShape, setShape: setPostgresShape,
	Made: `SELECT CAST('meta' AS regclass)::oid::bigint`,
}

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
	hide := newShroud(dsn, cfg)
	if !strings.Contains(dsn, "pool_max_conns") {
		cfg.MaxConns = poolSizePostgres
	}
	for name, value := range limitsPostgres {
		if _, set := cfg.ConnConfig.RuntimeParams[name]; !set {
			cfg.ConnConfig.RuntimeParams[name] = value
		}
	}
	if db.pool, err = pgxpool.NewWithConfig(ctx, cfg); err != nil {
		return fmt.Errorf("open the database: %w", hide.over(err))
	}
	db.Writer = Pool{openPipes(db.pool, hide), &PostgreSQL}
	db.Reader = db.Writer
	return db.seeSyncing(ctx)
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
