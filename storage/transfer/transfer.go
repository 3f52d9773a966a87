// Package transfer copies a whole database to another one, of the same kind or the other.
//
// It promises that all rows arrive, that an interrupted copy goes on where it was, and that nothing is copied over what is there. In
// the end rows are counted on both sides, and the ledger's tree is built anew and must be the same.
//
// It opens nothing that is sealed, and needs no key.
package transfer

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/storage"
	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

// copyAtOnce is how many rows are copied in one transaction.
const copyAtOnce = 500

// copied are the tables in an order in which no row comes before one that it refers to, and what names a row.
var copied = []struct {
	table string
	key   []string
}{
	{"meta", []string{"name"}}, {"handled", []string{"update_id"}}, {"chat", []string{"id"}},
	{"arrival", []string{"id"}}, {"spot", []string{"chat", "arrival"}}, {"arrival_time", []string{"at", "arrival"}},
	{"group_link", []string{"chat", "what"}}, {"member", []string{"chat", "tag"}}, {"bucket", []string{"chat", "tag"}},
	{"private", []string{"tag"}}, {"cases", []string{"id"}}, {"case_message", []string{"case_id", "message"}},
	{"ballot", []string{"case_id", "tag"}}, {"offence", []string{"case_id"}}, {"outbox", []string{"id"}},
	{"evidence", []string{"case_id"}}, {"medium", []string{"case_id", "part"}}, {"admin", []string{"tag", "chat"}},
	{"handle", []string{"chat", "tag"}}, {"complaint", []string{"chat", "day"}}, {"complained", []string{"chat", "tag"}},
	{"turn", []string{"id"}}, {"track", []string{"chat", "tag"}}, {"alike", []string{"chat", "tag"}},
	{"appeal", []string{"case_id"}}, {"asked", []string{"tag"}}, {"active", []string{"chat", "tag"}},
	{"quiz", []string{"chat", "tag"}}, {"ledger_hash", []string{"id"}}, {"ledger_opening", []string{"entry"}},
	{"ledger_pending", []string{"period", "place"}}, {"ledger_place", []string{"place"}}, {"pace", []string{"chat"}},
	{"brought", []string{"chat", "tag"}}, {"restraint", []string{"chat", "tag"}},
	{"inbox", []string{"update_id"}},
	{"space", []string{"chat"}}, {"allowance", []string{"tag"}},
	{"person_group", []string{"slot", "mark"}}, {"daily", []string{"tag"}},
	{"shown", []string{"id"}}, {"wiped", []string{"tag"}}, {"practice", []string{"chat"}}, {"juror", []string{"chat", "tag"}},
	{"copy_watch", []string{"chat", "tag", "case_id"}},
}

// Copied says what a copy came to, which is the same on both sides.
type Copied struct {
	Rows    int64
	Entries int64  // of the ledger
	Root    string // of its tree, in base64; empty if it has no entry
}

// Copy copies a whole database to another one, which must be empty or hold the beginning of the same copy: it goes on
// where an earlier one was interrupted. Nobody else may write to either meanwhile. Tell is told of rows as they arrive, and how
// many there are. No key file is needed: what is sealed stays sealed. In the end rows are counted and the ledger's tree
// is built anew from its entries, on both sides, and must be the same.
func Copy(ctx context.Context, from, to string, tell func(rows, of int64)) (c Copied, err error) {
	source, err := openSide(ctx, from)
	if err != nil {
		return c, fmt.Errorf("copy from there: %w", err)
	}
	defer func() { err = errors.Join(err, source.Close()) }()
	target, err := openSide(ctx, to)
	if err != nil {
		return c, fmt.Errorf("copy to there: %w", err)
	}
	defer func() { err = errors.Join(err, target.Close()) }()
	m := mover{ctx: ctx, from: source, to: target, tell: tell}
	if err := m.begin(); err != nil {
		return c, err
	}
	for n := m.at.Table; n < len(copied); n++ {
		if err := m.table(n); err != nil {
			return c, fmt.Errorf("copy the table %s: %w", copied[n].table, err)
		}
	}
	if c, err = m.compare(); err != nil {
		return c, err
	}
	return c, m.finish()
}

// openSide opens a database in its present shape, without a key, for nobody else.
func openSide(ctx context.Context, dsn string) (db *sqldb.DB, err error) {
	if db, err = sqldb.Open(ctx, dsn, func() time.Time { return time.Time{} }); err != nil { // nothing of what is copied tells when
		return nil, err
	}
	if !db.Shared() {
		if alone, err := db.LockFile(); err != nil || !alone {
			return nil, errors.Join(err, errors.New("a bot runs on this database: stop it first"), db.Close())
		}
	}
	if err := db.Migrate(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("prepare the database: %w", err), db.Close())
	}
	return db, nil
}

// mover is one run of a copy.
type mover struct {
	ctx      context.Context // lives no longer than the copy
	from, to *sqldb.DB
	at       cursor
	rows, of int64
	tell     func(rows, of int64)
}

// begin finds out where to go on.
func (m *mover) begin() error {
	var source []byte
	if err := m.from.Writer.QueryRowContext(m.ctx, `SELECT value FROM meta WHERE name = 'key'`).Scan(&source); err != nil {
		return fmt.Errorf("there is nothing to copy; no bot has run on it: %w", err)
	}
	for _, t := range copied {
		n, err := m.count(m.from, t.table)
		if err != nil {
			return err
		}
		m.of += n
	}
	var text []byte
	err := m.to.Writer.QueryRowContext(m.ctx, `SELECT value FROM meta WHERE name = ?`, storage.MetaCopy).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return m.beginAnew(source)
	}
	if err == nil {
		err = json.Unmarshal(text, &m.at)
	}
	if err != nil {
		return fmt.Errorf("read how far an earlier copy came: %w", err)
	}
	if m.at.Source != string(source) {
		return errors.New("an interrupted copy of another database is there: give an empty one")
	}
	for _, t := range copied[:min(m.at.Table+1, len(copied))] {
		n, err := m.count(m.to, t.table)
		if err != nil {
			return err
		}
		m.rows += n
	}
	m.rows-- // our own mark
	return nil
}

func (m *mover) beginAnew(source []byte) error {
	for _, t := range copied {
		if n, err := m.count(m.to, t.table); err != nil || n > 0 {
			return errors.Join(err, fmt.Errorf("the database to copy to is not empty (%d rows in %s)", n, t.table))
		}
	}
	m.at = cursor{Source: string(source)}
	text, err := json.Marshal(m.at)
	if err == nil {
		_, err = m.to.Writer.ExecContext(m.ctx, `INSERT INTO meta (name, value) VALUES (?, ?)`, storage.MetaCopy, text)
	}
	if err != nil {
		return fmt.Errorf("begin the copy: %w", err)
	}
	return nil
}

func (m *mover) count(in *sqldb.DB, table string) (n int64, err error) {
	if err = in.Writer.QueryRowContext(m.ctx, `SELECT count(*) FROM `+table).Scan(&n); err != nil {
		return 0, fmt.Errorf("count the rows of %s: %w", table, err)
	}
	return n, nil
}

// table copies what is missing of a table, and moves on to the next.
func (m *mover) table(n int) error {
	for {
		rows, columns, err := m.read(n)
		if err != nil {
			return err
		}
		next := cursor{Source: m.at.Source, Table: n + 1}
		if len(rows) == copyAtOnce {
			next.Table, next.Last = n, keyOf(rows[len(rows)-1], columns, copied[n].key)
		}
		if err := m.write(copied[n].table, columns, rows, next); err != nil {
			return err
		}
		m.at = next
		m.rows += int64(len(rows))
		m.tell(m.rows, m.of)
		if next.Table != n {
			return nil
		}
	}
}

// read reads the next rows of a table.
func (m *mover) read(n int) (all [][]any, columns []string, err error) {
	t := copied[n]
	query, key := `SELECT * FROM `+t.table, strings.Join(t.key, ", ")
	if len(m.at.Last) > 0 && m.at.Table == n {
		query += ` WHERE (` + key + `) > (` + strings.Repeat("?, ", len(t.key)-1) + `?)`
	}
	rows, err := m.from.Writer.QueryContext(m.ctx, query+` ORDER BY `+key+` LIMIT `+strconv.Itoa(copyAtOnce), m.last(n)...)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	if columns, err = rows.Columns(); err != nil {
		return nil, nil, err
	}
	for rows.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, nil, err
		}
		all = append(all, values)
	}
	return all, columns, rows.Err()
}

func (m *mover) last(n int) []any {
	if m.at.Table != n {
		return nil
	}
	return m.at.Last
}

func keyOf(row []any, columns, key []string) []any {
	values := make([]any, len(key))
	for i, name := range key {
		values[i] = row[slices.Index(columns, name)]
	}
	return values
}

// maxValues is how many values one statement may have, in the stricter of the two.
const maxValues = 30000

// write writes rows and how far we are with them, all or nothing.
func (m *mover) write(table string, columns []string, rows [][]any, next cursor) error {
	types, err := m.types(table)
	if err != nil {
		return err
	}
	return m.to.WithTx(m.ctx, func(tx *sqldb.Tx) error {
		for part := range slices.Chunk(rows, max(1, min(copyAtOnce, maxValues/len(columns)))) {
			var values []any
			for _, row := range part {
				for i, v := range row {
					values = append(values, as(types[columns[i]], v))
				}
			}
			marks := "(" + strings.Repeat("?, ", len(columns)-1) + "?)"
			query := `INSERT INTO ` + table + ` (` + strings.Join(columns, ", ") + `) VALUES ` + strings.Repeat(marks+", ", len(part)-1) + marks
			if err := tx.Exec(query, values...); err != nil {
				return err
			}
		}
		return m.note(tx, next)
	})
}

// types are those of the columns of a table, in small letters.
func (m *mover) types(table string) (map[string]string, error) {
	rows, err := m.to.Writer.QueryContext(m.ctx, `SELECT * FROM `+table+` LIMIT 0`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, err := rows.ColumnTypes()
	types := map[string]string{}
	for _, c := range columns {
		types[c.Name()] = strings.ToLower(c.DatabaseTypeName())
	}
	return types, errors.Join(err, rows.Err())
}

// as is a value as a column of some type wants it: SQLite keeps text among bytes and bytes among text.
func as(kind string, v any) any {
	switch text, isText := v.(string); {
	case isText && (kind == "bytea" || kind == "blob"):
		return []byte(text)
	case kind == "text":
		if raw, ok := v.([]byte); ok {
			return string(raw)
		}
	}
	return v
}

func (m *mover) note(tx *sqldb.Tx, p cursor) error {
	text, err := json.Marshal(p)
	if err == nil {
		err = tx.Exec(`UPDATE meta SET value = ? WHERE name = ?`, text, storage.MetaCopy)
	}
	return err
}

// compare counts the rows on both sides and builds both trees.
func (m *mover) compare() (c Copied, err error) {
	for _, t := range copied {
		here, err := m.count(m.from, t.table)
		if err != nil {
			return c, err
		}
		there, err := m.count(m.to, t.table)
		if err != nil {
			return c, err
		}
		if t.table == "meta" {
			there-- // our own mark
		}
		if here != there {
			return c, fmt.Errorf("%d rows of %s arrived of %d: somebody wrote meanwhile; begin anew with an empty database, and the bot stopped", there, t.table, here)
		}
		c.Rows += here
	}
	here, size, err := storage.LedgerRoot(m.ctx, m.from.Writer)
	if err != nil {
		return c, err
	}
	there, _, err := storage.LedgerRoot(m.ctx, m.to.Writer)
	if err != nil {
		return c, err
	}
	if here != there {
		return c, errors.New("the ledgers differ: begin anew with an empty database, and the bot stopped")
	}
	if c.Entries = size; size > 0 {
		c.Root = there.String()
	}
	return c, nil
}

// finish takes our mark away, so that a bot may run on the copy.
func (m *mover) finish() error {
	for _, table := range []string{"chat", "arrival", "cases", "outbox", "turn"} {
		if !m.to.Shared() {
			break // SQLite sees by itself which numbers are taken
		}
		_, err := m.to.Writer.ExecContext(m.ctx, `SELECT setval(pg_get_serial_sequence('`+table+`', 'id'), (SELECT coalesce(max(id), 1) FROM `+table+`))`)
		if err != nil {
			return fmt.Errorf("see to the numbers of %s: %w", table, err)
		}
	}
	for _, name := range []string{storage.MetaCopy, storage.MetaMade} { // a copy is no restored dump: nothing was missed
		if _, err := m.to.Writer.ExecContext(m.ctx, `DELETE FROM meta WHERE name = ?`, name); err != nil {
			return fmt.Errorf("end the copy: %w", err)
		}
	}
	return nil
}
