package storage

import (
	"context"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/ostrakon-bot/ostrakon/internal/ledger"
	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

// LedgerRoot builds the tree of a ledger from its entries and returns its root, and how many entries there are.
func LedgerRoot(ctx context.Context, in sqldb.Querier) (tlog.Hash, int64, error) {
	tree := hashes{ctx, in, ""}
	size, err := tree.number(metaSize)
	if err != nil {
		return tlog.Hash{}, 0, err
	}
	root, err := ledger.Root(func(yield func(tlog.Hash, error) bool) {
		for n := range size {
			leaf, err := tree.ReadHashes([]int64{tlog.StoredHashIndex(0, n)})
			if err != nil {
				yield(tlog.Hash{}, err)
				return
			}
			if !yield(leaf[0], nil) {
				return
			}
		}
	})
	return root, size, err
}
