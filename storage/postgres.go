package storage

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// postgresDialect is PostgreSQL's, and that of databases which speak like it. Several replicas write at once, in
// transactions that see what others have committed (READ COMMITTED, or anything stronger); what one decides about is
// locked first, by the row of its group.
var postgresDialect = dialect{
	name: "postgres", blob: "BYTEA", lock: " FOR UPDATE", numbered: true, again: conflict,
	begin: "BEGIN", prepare: preparePostgres, shape: postgresShape, setShape: setPostgresShape,
	made: `SELECT CAST('meta' AS regclass)::oid::bigint`,
}

// IsPostgres says whether a DSN names a PostgreSQL database.
func IsPostgres(dsn string) bool {
	return strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://")
}

// poolSizePostgres is how many connections a replica has at most, unless the DSN says pool_max_conns.
const poolSizePostgres = 16

// limitsPostgres are for sessions whose replica stopped in the middle, so that nobody waits for them for ever. In ms.
var limitsPostgres = map[string]string{
	"idle_in_transaction_session_timeout": "5000",
	"lock_timeout":                        "10000",
	"statement_timeout":                   "30000",
}

func (s *Store) openPostgres(ctx context.Context, dsn string) error {
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
	if s.pool, err = pgxpool.NewWithConfig(ctx, cfg); err != nil {
		return fmt.Errorf("open the database: %w", hide.over(err))
	}
	s.writer = database{openPipes(s.pool, hide), &postgresDialect}
	s.reader = s.writer
	return s.seeFlushing(ctx)
}

// seeFlushing looks whether the database lets a transaction say that nobody waits until it is on the disk. Not all that speak
// like PostgreSQL do.
func (s *Store) seeFlushing(ctx context.Context) error {
	var how string
	err := s.reader.QueryRowContext(ctx, `SHOW synchronous_commit`).Scan(&how)
	if err != nil && code(err) == "" {
		return fmt.Errorf("open the database: %w", err)
	}
	s.flushing = err == nil && how != "off"
	return nil
}

// unflushed has a transaction that may be lost not wait for the disk, with PostgreSQL. What is committed after it has it there
// too. See https://www.postgresql.org/docs/current/wal-async-commit.html.
func (u *unit) unflushed() error {
	if !u.s.flushing {
		return nil
	}
	return u.exec(`SET LOCAL synchronous_commit = off`)
}

// conflict says whether a transaction failed because of another that ran beside it: it will not the next time.
func conflict(err error) bool {
	switch code(err) {
	case "40001", "40P01": // serialization_failure, deadlock_detected
		return true
	default:
		return false
	}
}

// code is what PostgreSQL calls an error, if it is one of its own.
func code(err error) string {
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		return ""
	}
	return e.Code
}

// passingPostgres says whether an error is about the server, the way to it or others who use it, and not about what was
// asked. See https://www.postgresql.org/docs/current/errcodes-appendix.html.
func passingPostgres(err error) bool {
	if class := code(err); class != "" {
		switch class[:2] {
		case "08", "40", "53", "57", "58": // connection, rollback, resources (a full disk), operator, system
			return true
		}
		return class == "25006" || class == "25P03" || class == "55P03" // read only, idle for too long, locked
	}
	var unreachable *pgconn.ConnectError
	var network net.Error
	return errors.As(err, &unreachable) || errors.As(err, &network) || pgconn.SafeToRetry(err) || pgconn.Timeout(err) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, driver.ErrBadConn) ||
		errors.Is(err, net.ErrClosed) || errors.Is(err, io.ErrClosedPipe)
}
