package ledger

import (
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// Consistency proves that the ledger of a later checkpoint begins with that of an earlier one.
type Consistency struct {
	header
	From string      `json:"from"` // signed checkpoints
	To   string      `json:"to"`
	Path []tlog.Hash `json:"proof"`
}

// Consistency proves that the ledger at a size is the beginning of the one at a later size.
func (s *Signer) Consistency(from, to int64, r tlog.HashReader) ([]byte, error) {
	if from < 1 || from > to {
		return nil, fmt.Errorf("there is nothing to prove from size %d to %d: give two sizes, the smaller first, from 1 on", from, to)
	}
	path, err := tlog.ProveTree(to, from, r)
	if err != nil {
		return nil, fmt.Errorf("prove that the ledger at %d begins with that at %d: %w", to, from, err)
	}
	c := Consistency{header: header{KindConsistency, formatVersion, s.Public()}, Path: hashes(path)}
	if c.From, err = s.Checkpoint(from, r); err == nil {
		c.To, err = s.Checkpoint(to, r)
	}
	if err != nil {
		return nil, err
	}
	return write(c)
}

// ParseConsistency reads a consistency file; see [Consistency.Verify].
func ParseConsistency(data []byte) (Consistency, error) {
	return read(data, KindConsistency, func(c *Consistency) header { return c.header })
}

// PublicKey is the key that the file says it was signed with.
func (c Consistency) PublicKey() string { return c.Key }

// Verify checks both signatures, and that nothing of the earlier ledger was changed in the later. An empty key is as in
// [Receipt.Verify].
func (c Consistency) Verify(public string) (from, to Checkpoint, err error) {
	if public == "" {
		public = c.Key
	}
	if public != c.Key {
		return from, to, errors.New("this proof was signed with another key")
	}
	if from, err = ParseCheckpoint(c.From, public); err != nil {
		return from, to, err
	}
	if to, err = ParseCheckpoint(c.To, public); err != nil {
		return from, to, err
	}
	if from.Size < 1 || from.Size > to.Size {
		return from, to, fmt.Errorf("the sizes %d and %d are in no order", from.Size, to.Size)
	}
	if err := tlog.CheckTree(c.Path, to.Size, to.Root, from.Size, from.Root); err != nil {
		return from, to, fmt.Errorf("the ledger of size %d does not begin with that of size %d: it was rewritten: %w", to.Size, from.Size, err)
	}
	return from, to, nil
}
