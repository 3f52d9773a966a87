package ledger

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Auditor checks files of any kind, each by itself and all against each other.
type Auditor struct {
	// Meaning, if set, says in plain words what an event means; empty if it says enough itself.
	Meaning func(event string) string

	key      string // public; that of the first file if none was given
	given    bool
	heads    map[int64]Checkpoint // what was signed, by size
	joined   map[int64]int64      // sizes that were shown to be beginnings of one ledger, as a forest
	receipts []Receipt
}

// NewAuditor returns an auditor who believes a public key. If it is empty they believe the first file, and the others
// must agree.
func NewAuditor(key string) *Auditor {
	return &Auditor{key: key, given: key != "", heads: map[int64]Checkpoint{}, joined: map[int64]int64{}}
}

// Key is the public key that was believed, and whether it was given rather than found in a file.
func (a *Auditor) Key() (key string, given bool) { return a.key, a.given }

// errKey means that two files are of different ledgers, or of different signers.
var errKey = errors.New("this file is signed with another key than the others: it is of another ledger, or made up")

// believe takes a file's key, if it agrees.
func (a *Auditor) believe(key string) error {
	if a.key == "" {
		a.key = key
	}
	if a.key != key {
		return errKey
	}
	return nil
}

// Add checks a receipt, a consistency file or a checkpoint, and says in a sentence what it shows. Exports are for
// [Auditor.AddExport], after all others.
func (a *Auditor) Add(data []byte) (says string, err error) {
	switch KindOf(data) {
	case KindReceipt:
		return a.addReceipt(data)
	case KindConsistency:
		return a.addConsistency(data)
	default:
		return a.addCheckpoint(data)
	}
}

func (a *Auditor) addReceipt(data []byte) (string, error) {
	r, err := ParseReceipt(data)
	if err != nil {
		return "", err
	}
	if err := a.believe(r.PublicKey()); err != nil {
		return "", err
	}
	c, err := r.Verify(a.key)
	if err != nil {
		return "", err
	}
	a.receipts = append(a.receipts, r)
	var lines []string
	for _, e := range r.Entries {
		lines = append(lines, fmt.Sprintf("\n  entry %d: %s", e.Index, e.Event))
		if a.Meaning == nil {
			continue
		}
		if words := a.Meaning(e.Event); words != "" {
			lines = append(lines, "\n    "+words)
		}
	}
	return fmt.Sprintf("a receipt of %d entries in the ledger of size %d:%s", len(r.Entries), c.Size, strings.Join(lines, "")), a.note(c)
}

func (a *Auditor) addConsistency(data []byte) (string, error) {
	f, err := ParseConsistency(data)
	if err != nil {
		return "", err
	}
	if err := a.believe(f.PublicKey()); err != nil {
		return "", err
	}
	from, to, err := f.Verify(a.key)
	if err != nil {
		return "", err
	}
	if err := errors.Join(a.note(from), a.note(to)); err != nil {
		return "", err
	}
	a.join(from.Size, to.Size)
	return fmt.Sprintf("a proof that nothing was changed from size %d to %d", from.Size, to.Size), nil
}

// addCheckpoint reads a checkpoint, which may be cut out of a message: blank lines around it do not count.
func (a *Auditor) addCheckpoint(data []byte) (string, error) {
	if a.key == "" {
		return "", errors.New("a checkpoint alone does not say which key signed it: give it with --key, or a receipt beside it")
	}
	text := strings.Trim(strings.ReplaceAll(string(data), "\r\n", "\n"), " \n") + "\n"
	c, err := ParseCheckpoint(text, a.key)
	if err != nil {
		return "", fmt.Errorf("this is no receipt, proof or export, and as a checkpoint: %w", err)
	}
	return fmt.Sprintf("a checkpoint of size %d", c.Size), a.note(c)
}

// note keeps a head, and sounds the alarm if another one was signed for the same size.
func (a *Auditor) note(c Checkpoint) error {
	if other, ok := a.heads[c.Size]; ok && other.Root != c.Root {
		return fmt.Errorf("the ledger was forked: two different heads of size %d are signed, %s and %s", c.Size, other.Root, c.Root)
	}
	a.heads[c.Size] = c
	return nil
}

// AddExport checks a whole ledger against all that was added before.
func (a *Auditor) AddExport(r io.Reader) (says string, err error) {
	in := bufio.NewReaderSize(r, 1<<16)
	begin, err := in.Peek(len(exportTitle))
	if err != nil || !IsExport(begin) {
		return "", errors.New("this is no exported ledger")
	}
	c, err := VerifyExport(in, Audit{Key: a.key, Checkpoints: a.sorted(), Receipts: a.receipts})
	if err != nil {
		return "", err
	}
	if err := a.note(c); err != nil {
		return "", err
	}
	for size := range a.heads {
		if size <= c.Size {
			a.join(size, c.Size)
		}
	}
	return fmt.Sprintf("a whole ledger of %d entries, all of which follow from each other", c.Size), nil
}

func (a *Auditor) sorted() []Checkpoint {
	var all []Checkpoint
	for _, c := range a.heads {
		all = append(all, c)
	}
	slices.SortFunc(all, func(x, y Checkpoint) int { return cmp.Compare(x.Size, y.Size) })
	return all
}

func (a *Auditor) root(size int64) int64 {
	for a.joined[size] != 0 && a.joined[size] != size {
		size = a.joined[size]
	}
	return size
}

func (a *Auditor) join(x, y int64) {
	if rx, ry := a.root(x), a.root(y); rx != ry {
		a.joined[rx] = ry
	}
}

// Close says what could not be checked: heads that nothing shows to be of one ledger.
func (a *Auditor) Close() error {
	all := a.sorted()
	for i := 1; i < len(all); i++ {
		if before, c := all[i-1], all[i]; before.Size > 0 && a.root(before.Size) != a.root(c.Size) {
			return fmt.Errorf("nothing shows that the ledger of size %d begins with that of size %d: add an export, or a proof from one to the other",
				c.Size, before.Size)
		}
	}
	return nil
}

// Expect takes the public key that an export names, from its first bytes, so that checkpoints without one can be checked.
func (a *Auditor) Expect(begin []byte) error {
	line, _, whole := bytes.Cut(begin, []byte("\n"))
	if !whole || !IsExport(line) {
		return errors.New("this is no exported ledger")
	}
	return a.believe(strings.TrimPrefix(string(line), exportTitle))
}
