package storage_test

import (
	"database/sql"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

// row is a row of some table as it lies there.
type row struct {
	table  string
	values []any
}

// tables are the names of all tables.
func (d *desk) tables() []string {
	d.t.Helper()
	list := `SELECT name FROM pragma_table_list WHERE schema = 'main' AND name <> 'sqlite_schema' ORDER BY name`
	if sqldb.IsPostgres(d.opts.DSN) {
		list = `SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() ORDER BY 1`
	}
	tables, err := d.sql().QueryContext(d.t.Context(), list)
	d.must(err)
	defer tables.Close()
	var names []string
	for tables.Next() {
		var name string
		d.must(tables.Scan(&name))
		if name != "goose_db_version" { // in which it says when each migration ran, and which is none of ours
			names = append(names, name)
		}
	}
	d.must(tables.Err())
	return names
}

// rows are all rows of all tables. Where a tag gives the order they are in no order.
func (d *desk) rows() []row {
	d.t.Helper()
	db := d.sql()
	var all []row
	for _, name := range d.tables() {
		found, err := db.QueryContext(d.t.Context(), `SELECT * FROM `+name)
		d.must(err)
		all = append(all, scanAll(d.t, name, found)...)
	}
	return all
}

func scanAll(t testing.TB, table string, rows *sql.Rows) []row {
	t.Helper()
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var all []row
	for rows.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		all = append(all, row{table, values})
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

var anyCase = regexp.MustCompile(`\b[0-9A-HJKMNP-TV-Z]{4}\b`)

// dump is what the database says to who has no key, a line for each row: of what is random or
// sealed it shows the length.
func (d *desk) dump() []string {
	d.t.Helper()
	var lines []string
	lanes := map[any]int{}
	rows := d.rows()
	for _, r := range rows {
		if r.table == "outbox" {
			lanes[r.values[len(r.values)-1]]++
		}
	}
	for _, r := range rows {
		// Lanes are made by chance, and a case's reporters are told in an order that chance makes, too: what tells something
		// is how many wait in one.
		if last := len(r.values) - 1; r.table == "outbox" {
			r.values[last] = fmt.Sprintf("lane of %d", lanes[r.values[last]])
		}
		for i, v := range r.values {
			if blob, ok := v.([]byte); ok && !isText(blob) {
				r.values[i] = fmt.Sprintf("<%d bytes>", len(blob))
			} else if ok {
				r.values[i] = string(blob)
			}
		}
		if r.table == "meta" && r.values[0] == "id" {
			r.values[1] = fmt.Sprintf("of %d letters", len(fmt.Sprint(r.values[1]))) // which chance made
		}
		if strings.HasPrefix(r.table, "ledger_") {
			for i, v := range r.values {
				if n, ok := v.(int64); ok && max(n, -n) > 1<<32 {
					r.values[i] = "place" // which chance made
				}
			}
		}
		lines = append(lines, r.table+": "+anyCase.ReplaceAllString(strings.TrimSpace(fmt.Sprintln(r.values...)), "CASE"))
	}
	slices.Sort(lines)
	return lines
}

// isText says whether a blob is readable, such as the number of a message.
func isText(blob []byte) bool {
	return !slices.ContainsFunc(blob, func(b byte) bool { return b < ' ' || b > '~' })
}

// added are the lines of after that are not in before.
func added(before, after []string) []string {
	return slices.DeleteFunc(slices.Clone(after), func(line string) bool { return slices.Contains(before, line) })
}
