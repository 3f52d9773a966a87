package ledger_test

import (
	"bytes"
	"encoding/binary"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/ledger"
)

const million = 1_000_000

// large is a ledger of a million entries, whose openings nobody has but the first's.
func large(b *testing.B) *book {
	b.Helper()
	l := newBook(b)
	l.openings = make([]ledger.Opening, 0, million)
	for i := range int64(million) {
		commitment := binary.BigEndian.AppendUint64(make([]byte, 24), uint64(i))
		stored, err := ledger.Append(i, commitment, l)
		l.must(err)
		l.hashes, l.openings = append(l.hashes, stored...), append(l.openings, ledger.Opening{Index: i})
	}
	return l
}

func BenchmarkAppendToAMillion(b *testing.B) {
	l := large(b)
	for b.Loop() {
		_, err := ledger.Append(million, ledger.Commit(ledger.NewSalt(), []byte("event")), l)
		l.must(err)
	}
}

func BenchmarkReceiptOfAMillion(b *testing.B) {
	l := large(b)
	for b.Loop() {
		_, err := l.signer.Receipt(million, []ledger.Opening{{Index: 123_456, Salt: ledger.NewSalt(), Event: "event"}}, l)
		l.must(err)
	}
}

func BenchmarkVerifyAMillion(b *testing.B) {
	l := large(b)
	file := l.export()
	for b.Loop() {
		_, err := ledger.VerifyExport(bytes.NewReader(file), ledger.Audit{})
		l.must(err)
	}
}
