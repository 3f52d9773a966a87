package e2e

import (
	"context"
	"database/sql"
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

// While the database cannot be written, members are told so in their language, and what only reads is answered. When that is
// over, what they did counts without being repeated.
func TestNothingCanBeWrittenDown(t *testing.T) {
	if testing.Short() {
		t.Skip("waits as long as a database does")
	}
	t.Parallel()
	w := play(t, "story", `
group "Chess club" supergroup, owner Olga
members Anna Bob Carl Mallory
the bot joins as admin
Mallory: Buy pills
Anna: /report spam (reply to "Buy pills")
`)
	ctx, cancel := context.WithTimeout(w.ctx, patience)
	defer cancel()
	release := w.lockDatabase(ctx)
	bob, anna := w.who("Bob"), w.who("Anna")
	if _, err := bob.Press(w.cards[w.here], "🚩"); err != nil {
		t.Fatal(err)
	}
	if _, err := anna.Command(w.here, "/me"); err != nil { // which waits behind it, and would have to be noted
		t.Fatal(err)
	}
	const says = "Not counted yet"
	if err := w.sim.Wait(ctx, func() bool { return len(bob.Toasts()) > 0 }); err != nil {
		t.Fatalf("Bob is told nothing: %v\n%s", err, w.log)
	}
	if toast := bob.Toasts()[0]; !strings.Contains(toast.Text, says) || !toast.Alert {
		t.Errorf("Bob is told %q", toast.Text)
	}
	w.clock.Advance(time.Second) // the poll that brought Bob's press alone waits no longer for it, and the next brings Anna
	if _, err := anna.WaitFind(ctx, w.here, says); err != nil {
		t.Fatalf("Anna is told nothing: %v\n%s", err, w.log)
	}
	if n := w.count(`SELECT count(*) FROM ballot`); n != 1 {
		t.Errorf("%d ballots; want Anna's alone", n)
	}
	release()
	for w.count(`SELECT count(*) FROM ballot`) != 2 {
		w.clock.Advance(time.Second) // the bot tries again when its time comes
		if err := w.sim.Wait(ctx, func() bool { return true }); err != nil {
			t.Fatal("it does not recover")
		}
	}
	w.clock.Advance(5 * time.Second)
	w.settle()
	if anna.Find(w.here, "standing") == nil {
		t.Errorf("Anna is not answered in the end: %v", anna.Sees(w.here))
	}
}

// lockDatabase makes every commit wait, and fail in the end, until it is released.
func (w *world) lockDatabase(ctx context.Context) (release func()) {
	w.t.Helper()
	begin, driver, dsn := "BEGIN IMMEDIATE", "sqlite3", ""
	if path, ok := sqldb.Path(w.cfg.Storage.DSN); ok {
		dsn = "file:" + path
	} else {
		begin, driver, dsn = "BEGIN; LOCK TABLE handled, chat IN ACCESS EXCLUSIVE MODE", "pgx", w.cfg.Storage.DSN
	}
	db, err := sql.Open(driver, dsn)
	if err != nil {
		w.t.Fatal(err)
	}
	conn, err := db.Conn(ctx)
	if err == nil {
		_, err = conn.ExecContext(ctx, begin)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return func() {
		w.t.Helper()
		if _, err := conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK"); err != nil {
			w.t.Error(err)
		}
		_ = conn.Close()
		_ = db.Close()
	}
}
