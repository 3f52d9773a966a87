package messagelog_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/storage/messagelog"
)

// add appends messages to many chats, one each.
func (f *fixture) add(chats, number int64) {
	f.t.Helper()
	f.in(func(tx *messagelog.Tx) error {
		for chat := range chats {
			m := f.message(1+chat, number, 7, "text")
			m.Note = f.wrote(7)
			tx.Append(m)
		}
		return nil
	})
}

// A flush begins when enough waits. If it fails it is told of, and tried again a minute later.
func TestFlushInTheBackground(t *testing.T) {
	onlySQLite(t)
	t.Parallel()
	f := newFixture(t)
	f.options.FlushAt = 10
	f.start()
	indexed := func(want int, why string) {
		t.Helper()
		f.Log.Close()
		if got := f.count(`SELECT count(*) FROM spot`); got != want {
			t.Errorf("%s there are %d index entries; want %d", why, got, want)
		}
	}
	f.add(9, 1)
	indexed(0, "as long as little waits")
	f.alter(`CREATE TRIGGER no BEFORE INSERT ON spot BEGIN SELECT raise(ABORT, 'refused'); END`)
	f.add(9, 2)
	indexed(0, "when it fails")
	select {
	case err := <-f.errs:
		if !strings.Contains(err.Error(), "refused") {
			t.Errorf("told was %v", err)
		}
	default:
		t.Error("nobody was told of a failure")
	}
	f.alter(`DROP TRIGGER no`)
	f.now = f.now.Add(59 * time.Second)
	f.add(9, 3)
	indexed(0, "before a minute is over")
	f.now = f.now.Add(time.Second)
	f.add(9, 4)
	indexed(4*9, "after a minute")
	f.add(9, 5)
	indexed(4*9, "when little waits again")
	if len(f.errs) > 0 {
		t.Errorf("told was %v", <-f.errs)
	}
}

// More than one transaction's share of a chat is flushed whole.
func TestFlushOfALargeChat(t *testing.T) {
	onlySQLite(t)
	t.Parallel()
	f := newFixture(t)
	const blocks = 1200
	for number := range int64(blocks) {
		f.add(1, 1+number)
	}
	f.add(3, blocks+1)
	f.must(f.Flush(t.Context()))
	if got := f.count(`SELECT count(*) FROM spot`); got != blocks+3 {
		t.Errorf("there are %d index entries; want %d", got, blocks+3)
	}
	f.start()
	if got := f.count(`SELECT count(*) FROM note`); got != 3 || f.Wrote(1, 7) {
		t.Errorf("there are %d notes, and after a restart some wait: %t", got, f.Wrote(1, 7))
	}
}

// While all is flushed, messages come and go. It is the race detector that looks on.
func TestFlushBesideOthers(t *testing.T) {
	onlySQLite(t)
	t.Parallel()
	f := newFixture(t)
	const rounds, chats = 30, 40
	var others sync.WaitGroup
	done := make(chan struct{})
	others.Go(func() {
		for {
			select {
			case <-done:
				return
			default:
				f.must(f.Flush(context.Background()))
			}
		}
	})
	for round := range int64(rounds) {
		f.add(chats, 1+round)
		f.in(func(tx *messagelog.Tx) error { return tx.Redact(1+round%chats, messagelog.Everything()) })
		f.in(func(tx *messagelog.Tx) error { return tx.Redact(2, messagelog.ByNumber(1+round)) })
		if _, err := f.Latest(t.Context(), 3, messagelog.All, 10); err != nil {
			t.Fatal(err)
		}
		f.Wrote(4, 7)
	}
	close(done)
	others.Wait()
	f.must(f.Flush(t.Context()))
	left, err := f.Latest(t.Context(), chats, messagelog.All, 1000)
	f.must(err)
	if len(left) != rounds {
		t.Errorf("of a chat that nobody touched %d messages are left; want %d", len(left), rounds)
	}
	if left, err := f.Latest(t.Context(), 2, messagelog.All, 1000); err != nil || len(left) > 0 {
		t.Errorf("of a chat where each was redacted %d messages are left, %v", len(left), err)
	}
}

// A database with messages that wait becomes one that is shared.
func TestRecoverInASharedDatabase(t *testing.T) {
	t.Parallel()
	if cluster == nil {
		t.Skip("of PostgreSQL alone")
	}
	f := newFixture(t)
	for number := range 2 {
		var block []string
		for chat := range 5 {
			block = append(block, fmt.Sprintf(`{"c":%d,"m":%d,"i":5,"e":false,"d":20000,"w":true,"t":{"a":{"ID":7}}}`, 1+chat, 1+number))
		}
		f.alter(`INSERT INTO arrival (id, at, sealed) VALUES (?, 5, ?)`, 1+number, seal([]byte("["+strings.Join(block, ",")+"]")))
	}
	f.alter(`INSERT INTO spot (chat, arrival, first, last) VALUES (3, 1, 1, 1)`)
	f.alter(`INSERT INTO meta (name, value) VALUES ('spotted', '0')`)
	f.start()
	spots, notes, marks := f.count(`SELECT count(*) FROM spot`), f.count(`SELECT count(*) FROM note`), f.count(`SELECT count(*) FROM meta WHERE name = 'spotted'`)
	if spots != 10 || notes != 5 || marks != 0 {
		t.Errorf("there are %d index entries, %d notes and %d marks; want 10, 5 and 0", spots, notes, marks)
	}
	latest, err := f.Latest(t.Context(), 5, messagelog.All, 10)
	f.must(err)
	if len(latest) != 2 {
		t.Errorf("found are %d messages; want both", len(latest))
	}
}
