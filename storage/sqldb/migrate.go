package sqldb

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"

	"github.com/pressly/goose/v3"
	gooses "github.com/pressly/goose/v3/database"
	"github.com/pressly/goose/v3/lock"
)

// migrations are numbered steps, in a folder for each dialect. Steps with the same number lead to the same tables in all
// dialects; PostgreSQL came later, so that its first step is the eighth.
//
//go:embed migrations
var migrations embed.FS

// lastBeforeGoose is the last migration of the releases that noted without goose which had run.
const lastBeforeGoose = 19

// Migrate runs the migrations that have not run yet, each in a transaction. A database of a newer version is refused. Of several
// replicas that start at once, one does it and the others wait.
func (db *DB) Migrate(ctx context.Context) error {
	d := db.Writer.in
	folder, err := fs.Sub(migrations, path.Join("migrations", d.name))
	if err != nil {
		return fmt.Errorf("list migrations: %w", err)
	}
	table, err := gooses.NewStore(d.goose, goose.DefaultTablename)
	if err != nil {
		return fmt.Errorf("list migrations: %w", err)
	}
	alone := &takeover{in: d, table: table}
	steps, err := goose.NewProvider("", db.Writer.DB, folder, goose.WithStore(table), goose.WithSessionLocker(alone), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("list migrations: %w", err)
	}
	alone.steps = steps.ListSources()
	if err := alone.refuseNewer(ctx, db.Writer.DB); err != nil {
		return err
	}
	return up(ctx, steps)
}

// up runs what has not run. Two processes that open the same file of SQLite's may both begin a migration, of which the second
// fails. It goes on with what is left then.
func up(ctx context.Context, steps *goose.Provider) error {
	for {
		before, _, err := steps.GetVersions(ctx)
		if err != nil {
			return err
		}
		_, failed := steps.Up(ctx)
		if failed == nil {
			return nil
		}
		if after, _, err := steps.GetVersions(ctx); err != nil || after == before {
			if partial, ok := errors.AsType[*goose.PartialError](failed); ok {
				return fmt.Errorf("run %s: %w", path.Base(partial.Failed.Source.Path), partial.Err)
			}
			return failed
		}
	}
}

// takeover prepares a database for goose while no other replica migrates: goose then knows what an earlier release has run. It
// implements [lock.SessionLocker].
type takeover struct {
	in    *Dialect
	table gooses.Store
	steps []*goose.Source
}

var _ lock.SessionLocker = (*takeover)(nil)

// SessionLock returns once no other replica migrates.
func (t *takeover) SessionLock(ctx context.Context, conn *sql.Conn) error {
	if _, err := conn.ExecContext(ctx, t.in.lockMigrations); err != nil {
		return fmt.Errorf("wait for others who migrate: %w", err)
	}
	if err := t.takeOver(ctx, conn); err != nil {
		return errors.Join(err, t.SessionUnlock(ctx, conn))
	}
	return nil
}

// SessionUnlock lets others migrate.
func (t *takeover) SessionUnlock(ctx context.Context, conn *sql.Conn) error {
	_, err := conn.ExecContext(ctx, t.in.unlockMigrations)
	return err
}

func (t *takeover) takeOver(ctx context.Context, conn *sql.Conn) error {
	done, err := t.in.shape(ctx, conn)
	if err != nil {
		return fmt.Errorf("read the database's shape: %w", err)
	}
	known, there, err := t.known(ctx, conn)
	if err != nil {
		return fmt.Errorf("read the database's shape: %w", err)
	}
	missing := t.missing(known, min(done, lastBeforeGoose))
	if len(missing) == 0 {
		return nil
	}
	if err := t.note(ctx, conn, missing, there); err != nil {
		return fmt.Errorf("note which migrations have run: %w", err)
	}
	return nil
}

// known are the migrations of which goose knows that they have run. It says false if there is no table of these yet.
func (t *takeover) known(ctx context.Context, conn gooses.DBTxConn) (known []*gooses.ListMigrationsResult, there bool, err error) {
	if err := conn.QueryRowContext(ctx, t.in.migrated).Scan(&there); err != nil || !there {
		return nil, false, err
	}
	known, err = t.table.ListMigrations(ctx, conn)
	return known, true, err
}

// refuseNewer refuses a database of a newer version.
func (t *takeover) refuseNewer(ctx context.Context, db *sql.DB) error {
	newest, err := t.in.shape(ctx, db)
	if err != nil {
		return fmt.Errorf("read the database's shape: %w", err)
	}
	known, _, err := t.known(ctx, db)
	if err != nil {
		return fmt.Errorf("read the database's shape: %w", err)
	}
	for _, k := range known {
		newest = max(newest, k.Version)
	}
	if last := t.steps[len(t.steps)-1].Version; newest > last {
		return fmt.Errorf("it was made by a newer version of Ostrakon (shape %d, this one knows %d): run that version", newest, last)
	}
	return nil
}

// missing are the migrations up to a number that goose does not know to have run.
func (t *takeover) missing(known []*gooses.ListMigrationsResult, last int64) (versions []int64) {
	for _, s := range t.steps {
		noted := slices.ContainsFunc(known, func(k *gooses.ListMigrationsResult) bool { return k.Version == s.Version })
		if s.Version <= last && !noted {
			versions = append(versions, s.Version)
		}
	}
	return versions
}

// note notes migrations as run, in goose's table, which may not be there yet.
func (t *takeover) note(ctx context.Context, conn *sql.Conn, versions []int64, there bool) error {
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // of what was not committed
	if !there {
		if err := t.table.CreateVersionTable(ctx, tx); err != nil {
			return err
		}
		versions = append([]int64{0}, versions...) // as goose begins
	}
	for _, v := range versions {
		if err := t.table.Insert(ctx, tx, gooses.InsertRequest{Version: v}); err != nil {
			return err
		}
	}
	return tx.Commit()
}
