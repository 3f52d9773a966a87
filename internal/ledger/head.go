package ledger

import (
	"math/bits"

	"golang.org/x/mod/sumdb/tlog"
)

// heads computes the head after each entry, from the hashes of the entries alone. It keeps those of the complete
// subtrees, the largest first: as many as the size has ones in binary.
type heads struct {
	size  int64
	trees []tlog.Hash
}

// add takes the next entry.
func (h *heads) add(leaf tlog.Hash) {
	for range bits.TrailingZeros64(^uint64(h.size)) { // as many subtrees are completed by it
		last := len(h.trees) - 1
		leaf = tlog.NodeHash(h.trees[last], leaf)
		h.trees = h.trees[:last]
	}
	h.trees = append(h.trees, leaf)
	h.size++
}

// head is the root of the tree so far, of at least one entry.
func (h *heads) head() tlog.Hash {
	last := len(h.trees) - 1
	root := h.trees[last]
	for i := last - 1; i >= 0; i-- {
		root = tlog.NodeHash(h.trees[i], root)
	}
	return root
}
