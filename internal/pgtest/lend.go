package pgtest

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// emptyWithin is how long it may take to empty a schema. Whoever still holds a lock on it does not give it up.
const emptyWithin = time.Minute

// shelf holds the schemas that tests have given back.
type shelf struct {
	mu      sync.Mutex
	schemas []*schema
}

func (s *shelf) put(one *schema) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.schemas = append(s.schemas, one)
}

// take returns nil if there is none.
func (s *shelf) take() *schema {
	s.mu.Lock()
	defer s.mu.Unlock()
	last := len(s.schemas) - 1
	if last < 0 {
		return nil
	}
	one := s.schemas[last]
	s.schemas = s.schemas[:last]
	return one
}

// A schema is a place of a test's own in the database of all tests. It was prepared once and can be emptied.
type schema struct {
	name  string
	empty string // statements that delete what came after it was prepared
	look  string // asks for what these leave as it is: the tables, and rows that were there from the beginning
	seen  string // the answer, after it was prepared
}

// Lend gives a test a schema in which prepare has made tables. It was another test's before, if that has ended, and has then been
// emptied: that takes a tenth of the time of new tables. A schema whose tables were altered, or whose first rows, is lent to nobody
// again. All tests that borrow of one cluster prepare alike.
func (c *Cluster) Lend(tb testing.TB, prepare func(dsn string) error) string {
	tb.Helper()
	lent := c.emptied(tb.Context())
	if lent == nil {
		lent = &schema{name: c.create(tb, "SCHEMA")}
		if err := c.prepare(tb.Context(), lent, prepare); err != nil {
			tb.Fatalf("prepare a schema: %v", err)
		}
	}
	tb.Cleanup(func() { c.given.put(lent) }) // whoever uses it closes it in a cleanup of their own, before this one
	return c.schemaDSN(lent.name)
}

// emptied is a schema that was given back, without what was written there; nil if there is none that can be used again.
func (c *Cluster) emptied(ctx context.Context) *schema {
	for s := c.given.take(); s != nil; s = c.given.take() {
		ctx, cancel := context.WithTimeout(ctx, emptyWithin)
		var seen string
		err := c.ask(ctx, func(conn *pgx.Conn) error {
			if err := conn.QueryRow(ctx, s.look).Scan(&seen); err != nil || seen != s.seen {
				return err
			}
			_, err := conn.PgConn().Exec(ctx, s.empty).ReadAll()
			return err
		})
		cancel()
		if err == nil && seen == s.seen {
			return s
		}
	}
	return nil
}

// prepare prepares a schema and notes how it is then.
func (c *Cluster) prepare(ctx context.Context, s *schema, prepare func(dsn string) error) error {
	if err := prepare(c.schemaDSN(s.name)); err != nil {
		return err
	}
	return c.ask(ctx, func(conn *pgx.Conn) error {
		filled, bare, err := s.tables(ctx, conn)
		if err != nil {
			return err
		}
		s.look = strings.ReplaceAll(shape, "SCHEMA", s.name)
		for _, table := range filled {
			s.look += fmt.Sprintf(` || (SELECT md5(string_agg(CAST(t AS TEXT), ' ' ORDER BY CAST(t AS TEXT))) FROM %s t)`, table)
		}
		s.empty = "BEGIN; SET LOCAL session_replication_role = replica;" // so that foreign keys want no order
		for _, table := range bare {
			s.empty += "DELETE FROM " + table + ";"
		}
		s.empty += "SELECT setval(seqrelid, seqstart, FALSE) FROM pg_sequence JOIN pg_class ON oid = seqrelid WHERE relnamespace = CAST('" + s.name + "' AS regnamespace); COMMIT"
		return conn.QueryRow(ctx, s.look).Scan(&s.seen)
	})
}

// tables are those of a schema: first those in which there are rows.
func (s *schema) tables(ctx context.Context, conn *pgx.Conn) (filled, bare []string, err error) {
	rows, err := conn.Query(ctx, `SELECT schemaname || '.' || quote_ident(tablename) FROM pg_tables WHERE schemaname = $1 ORDER BY 1`, s.name)
	if err != nil {
		return nil, nil, err
	}
	all, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return nil, nil, err
	}
	for _, table := range all {
		var any bool
		if err := conn.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM `+table+`)`).Scan(&any); err != nil {
			return nil, nil, err
		}
		if any {
			filled = append(filled, table)
		} else {
			bare = append(bare, table)
		}
	}
	return filled, bare, nil
}

// shape asks for a checksum of the tables, columns, indexes, triggers and functions of a schema.
const shape = `SELECT (SELECT md5(string_agg(what, ' ' ORDER BY what)) FROM (
	SELECT concat('relation ', oid, relname, relnatts, relchecks) FROM pg_class WHERE relnamespace = CAST('SCHEMA' AS regnamespace)
	UNION ALL SELECT concat('column ', attrelid, attname, atttypid, attnotnull, atthasdef) FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
		WHERE relnamespace = CAST('SCHEMA' AS regnamespace)
	UNION ALL SELECT concat('trigger ', t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid WHERE relnamespace = CAST('SCHEMA' AS regnamespace)
	UNION ALL SELECT concat('function ', oid) FROM pg_proc WHERE pronamespace = CAST('SCHEMA' AS regnamespace)
) AS all_of_it (what))`
