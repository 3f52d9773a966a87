package e2e

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

// caseSeen is a case as it stands in the database.
type caseSeen struct{ id, verdict, appeal string }

// query runs do on a connection of its own to the bot's database. While the bot runs it is kept, for opening one costs more
// than most questions. A context that can end would have a goroutine wait beside each of them.
func (w *world) query(do func(*sql.DB) error) {
	w.t.Helper()
	db := w.watch
	if db == nil {
		var err error
		if db, err = w.look(); err != nil {
			w.t.Fatalf("look into the database: %v", err)
		}
		defer w.keep(db)
	}
	if err := do(db); err != nil {
		w.t.Fatalf("look into the database: %v", err)
	}
}

func (w *world) look() (*sql.DB, error) {
	path, ok := sqldb.Path(w.cfg.Storage.DSN)
	if !ok {
		return sql.Open("pgx", w.cfg.Storage.DSN)
	}
	db, err := sql.Open("sqlite3", "file:"+path+"?_query_only=on&_busy_timeout=5000&_stmt_cache_size=64")
	if err == nil {
		db.SetMaxOpenConns(1)
	}
	return db, err
}

// keep keeps a connection until the bot goes down. While it is down the database may be moved or replaced.
func (w *world) keep(db *sql.DB) {
	if w.app != nil {
		w.watch = db
		return
	}
	w.forgo(db)
}

func (w *world) forgo(db *sql.DB) {
	if db == nil {
		return
	}
	if err := db.Close(); err != nil {
		w.t.Errorf("close the connection that looks into the database: %v", err)
	}
}

// cases are those of the group that lines are about, in the order in which they were opened.
func (w *world) cases() (cases []caseSeen) {
	w.query(func(db *sql.DB) error {
		rows, err := db.QueryContext(context.Background(), `SELECT short, verdict, appeal FROM cases c JOIN chat g ON g.id = c.chat
			WHERE g.number = $1 ORDER BY c.id`, w.here.ID())
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var c caseSeen
			if err := rows.Scan(&c.id, &c.verdict, &c.appeal); err != nil {
				return err
			}
			cases = append(cases, c)
		}
		return rows.Err()
	})
	return cases
}

func (w *world) count(query string) (n int) {
	w.query(func(db *sql.DB) error { return db.QueryRowContext(context.Background(), query).Scan(&n) })
	return n
}

// nextDue is the first moment after now at which an effect or a case is due; zero if none is.
func (w *world) nextDue(now time.Time) time.Time {
	moment := w.count(fmt.Sprintf(`SELECT coalesce(min(moment), 0) FROM (
		SELECT due AS moment FROM outbox WHERE held = 0
		UNION ALL SELECT deadline FROM cases WHERE verdict = 'open'
		UNION ALL SELECT clock FROM cases WHERE verdict = 'open') AS moments WHERE moment > %d`, now.Unix()))
	if moment == 0 {
		return time.Time{}
	}
	return time.Unix(int64(moment), 0)
}
