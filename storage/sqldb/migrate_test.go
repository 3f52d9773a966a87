package sqldb_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/scratch"
	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

// dsn is an empty database.
func dsn(t *testing.T) string {
	t.Helper()
	if cluster != nil {
		return cluster.Schema(t)
	}
	return "sqlite:" + filepath.Join(scratch.Dir(t), "ostrakon.db")
}

func open(t *testing.T, dsn string) *sqldb.DB {
	t.Helper()
	db, err := sqldb.Open(t.Context(), dsn, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func run(t *testing.T, db *sqldb.DB, query string) {
	t.Helper()
	if _, err := db.Writer.DB.ExecContext(t.Context(), query); err != nil {
		t.Fatal(err)
	}
}

// migrated are the migrations that goose knows to have run, in their order.
func migrated(t *testing.T, db *sqldb.DB) (versions []int64) {
	t.Helper()
	rows, err := db.Reader.QueryContext(t.Context(), `SELECT version_id FROM goose_db_version ORDER BY id`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var v int64
		if err := rows.Scan(&v); err != nil {
			t.Fatal(err)
		}
		versions = append(versions, v)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return versions
}

// tables are the columns of all tables, but for those that say what has run.
func tables(t *testing.T, db *sqldb.DB) (all []string) {
	t.Helper()
	query := `SELECT m.name || '.' || c.name || ' ' || c.type FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'`
	if db.Shared() {
		query = `SELECT table_name || '.' || column_name || ' ' || data_type FROM information_schema.columns WHERE table_schema = current_schema()`
	}
	rows, err := db.Reader.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var column string
		if err := rows.Scan(&column); err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(column, "shape.") {
			all = append(all, column)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(all)
	return all
}

// release makes a database as a release before goose left it, after so many migrations.
func release(t *testing.T, last int) *sqldb.DB {
	t.Helper()
	db, kind := open(t, dsn(t)), "sqlite"
	if db.Shared() {
		kind = "postgres"
		run(t, db, fmt.Sprintf(`CREATE TABLE shape (one INTEGER PRIMARY KEY CHECK (one = 1), number BIGINT NOT NULL); INSERT INTO shape VALUES (1, %d)`, last))
	} else {
		run(t, db, fmt.Sprintf(`PRAGMA user_version = %d`, last))
	}
	files, err := filepath.Glob("migrations/" + kind + "/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(files)
	for _, name := range files {
		if filepath.Base(name) > fmt.Sprintf("%04d_~", last) {
			break
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		run(t, db, string(text))
	}
	return db
}

// Whatever a release before goose has run is not run again, and the tables are those of a new database.
func TestMigrateTakesOver(t *testing.T) {
	t.Parallel()
	fresh := open(t, dsn(t))
	if err := fresh.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, last := range []int{8, 14, 19} {
		db := release(t, last)
		for range 2 {
			if err := db.Migrate(t.Context()); err != nil {
				t.Fatalf("after %d migrations: %v", last, err)
			}
			if got, want := migrated(t, db), migrated(t, fresh); !slices.Equal(got, want) {
				t.Errorf("after %d migrations there have run %d, want %d", last, got, want)
			}
		}
		if got, want := tables(t, db), tables(t, fresh); !slices.Equal(got, want) {
			t.Errorf("after %d migrations there are\n%q\nwant\n%q", last, got, want)
		}
	}
}

// An earlier release says of a database that goose has migrated that it is newer: it looks at what these set.
func TestMigrateTellsEarlierReleases(t *testing.T) {
	t.Parallel()
	db := open(t, dsn(t))
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	query, shape := `PRAGMA user_version`, 0
	if db.Shared() {
		query = `SELECT number FROM shape`
	}
	if err := db.Reader.QueryRowContext(t.Context(), query).Scan(&shape); err != nil || shape <= 19 {
		t.Errorf("to a release of 19 migrations it has %d, %v", shape, err)
	}
}

func TestMigrateRefusesWhatIsNewer(t *testing.T) {
	t.Parallel()
	db := open(t, dsn(t))
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	run(t, db, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, TRUE)`)
	err := db.Migrate(t.Context())
	if err == nil || !strings.Contains(err.Error(), "it was made by a newer version of Ostrakon (shape 9999, this one knows ") {
		t.Errorf("it says %v", err)
	}
}

// Several replicas start at once, with a new database or that of an earlier release: each migration runs once.
func TestMigrateAtOnce(t *testing.T) {
	t.Parallel()
	for _, last := range []int{0, 14} {
		t.Run(fmt.Sprint(last), func(t *testing.T) {
			t.Parallel()
			at := dsn(t)
			if last > 0 {
				db := release(t, last)
				if !db.Shared() {
					t.Skip("one process alone runs on an existing file")
				}
				at = cluster.DSN("postgres") + "&search_path=" + schema(t, db)
			}
			replicas := make([]*sqldb.DB, 4)
			for i := range replicas {
				replicas[i] = open(t, at)
			}
			var all sync.WaitGroup
			for _, db := range replicas {
				all.Go(func() {
					if err := db.Migrate(t.Context()); err != nil {
						t.Errorf("migrate: %v", err)
					}
				})
			}
			all.Wait()
			ran := migrated(t, replicas[0])
			slices.Sort(ran)
			if once := slices.Compact(slices.Clone(ran)); !slices.Equal(ran, once) {
				t.Errorf("there have run %d", ran)
			}
		})
	}
}

func schema(t *testing.T, db *sqldb.DB) (name string) {
	t.Helper()
	if err := db.Reader.QueryRowContext(t.Context(), `SELECT current_schema()`).Scan(&name); err != nil {
		t.Fatal(err)
	}
	return name
}
