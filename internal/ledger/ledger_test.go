package ledger_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/internal/ledger"
)

// book is a ledger in memory, with all openings.
type book struct {
	t        failer
	signer   *ledger.Signer
	hashes   []tlog.Hash
	openings []ledger.Opening
}

type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

func newBook(t failer) *book {
	t.Helper()
	secret, _, err := ledger.NewSigner("ostrakon.test/1")
	if err != nil {
		t.Fatalf("%v", err)
	}
	s, err := ledger.ParseSigner(secret)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return &book{t: t, signer: s}
}

// ReadHashes implements [tlog.HashReader].
func (b *book) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, len(indexes))
	for i, n := range indexes {
		if n >= int64(len(b.hashes)) {
			return nil, fmt.Errorf("there is no hash %d", n)
		}
		found[i] = b.hashes[n]
	}
	return found, nil
}

func (b *book) size() int64 { return int64(len(b.openings)) }

func (b *book) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatalf("%v", err)
	}
}

func (b *book) add(event string) {
	b.t.Helper()
	o := ledger.Opening{Index: b.size(), Salt: ledger.NewSalt(), Event: event}
	stored, err := ledger.Append(o.Index, ledger.Commit(o.Salt, []byte(event)), b)
	b.must(err)
	b.hashes, b.openings = append(b.hashes, stored...), append(b.openings, o)
}

func (b *book) fill(n int) *book {
	b.t.Helper()
	for i := range n {
		b.add(fmt.Sprintf(`{"v":1,"kind":"verdict","case":"%04d"}`, i))
	}
	return b
}

func (b *book) checkpoint(size int64) ledger.Checkpoint {
	b.t.Helper()
	text, err := b.signer.Checkpoint(size, b)
	b.must(err)
	c, err := ledger.ParseCheckpoint(text, b.signer.Public())
	b.must(err)
	return c
}

func (b *book) receipt(size int64, entries ...int64) []byte {
	b.t.Helper()
	var openings []ledger.Opening
	for _, n := range entries {
		openings = append(openings, b.openings[n])
	}
	data, err := b.signer.Receipt(size, openings, b)
	b.must(err)
	return data
}

func (b *book) consistency(from, to int64) []byte {
	b.t.Helper()
	data, err := b.signer.Consistency(from, to, b)
	b.must(err)
	return data
}

func (b *book) export() []byte {
	b.t.Helper()
	var out bytes.Buffer
	b.must(ledger.Export(&out, b.leaves, b.signer))
	return out.Bytes()
}

func (b *book) leaves(yield func(tlog.Hash, error) bool) {
	for i := range b.size() {
		if !yield(b.hashes[tlog.StoredHashIndex(0, i)], nil) {
			return
		}
	}
}

// checkReceipt reads and verifies a receipt.
func checkReceipt(data []byte, key string) error {
	r, err := ledger.ParseReceipt(data)
	if err == nil {
		_, err = r.Verify(key)
	}
	return err
}

func checkConsistency(data []byte, key string) error {
	c, err := ledger.ParseConsistency(data)
	if err == nil {
		_, _, err = c.Verify(key)
	}
	return err
}

// Trees of 1 to 300 entries: everything is proved.
func TestEverythingIsProved(t *testing.T) {
	t.Parallel()
	b := newBook(t)
	for size := int64(1); size <= 300; size++ {
		b.add(fmt.Sprintf("event %d", size))
		c := b.checkpoint(size)
		for n := range size {
			path, err := tlog.ProveRecord(size, n, b)
			b.must(err)
			leaf := tlog.RecordHash(ledger.Commit(b.openings[n].Salt, []byte(b.openings[n].Event)))
			if err := tlog.CheckRecord(path, size, c.Root, n, leaf); err != nil {
				t.Fatalf("entry %d of %d: %v", n, size, err)
			}
		}
		if err := checkReceipt(b.receipt(size, 0, size/2, size-1), b.signer.Public()); err != nil {
			t.Fatalf("receipt at %d: %v", size, err)
		}
		for from := size; from > 0; from /= 2 {
			if err := checkConsistency(b.consistency(from, size), b.signer.Public()); err != nil {
				t.Fatalf("from %d to %d: %v", from, size, err)
			}
		}
		if got, err := ledger.VerifyExport(bytes.NewReader(b.export()), ledger.Audit{Checkpoints: []ledger.Checkpoint{c}}); err != nil || got != c {
			t.Fatalf("export of %d: %+v, %v", size, got, err)
		}
	}
}

// Whatever byte of a proof is changed, it is refused.
func TestDamageIsSeen(t *testing.T) {
	t.Parallel()
	b := newBook(t).fill(11)
	for name, file := range map[string]struct {
		data  []byte
		check func([]byte) error
	}{
		"receipt":     {b.receipt(11, 3, 10), func(d []byte) error { return checkReceipt(d, b.signer.Public()) }},
		"consistency": {b.consistency(5, 11), func(d []byte) error { return checkConsistency(d, b.signer.Public()) }},
		"export": {b.export(), func(d []byte) error {
			_, err := ledger.VerifyExport(bytes.NewReader(d), ledger.Audit{Key: b.signer.Public()})
			return err
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if err := file.check(file.data); err != nil {
				t.Fatal(err)
			}
			for i := range file.data {
				for _, flip := range []byte{1, 0x20, 0x80} {
					bad := bytes.Clone(file.data)
					bad[i] ^= flip
					if file.check(bad) == nil {
						t.Fatalf("byte %d changed from %q to %q is not seen", i, file.data[i], bad[i])
					}
				}
				if file.check(append(bytes.Clone(file.data[:i]), file.data[i+1:]...)) == nil {
					t.Fatalf("byte %d left out is not seen", i)
				}
			}
			if file.check(append(bytes.Clone(file.data), '\n')) == nil {
				t.Error("a line too many is not seen")
			}
		})
	}
}

// What was proved once stays proved, whatever is added.
func TestEarlierProofsStayValid(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		b := newBook(t)
		var receipts [][]byte
		var sizes []int64
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			for range rapid.IntRange(1, 9).Draw(t, "events") {
				b.add(rapid.String().Draw(t, "event"))
			}
			receipts = append(receipts, b.receipt(b.size(), rapid.Int64Range(0, b.size()-1).Draw(t, "entry")))
			sizes = append(sizes, b.size())
		}
		var checkpoints []ledger.Checkpoint
		var parsed []ledger.Receipt
		for i, data := range receipts {
			b.must(checkReceipt(data, b.signer.Public()))
			b.must(checkConsistency(b.consistency(sizes[i], b.size()), b.signer.Public()))
			r, err := ledger.ParseReceipt(data)
			b.must(err)
			parsed, checkpoints = append(parsed, r), append(checkpoints, b.checkpoint(sizes[i]))
		}
		_, err := ledger.VerifyExport(bytes.NewReader(b.export()), ledger.Audit{Key: b.signer.Public(), Checkpoints: checkpoints, Receipts: parsed})
		b.must(err)
	})
}

// The first entry that is wrong is named.
func TestFirstWrongEntryIsNamed(t *testing.T) {
	t.Parallel()
	b := newBook(t).fill(40)
	other := newBook(t).fill(40)
	lines := strings.SplitAfter(string(b.export()), "\n")
	foreign := strings.SplitAfter(string(other.export()), "\n")
	with := func(at int, line string) string {
		changed := append([]string{}, lines...)
		changed[at+1] = line
		return strings.Join(changed, "")
	}
	// forged is the ledger with another entry 20, and all heads from there on computed anew.
	forged := &book{t: t, signer: b.signer}
	for i, o := range b.openings {
		if i == 20 {
			o.Event = "something else"
		}
		stored, err := ledger.Append(o.Index, ledger.Commit(o.Salt, []byte(o.Event)), forged)
		b.must(err)
		forged.hashes, forged.openings = append(forged.hashes, stored...), append(forged.openings, o)
	}
	receipt, err := ledger.ParseReceipt(b.receipt(30, 20))
	b.must(err)
	for name, test := range map[string]struct {
		file  string
		audit ledger.Audit
		want  string
	}{
		"a line of another ledger": {with(7, foreign[8]), ledger.Audit{}, "entry 7 is wrong: the head after it does not follow from it"},
		"a line that is none":      {with(7, "hello\n"), ledger.Audit{}, "entry 7 is wrong: a line should hold two hashes"},
		"the end is missing":       {strings.Join(lines[:9], ""), ledger.Audit{}, "entry 8 is wrong: the file ends before it"},
		"all rewritten, against checkpoints": {string(forged.export()), ledger.Audit{Checkpoints: []ledger.Checkpoint{b.checkpoint(25), b.checkpoint(19), b.checkpoint(40)}},
			"an entry from 19 to 24 is wrong: a signed checkpoint of size 25 says otherwise"},
		"all rewritten, against the checkpoint before": {string(forged.export()), ledger.Audit{Checkpoints: []ledger.Checkpoint{b.checkpoint(20), b.checkpoint(21)}},
			"entry 20 is wrong: a signed checkpoint of size 21 says otherwise"},
		"all rewritten, against a receipt": {string(forged.export()), ledger.Audit{Receipts: []ledger.Receipt{receipt}}, "entry 20 is wrong: a receipt says otherwise"},
		"another key":                      {string(b.export()), ledger.Audit{Key: other.signer.Public()}, "this ledger was exported with another key"},
		"no ledger":                        {"hello", ledger.Audit{}, "this is no exported ledger: the first line should begin with ostrakon ledger 1 "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := ledger.VerifyExport(strings.NewReader(test.file), test.audit); err == nil || err.Error() != test.want {
				t.Errorf("says %v\nwant %s", err, test.want)
			}
		})
	}
	if err := checkReceipt(forged.receipt(40, 20), b.signer.Public()); err != nil {
		t.Errorf("a fork is consistent in itself: %v", err)
	}
}

// An entry says nothing without its salt: the same event twice are two entries.
func TestEntriesAreSalted(t *testing.T) {
	t.Parallel()
	one, other := ledger.Commit(ledger.NewSalt(), []byte("event")), ledger.Commit(ledger.NewSalt(), []byte("event"))
	if bytes.Equal(one, other) || len(one) != 32 {
		t.Errorf("commitments %x and %x", one, other)
	}
}

func TestKeysOfOthersAreRefused(t *testing.T) {
	t.Parallel()
	b, other := newBook(t).fill(3), newBook(t).fill(3)
	if checkReceipt(b.receipt(3, 1), other.signer.Public()) == nil || checkConsistency(b.consistency(1, 3), other.signer.Public()) == nil {
		t.Error("signed by another, and taken")
	}
	if err := checkReceipt(b.receipt(3, 1), ""); err != nil {
		t.Errorf("by its own key: %v", err)
	}
	if _, err := ledger.ParseSigner("PRIVATE+KEY+nonsense"); err == nil || strings.Contains(err.Error(), "nonsense") {
		t.Errorf("a damaged key: %v", err)
	}
}

func FuzzReceipt(f *testing.F) {
	b := newBook(f).fill(9)
	good := b.receipt(9, 4)
	f.Add(good)
	f.Fuzz(func(t *testing.T, data []byte) {
		if checkReceipt(data, b.signer.Public()) == nil && !bytes.Equal(data, good) {
			t.Errorf("taken: %q", data)
		}
	})
}

func FuzzExport(f *testing.F) {
	b := newBook(f).fill(9)
	good := b.export()
	f.Add(good)
	f.Fuzz(func(t *testing.T, data []byte) {
		_, err := ledger.VerifyExport(bytes.NewReader(data), ledger.Audit{Key: b.signer.Public()})
		if err == nil && !bytes.Equal(data, good) {
			t.Errorf("taken: %q", data)
		}
	})
}
