package storage_test

import (
	"testing"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

func BenchmarkObserve100(b *testing.B) {
	d := newDesk(b)
	seen := make([]moderation.Sighting, 100)
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
