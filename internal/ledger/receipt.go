package ledger

import (
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// Receipt proves that entries stand in the ledger of a checkpoint.
type Receipt struct {
	header
	Checkpoint string  `json:"checkpoint"` // signed
	Entries    []Proof `json:"entries"`
}

// Proof is an entry with what it says, and the hashes that lead from it to the head.
type Proof struct {
	Index int64       `json:"index"`
	Event string      `json:"event"`
	Salt  []byte      `json:"salt"`
	Path  []tlog.Hash `json:"proof"`
}

// Receipt proves openings against the head of the ledger at a size.
func (s *Signer) Receipt(size int64, openings []Opening, r tlog.HashReader) ([]byte, error) {
	checkpoint, err := s.Checkpoint(size, r)
	if err != nil {
		return nil, err
	}
	receipt := Receipt{header: header{KindReceipt, formatVersion, s.Public()}, Checkpoint: checkpoint, Entries: []Proof{}}
	for _, o := range openings {
		path, err := tlog.ProveRecord(size, o.Index, r)
		if err != nil {
			return nil, fmt.Errorf("prove entry %d of the ledger: %w", o.Index, err)
		}
		receipt.Entries = append(receipt.Entries, Proof{o.Index, o.Event, o.Salt, hashes(path)})
	}
	return write(receipt)
}

// hashes are never null in JSON.
func hashes(path []tlog.Hash) []tlog.Hash { return append([]tlog.Hash{}, path...) }

// ParseReceipt reads a receipt. It says nothing about whether it is true; see [Receipt.Verify].
func ParseReceipt(data []byte) (Receipt, error) {
	return read(data, KindReceipt, func(r *Receipt) header { return r.header })
}

// PublicKey is the key that the receipt says it was signed with.
func (r Receipt) PublicKey() string { return r.Key }

// Verify checks a receipt: the signature, and that each entry stands where it says in the ledger of the checkpoint. If
// public is empty the receipt's own key is taken, which proves no more than that the receipt agrees with itself.
func (r Receipt) Verify(public string) (Checkpoint, error) {
	if public == "" {
		public = r.Key
	}
	if public != r.Key {
		return Checkpoint{}, errors.New("this receipt was signed with another key")
	}
	c, err := ParseCheckpoint(r.Checkpoint, public)
	if err != nil {
		return c, err
	}
	for _, e := range r.Entries {
		if len(e.Salt) != SaltSize {
			return c, fmt.Errorf("entry %d has a salt of %d bytes; it should have %d", e.Index, len(e.Salt), SaltSize)
		}
		if err := tlog.CheckRecord(e.Path, c.Size, c.Root, e.Index, e.leaf()); err != nil {
			return c, fmt.Errorf("entry %d is not in the ledger of this checkpoint: %w", e.Index, err)
		}
	}
	return c, nil
}

func (p Proof) leaf() tlog.Hash { return Opening{p.Index, p.Salt, p.Event}.leaf() }
