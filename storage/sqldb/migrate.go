package sqldb

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"
)

//go:embed migrations
var migrations embed.FS

// migration is one step from a shape of the database to the next. Steps with the same number lead to the same shape in
// all dialects; PostgreSQL came later, so that its first step is the eighth.
type migration struct {
	number int // of the shape that it leads to
	name   string
}

// migrationsFor lists the steps of a dialect in their order.
func migrationsFor(d *Dialect) ([]migration, error) {
	names, err := fs.Glob(migrations, "migrations/"+d.name+"/*.sql")
	if err != nil {
		return nil, fmt.Errorf("list migrations: %w", err)
	}
	steps := make([]migration, len(names))
	for i, name := range names {
		number, _, _ := strings.Cut(path.Base(name), "_")
		if steps[i].number, err = strconv.Atoi(number); err != nil {
			return nil, fmt.Errorf("list migrations: %w", err)
		}
		steps[i].name = name
	}
	return steps, nil
}

// Migrate brings the database to the present shape, a step a transaction. A database from a newer version is refused.
// Of several replicas that start at once, one does it and the others wait.
func (db *DB) Migrate(ctx context.Context) error {
	p := db.Writer
	steps, err := migrationsFor(p.in)
	if err != nil {
		return err
	}
	if err := p.in.prepare(ctx, p); err != nil {
		return err
	}
	for more := true; more; {
		if more, err = migrateOne(ctx, p, steps); err != nil {
			return err
		}
	}
	return nil
}

// migrateOne runs the next step that is not done yet, and says whether there was one.
func migrateOne(ctx context.Context, p Pool, steps []migration) (more bool, err error) {
	tx, err := p.begin(ctx)
	if err != nil {
		return false, fmt.Errorf("begin a transaction: %w", err)
	}
	defer func() {
		if err != nil || !more {
			_ = tx.Rollback() // there is nothing to be kept
		}
	}()
	done, err := p.in.shape(ctx, tx)
	if err != nil {
		return false, fmt.Errorf("read the database's shape: %w", err)
	}
	if last := steps[len(steps)-1].number; done > last {
		return false, fmt.Errorf("it was made by a newer version of Ostrakon (shape %d, this one knows %d): run that version", done, last)
	}
	for _, step := range steps {
		if step.number > done {
			return true, step.run(ctx, tx)
		}
	}
	return false, nil
}

func (m migration) run(ctx context.Context, tx transaction) error {
	text, err := migrations.ReadFile(m.name)
	if err == nil {
		_, err = tx.plain.ExecContext(ctx, string(text))
	}
	if err == nil {
		err = tx.in.setShape(ctx, tx, m.number)
	}
	if err == nil {
		err = tx.Commit()
	}
	if err != nil {
		return fmt.Errorf("run %s: %w", m.name, err)
	}
	return nil
}

// How many migrations have run is SQLite's user_version.

func sqliteShape(ctx context.Context, tx transaction) (n int, err error) {
	err = tx.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&n)
	return n, err
}

func setSQLiteShape(ctx context.Context, tx transaction, n int) error {
	// A pragma takes no parameters; n is our own number.
	_, err := tx.ExecContext(ctx, fmt.Sprintf(`PRAGMA user_version = %d`, n))
	return err
}

// In PostgreSQL it is the only row of a table, which replicas lock while they look.

func preparePostgres(ctx context.Context, p Pool) error {
	make := func() error {
		_, err := p.ExecContext(ctx, `CREATE TABLE IF NOT EXISTS shape (one INTEGER PRIMARY KEY CHECK (one = 1), number BIGINT NOT NULL)`)
		if err == nil {
			_, err = p.ExecContext(ctx, `INSERT INTO shape (one, number) VALUES (1, 0) ON CONFLICT DO NOTHING`)
		}
		return err
	}
	err := make()
	if code(err) != "" { // two that make it at once: one is told that it is there
		err = make()
	}
	return err
}

func postgresShape(ctx context.Context, tx transaction) (n int, err error) {
	err = tx.QueryRowContext(ctx, `SELECT number FROM shape WHERE one = 1 FOR UPDATE`).Scan(&n)
	return n, err
}

func setPostgresShape(ctx context.Context, tx transaction, n int) error {
	_, err := tx.ExecContext(ctx, `UPDATE shape SET number = ? WHERE one = 1`, n)
	return err
}
