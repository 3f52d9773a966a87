package sqldb

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/jackc/pgx/v5/pgxpool"
)

// Path is the file that a DSN of SQLite names; it says false of others.
func Path(dsn string) (path string, ok bool) {
	path, ok = strings.CutPrefix(dsn, "sqlite:")
	return path, ok && path != ""
}

// IsPostgres says whether a DSN names a PostgreSQL database.
func IsPostgres(dsn string) bool {
	return strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://")
}

// hints tell what is wrong with most DSNs that cannot be read.
const hints = "allowed is postgres://user:password@host/database, and in the password each of @ : / ? # % and each space as % and two digits: @ is %40, % is %25"

// CheckDSN says whether a DSN can be read, in a sentence that holds no part of it. It does not look whether the database is there.
func CheckDSN(dsn string) error {
	if _, ok := Path(dsn); ok {
		return nil
	}
	if !IsPostgres(dsn) {
		return errors.New("storage.dsn must be sqlite: and a path, such as sqlite:ostrakon.db, or postgres://user:password@host/database")
	}
	_, err := readPostgres(dsn)
	return err
}

// readPostgres reads a DSN of PostgreSQL's. What the driver says about one that it cannot read is not passed on: it quotes it.
func readPostgres(dsn string) (*pgxpool.Config, error) {
	cfg, err := pgxpool.ParseConfig(dsn)
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		return nil, fmt.Errorf("storage.dsn names a certificate or key file that cannot be read: %w", path.Err)
	}
	if err != nil {
		return nil, errors.New("storage.dsn cannot be read; " + hints)
	}
	if host := cfg.ConnConfig.Host; strings.Contains(host, "@") {
		return nil, errors.New("storage.dsn has more than one @; " + hints)
	}
	return cfg, nil
}
