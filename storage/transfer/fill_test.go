package transfer

import (
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/scratch"
	"github.com/ostrakon-bot/ostrakon/internal/testdb"
	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

// entries is how many entries the ledger of a filled database has.
const entries = 2

// empty returns the DSN of an empty database of a kind.
func empty(t *testing.T, kind string) string {
	t.Helper()
	if kind == "postgres" {
		return cluster.Schema(t)
	}
	return testdb.New(t, filepath.Join(scratch.Dir(t), "ostrakon.db"))
}

// kind is that of the databases of this run.
func kind() string {
	if cluster == nil {
		return "sqlite"
	}
	return "postgres"
}

// kinds are those to which a copy may go in this run.
func kinds() []string {
	return slices.Compact([]string{"sqlite", kind()})
}

// open opens a database as the copy does, but beside others.
func open(t *testing.T, dsn string) *sqldb.DB {
	t.Helper()
	db, err := sqldb.Open(t.Context(), dsn, time.Now)
	if err == nil {
		err = db.Migrate(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// run runs a statement.
func run(t *testing.T, dsn, query string, args ...any) {
	t.Helper()
	db := open(t, dsn)
	_, err := db.Writer.ExecContext(t.Context(), query, args...)
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

// filled returns the DSN of a database each table of which has rows, as many as rows says. No column is empty. The key tells
// the database from others.
func filled(t *testing.T, key string, rows func(table string) int) string {
	t.Helper()
	dsn := empty(t, kind())
	db := open(t, dsn)
	columns := map[string]map[string]string{} // of each table, and their types
	for _, c := range copied {
		types, err := (&mover{ctx: t.Context(), to: db}).types(c.table)
		if err != nil {
			t.Fatal(err)
		}
		columns[c.table] = types
	}
	err := db.WithTx(t.Context(), func(tx *sqldb.Tx) error {
		for _, c := range copied {
			fill(tx, c.table, columns[c.table], int64(rows(c.table)))
		}
		for name, v := range map[string]string{"key": key, "id": "of the source", "ledger size": strconv.Itoa(entries)} {
			tx.Later("fill meta", `INSERT INTO meta (name, value) VALUES (?, ?)`, name, []byte(v))
		}
		return nil
	})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	return dsn
}

// fill writes so many rows.
func fill(tx *sqldb.Tx, table string, types map[string]string, rows int64) {
	columns := slices.Sorted(maps.Keys(types))
	query := `INSERT INTO ` + table + ` (` + strings.Join(columns, ", ") + `) VALUES (` + sqldb.Repeat("?", ", ", len(columns)) + `)`
	first := int64(1)
	if table == "ledger_hash" { // which counts from 0
		first = 0
	}
	for n := range rows {
		values := make([]any, len(columns))
		for i, name := range columns {
			values[i] = value(name, types[name], first+n, int64(i))
		}
		tx.Later("fill "+table, query, values...)
	}
}

// allowed are the values of columns that take few.
var allowed = map[string]any{
	"kind": "supergroup", "verdict": "open", "decided": 0, "reversed": "pardoned", "appeal": "stands", "class": 1, "cause": "days", "concerns": "group",
}

// value is that of a column in row n, other than those of the rows and columns beside it. What refers to a row refers to row n.
func value(column, kind string, n, i int64) any {
	if v, ok := allowed[column]; ok {
		return v
	}
	if slices.Contains([]string{"id", "chat", "case_id", "arrival", "entry"}, column) {
		return n
	}
	switch kind {
	case "text":
		return fmt.Sprintf("текст %d %d", n, i)
	case "bytea", "blob":
		return fmt.Appendf(nil, "\x00\xff%02d%028d", i, n) // as long as a hash
	case "real", "float8":
		return float64(n) + 0.125*float64(i)
	case "int4":
		return n
	}
	return -n*1_000_000_000_000 - i
}

// contents are the rows of each table, in words that are the same for both databases.
func contents(t *testing.T, dsn string) map[string][]string {
	t.Helper()
	db := open(t, dsn)
	defer db.Close()
	all := map[string][]string{}
	for n, c := range copied {
		from := mover{ctx: t.Context(), from: db}
		for {
			rows, columns, err := from.read(n)
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range rows {
				all[c.table] = append(all[c.table], line(row, columns))
			}
			if len(rows) < copyAtOnce {
				break
			}
			from.at = cursor{Table: n, Last: keyOf(rows[len(rows)-1], columns, c.key)}
		}
		slices.Sort(all[c.table])
	}
	return all
}

func line(row []any, columns []string) string {
	named := make([]string, len(row))
	for i, v := range row {
		if raw, ok := v.([]byte); ok {
			v = string(raw)
		}
		named[i] = fmt.Sprintf("%s=%q", columns[i], fmt.Sprint(v))
	}
	slices.Sort(named)
	return strings.Join(named, " ")
}
