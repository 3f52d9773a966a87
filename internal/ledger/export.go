package ledger

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// exportTitle is the first line of an export, before the ledger's public key.
const exportTitle = "ostrakon ledger 1 "

// IsExport reports whether a file that begins so is an export.
func IsExport(begin []byte) bool { return strings.HasPrefix(string(begin), exportTitle) }

// Export writes a whole ledger: a line for each entry, with its hash and the head after it, and the checkpoint. Leaves
// are the hashes of the entries in their order.
func Export(w io.Writer, leaves iter.Seq2[tlog.Hash, error], s *Signer) error {
	out := bufio.NewWriter(w)
	fmt.Fprintln(out, exportTitle+s.Public())
	var h heads
	for leaf, err := range leaves {
		if err != nil {
			return fmt.Errorf("read entry %d of the ledger: %w", h.size, err)
		}
		h.add(leaf)
		fmt.Fprintln(out, leaf, h.head())
	}
	c := Checkpoint{Origin: s.Name(), Size: h.size}
	if h.size > 0 {
		c.Root = h.head()
	} else {
		empty, err := tlog.TreeHash(0, nil)
		if err != nil {
			return fmt.Errorf("find the head of an empty ledger: %w", err)
		}
		c.Root = empty
	}
	checkpoint, err := s.sign(c)
	if err != nil {
		return err
	}
	fmt.Fprint(out, "\n", checkpoint)
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write the ledger: %w", err)
	}
	return nil
}

// Root builds the tree of a ledger from the hashes of its entries, in their order, and says what its root is.
func Root(leaves iter.Seq2[tlog.Hash, error]) (tlog.Hash, error) {
	var h heads
	for leaf, err := range leaves {
		if err != nil {
			return tlog.Hash{}, fmt.Errorf("read entry %d of the ledger: %w", h.size, err)
		}
		h.add(leaf)
	}
	if h.size == 0 {
		return tlog.TreeHash(0, nil)
	}
	return h.head(), nil
}

// WrongEntry says which entry of a ledger is the first that is wrong.
type WrongEntry struct {
	From, To int64 // it is one of these, counted from 0, To excluded; mostly there is only one
	Why      string
}

// Error implements error.
func (e *WrongEntry) Error() string {
	if e.To == e.From+1 {
		return fmt.Sprintf("entry %d is wrong: %s", e.From, e.Why)
	}
	return fmt.Sprintf("an entry from %d to %d is wrong: %s", e.From, e.To-1, e.Why)
}

// Audit is what an export is checked against.
type Audit struct {
	Key         string       // public; empty = the export's own
	Checkpoints []Checkpoint // each must be its head at that size, if it is not longer than the export
	Receipts    []Receipt    // that were verified; each entry must be where they say
}

// VerifyExport reads an export to its end and checks every entry. The error is a [WrongEntry] if one can be named.
func VerifyExport(r io.Reader, a Audit) (Checkpoint, error) {
	in := bufio.NewReaderSize(r, 1<<16)
	title, err := in.ReadString('\n')
	key, ours := strings.CutPrefix(strings.TrimSuffix(title, "\n"), exportTitle)
	switch {
	case err != nil || !ours:
		return Checkpoint{}, errors.New("this is no exported ledger: the first line should begin with " + exportTitle)
	case a.Key != "" && key != a.Key:
		return Checkpoint{}, errors.New("this ledger was exported with another key")
	}
	h, err := a.follow(in)
	if err != nil {
		return Checkpoint{}, err
	}
	return a.close(in, h, key)
}

// follow checks entry after entry, up to the empty line.
func (a Audit) follow(in *bufio.Reader) (*heads, error) {
	slices.SortFunc(a.Checkpoints, func(x, y Checkpoint) int { return cmp.Compare(x.Size, y.Size) })
	known, h, sure := a.leaves(), &heads{}, int64(0)
	due := a.Checkpoints
	for len(due) > 0 && due[0].Size == 0 {
		due = due[1:]
	}
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return nil, &WrongEntry{h.size, h.size + 1, "the file ends before it"}
		}
		if line == "\n" {
			return h, nil
		}
		leaf, head, err := parseEntry(line)
		if err != nil {
			return nil, &WrongEntry{h.size, h.size + 1, err.Error()}
		}
		if want, ok := known[h.size]; ok && want != leaf {
			return nil, &WrongEntry{h.size, h.size + 1, "a receipt says otherwise"}
		}
		h.add(leaf)
		if h.head() != head {
			return nil, &WrongEntry{h.size - 1, h.size, "the head after it does not follow from it"}
		}
		for len(due) > 0 && due[0].Size == h.size {
			if due[0].Root != head {
				return nil, &WrongEntry{sure, h.size, fmt.Sprintf("a signed checkpoint of size %d says otherwise", h.size)}
			}
			due, sure = due[1:], h.size
		}
	}
}

// leaves are the hashes of entries that receipts prove.
func (a Audit) leaves() map[int64]tlog.Hash {
	known := map[int64]tlog.Hash{}
	for _, r := range a.Receipts {
		for _, e := range r.Entries {
			known[e.Index] = e.leaf()
		}
	}
	return known
}

func parseEntry(line string) (leaf, head tlog.Hash, err error) {
	first, second, ok := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
	if !ok {
		return leaf, head, errors.New("a line should hold two hashes")
	}
	if leaf, err = parseHash(first); err == nil {
		head, err = parseHash(second)
	}
	return leaf, head, err
}

// close checks the checkpoint at the end.
func (a Audit) close(in io.Reader, h *heads, key string) (Checkpoint, error) {
	rest, err := io.ReadAll(io.LimitReader(in, 1<<16))
	if err != nil {
		return Checkpoint{}, fmt.Errorf("read the checkpoint of an exported ledger: %w", err)
	}
	c, err := ParseCheckpoint(string(rest), key)
	switch {
	case err != nil:
		return c, err
	case c.Size != h.size:
		return c, fmt.Errorf("the checkpoint is of %d entries, but there are %d", c.Size, h.size)
	case c.Size > 0 && c.Root != h.head():
		return c, &WrongEntry{0, c.Size, "the signed checkpoint at the end says otherwise"}
	}
	return c, nil
}
