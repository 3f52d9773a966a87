package messagelog_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/storage/messagelog"
)

// forwards lists the texts of the messages whose forwards show a time, in order.
func (f *fixture) forwards(at int64) (bodies []string) {
	f.t.Helper()
	found, _, err := f.Forwards(context.Background(), at)
	f.must(err)
	for _, m := range found {
		bodies = append(bodies, fmt.Sprintf("%d/%d %s", m.Chat, m.Number, m.Body))
	}
	slices.Sort(bodies)
	return bodies
}

// Whatever comes together, late or edited: a message is found by the time that a forward of it shows, in all its forms, and by no
// other, until it is old.
func TestForwardsAreFoundByTheirTime(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	start := noon
	rapid.Check(t, func(rt *rapid.T) {
		start = start.Add(1000 * time.Hour) // each check has times of its own
		f.now = start
		want := map[int64][]string{}
		old := map[int64]bool{}
		for range rapid.IntRange(1, 8).Draw(rt, "blocks") {
			f.now = f.now.Add(time.Hour)
			f.in(func(tx *messagelog.Tx) error {
				for n := range rapid.IntRange(1, 30).Draw(rt, "messages") {
					chat := rapid.Int64Range(1, 3).Draw(rt, "chat")
					m := f.message(chat, int64(n+1), 5, rapid.StringMatching(`[a-z]{3}`).Draw(rt, "text"))
					m.At -= rapid.Int64Range(0, 3).Draw(rt, "late")
					m.Edited = rapid.Bool().Draw(rt, "edited")
					at := m.At
					if rapid.IntRange(0, 4).Draw(rt, "forwarded") == 0 {
						m.Origin = start.Unix() - rapid.Int64Range(0, 2).Draw(rt, "original")
						at = m.Origin
					}
					tx.Append(m)
					want[at] = append(want[at], fmt.Sprintf("%d/%d %s", m.Chat, m.Number, m.Body))
				}
				return nil
			})
			if rapid.Bool().Draw(rt, "crash") {
				f.start()
			}
		}
		for at := start.Unix() - 5; at < start.Unix()+1; at++ {
			old[at] = true
		}
		for at := range want {
			old[at] = true
		}
		for at := range old {
			slices.Sort(want[at])
			if got := f.forwards(at); !slices.Equal(got, want[at]) {
				rt.Fatalf("at %d there are %q, want %q", at, got, want[at])
			}
		}
		f.must(f.Forget(context.Background(), f.now.Add(time.Hour)))
		for at := range want {
			if got := f.forwards(at); len(got) > 0 {
				rt.Fatalf("at %d there are still %q", at, got)
			}
		}
		if n := f.count(`SELECT count(*) FROM arrival_time`); n > 0 {
			rt.Fatalf("%d times are left", n)
		}
	})
}

// What was redacted is not found. Where a chat was redacted as a whole, its messages still lie in their blocks, and [Log.Find] does
// not find them.
func TestForwardsOfWhatWasRedacted(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.in(func(tx *messagelog.Tx) error {
		tx.Append(f.message(1, 41, 5, "pills"))
		tx.Append(f.message(1, 42, 5, "powder"))
		tx.Append(f.message(2, 41, 5, "plants"))
		return nil
	})
	f.in(func(tx *messagelog.Tx) error { return tx.Redact(1, messagelog.ByNumber(41)) })
	f.in(func(tx *messagelog.Tx) error { return tx.Redact(2, messagelog.Everything()) })
	found, _, err := f.Forwards(t.Context(), f.now.Unix())
	f.must(err)
	for _, m := range found {
		if m.Chat == 1 && m.Number == 41 {
			t.Errorf("found %s", m.Body)
		}
		if _, kept, err := f.Find(t.Context(), m.Chat, m.Number); err != nil || kept != (m.Chat == 1) {
			t.Errorf("message %d of chat %d is kept: %v, %v", m.Number, m.Chat, kept, err)
		}
	}
}

// If there is more of a second than is looked at, that is said: what is found may not be all that says the same.
func TestForwardsOfABusySecond(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for n := range messagelog.ForwardsLook + 1 {
		if _, all, err := f.Forwards(t.Context(), f.now.Unix()); err != nil || !all {
			t.Fatalf("after %d blocks: all %t, %v", n, all, err)
		}
		f.in(func(tx *messagelog.Tx) error {
			tx.Append(f.message(1, int64(n+1), 5, "pills"))
			return nil
		})
	}
	if found, all, err := f.Forwards(t.Context(), f.now.Unix()); err != nil || all || len(found) != messagelog.ForwardsLook {
		t.Errorf("found %d, all %t, %v", len(found), all, err)
	}
}
