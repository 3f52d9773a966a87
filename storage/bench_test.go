package storage_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/ostrakon-bot/ostrakon/internal/outbox"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage"
)

func BenchmarkObserve100(b *testing.B) {
	d := newDesk(b)
	seen := make([]moderation.SeenMessage, 100)
	message := int64(0)
	for b.Loop() {
		for i := range seen {
			message++
			seen[i] = d.wrote(anna+message%50, message)
		}
		d.observe(seen...)
	}
}

func BenchmarkObserve1(b *testing.B) {
	d := newDesk(b)
	message := int64(0)
	for b.Loop() {
		message++
		d.observe(d.wrote(anna+message%50, message))
	}
}

// Every third report of a message decides its case.
func BenchmarkReport(b *testing.B) {
	d := newDesk(b)
	n := int64(0)
	for b.Loop() {
		r := d.reportBy(person(anna+n), 1+n/3)
		r.Target.Author.ID = mallory + n/3
		if _, err := d.court.Report(b.Context(), r); err != nil {
			b.Fatal(err)
		}
		n++
	}
}

// million is a ledger of so many entries; of no tree, but of as many hashes as one has.
func million(b *testing.B) *desk {
	d := newDesk(b)
	const size = 1_000_000
	d.alter(fmt.Sprintf(`WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
		INSERT INTO ledger_hash (id, hash) SELECT i, randomblob(32) FROM n`, tlog.StoredHashCount(size)-1))
	d.alter(fmt.Sprintf(`UPDATE meta SET value = CAST('%d' AS BLOB) WHERE name IN ('ledger size', 'ledger shown')`, size))
	return d
}

// Ten events cost less than 2 ms more than none.
func BenchmarkAppendToAMillion(b *testing.B) {
	d := million(b)
	for events := range 2 {
		b.Run(fmt.Sprintf("%d events", events*10), func(b *testing.B) {
			out := moderation.Outcome{}
			for range events * 10 {
				out.Events = append(out.Events, moderation.Event{
					Kind: moderation.EventSetting, Concerns: moderation.ConcernsGroup, At: d.now(), Setting: "threshold", From: "3", To: "7",
				})
			}
			for b.Loop() {
				d.decide(moderation.Key{Chat: chess}, out)
			}
		})
	}
}

func BenchmarkReceiptOfAMillion(b *testing.B) {
	d := million(b)
	id := d.report(anna, 41)
	d.uphold(id)
	d.period()
	d.must(d.CloseLedger(b.Context()))
	for b.Loop() {
		if data, found, err := d.Receipt(b.Context(), chess, id, anna); data == nil || !found || err != nil {
			b.Fatal(found, err)
		}
	}
}

// The list that /report offers, of a group whose last messages came among 499 of others each.
func BenchmarkRecentAmongMany(b *testing.B) {
	d := newDesk(b)
	for message := range int64(8) {
		batch := []moderation.SeenMessage{d.wrote(anna, 1+message)}
		for other := range int64(499) {
			s := d.wrote(bob, 1+message)
			s.Chat -= 1 + other
			batch = append(batch, s)
		}
		d.observe(batch...)
	}
	for b.Loop() {
		if found, err := d.Recent(b.Context(), chess, 8); err != nil || len(found) != 8 {
			b.Fatal(len(found), err)
		}
	}
}

// What the worker asks each time it looks: it costs the same with ten rows as with ten thousand.
func BenchmarkReady(b *testing.B) {
	removals := func(d *desk, n int) {
		all := make([]moderation.Effect, n)
		for i := range all {
			all[i] = removal(int64(i + 1))
		}
		d.do(all...)
	}
	words := func(d *desk, n int, whom func(int) int64) {
		people := make([]int64, n)
		for i := range people {
			people[i] = whom(i)
		}
		d.toldTo(people...)
	}
	alter := func(d *desk, query string) {
		_, err := d.sql().ExecContext(d.t.Context(), query)
		d.must(err)
	}
	for name, put := range map[string]func(d *desk, n int){
		"nothing":             func(*desk, int) {},
		"removals of a group": removals,
		"removals of a group whose share is taken": func(d *desk, n int) {
			removals(d, n)
		},
		"posts of as many groups": func(d *desk, n int) {
			for i := range n {
				d.must(d.PutCall(b.Context(), storage.Deferred{Chat: int64(-1000 - i), Class: moderation.Public, Body: []byte("{}")}))
			}
		},
		"words to as many people of a group": func(d *desk, n int) { words(d, n, func(i int) int64 { return int64(i + 1) }) },
		"words to one":                       func(d *desk, n int) { words(d, n, func(int) int64 { return anna }) },
		"words behind a removal that is tried again": func(d *desk, n int) {
			words(d, n, func(i int) int64 { return int64(i + 1) })
			d.do(removal(1))
			d.must(d.Retry(b.Context(), d.row(), d.now().Add(time.Hour)))
		},
		"held": func(d *desk, n int) {
			words(d, n, func(int) int64 { return anna })
			alter(d, `UPDATE outbox SET held = 1`)
			d.toldTo(anna)
		},
		"not due": func(d *desk, n int) {
			gone := make([]moderation.Effect, n)
			for i := range gone {
				gone[i] = moderation.RemoveCard{Waiting: moderation.Waiting{Due: d.now().Add(time.Hour)}, Case: fmt.Sprint(i)}
			}
			d.do(gone...)
			d.do(card("A"))
		},
	} {
		for _, n := range []int{10, 10_000} {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				d := newDesk(b)
				want := outbox.Want{Classes: allClasses, Limit: 32, Rationed: 32, Known: 16}
				for range 50 { // as it is most of the time: empty. PostgreSQL keeps the plan that it makes then.
					_, _, err := d.Ready(b.Context(), d.now(), want)
					d.must(err)
				}
				put(d, n)
				if cluster != nil {
					alter(d, `ANALYZE outbox`)
				}
				if strings.HasSuffix(name, "taken") {
					want.Urgent = map[int64]int{chess: outbox.Share}
				}
				for b.Loop() {
					rows, _, err := d.Ready(b.Context(), d.now(), want)
					d.must(err)
					b.StopTimer()
					for _, r := range rows {
						d.must(d.Wait(b.Context(), r, d.now()))
					}
					b.StartTimer()
				}
			})
		}
	}
}

// What it costs to put a word to somebody where many words wait.
func BenchmarkPut(b *testing.B) {
	for _, n := range []int{10, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			d := newDesk(b)
			people := make([]int64, n)
			for i := range people {
				people[i] = int64(i%1000 + 1)
			}
			d.toldTo(people...)
			for b.Loop() {
				d.toldTo(anna)
			}
		})
	}
}

// A forward is looked for among all that was written in its second: here two thousand messages of two thousand groups.
func BenchmarkForwards(b *testing.B) {
	d := newDesk(b)
	d.enter(chess)
	for range 20 {
		var batch []moderation.SeenMessage
		for other := range int64(100) {
			s := d.wrote(bob, 1+int64(len(batch)))
			s.Chat -= 1 + other
			batch = append(batch, s)
		}
		d.observe(batch...)
	}
	d.observe(d.wrote(anna, 41))
	for b.Loop() {
		found, _, err := d.Forwards(b.Context(), d.now().Unix(), func(s moderation.SeenMessage) bool { return s.Author.ID == anna })
		if len(found) != 1 || err != nil {
			b.Fatal(len(found), err)
		}
	}
}
