package storage_test

import (
	"fmt"
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

// What the worker asks each time it looks, when nothing, and when much more than may go out waits.
func BenchmarkReady(b *testing.B) {
	for name, put := range map[string]func(d *desk){
		"nothing": func(*desk) {},
		"posts of 300 groups": func(d *desk) {
			for i := range 600 {
				d.must(d.PutCall(b.Context(), storage.Deferred{Chat: int64(-1000 - i/2), Class: moderation.Public, Body: []byte("{}")}))
			}
		},
		"words to 3000 people of a group": func(d *desk) {
			for i := range int64(3) {
				people := make([]int64, 1000)
				for n := range people {
					people[n] = 1000*i + int64(n) + 1
				}
				d.toldTo(people...)
			}
		},
		"3000 words to one": func(d *desk) {
			for range 300 {
				d.toldTo(anna, anna, anna, anna, anna, anna, anna, anna, anna, anna)
			}
		},
	} {
		b.Run(name, func(b *testing.B) {
			d := newDesk(b)
			put(d)
			for b.Loop() {
				if _, _, err := d.Ready(b.Context(), time.Now(), outbox.Want{Classes: []int{0, 1, 2}, Limit: 1, Rationed: 1}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
