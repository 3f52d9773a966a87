package storage

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/ostrakon-bot/ostrakon/internal/ledger"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

// Receipt proves to a person what the ledger says of a case that concerns them. For a reporter or voter that is that they
// voted, not how, and how the case ended; for the author of an upheld case, what followed. It says false if there is nothing
// for them, or not any more; and gives nothing as long as no checkpoint covers it.
func (s ledgerStore) Receipt(ctx context.Context, chat int64, id string, person int64) (receipt []byte, found bool, err error) {
	c, err := s.caseRow(ctx, chat, id)
	if errors.Is(err, moderation.ErrNoCase) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	err = s.reading(ctx, func(tx sqldb.Querier, tree hashes, size int64) error {
		openings, voted, err := s.ballotOpening(ctx, tx, &c, person)
		if err != nil {
			return err
		}
		author := c.Author.ID == person && !c.Author.Channel && c.Verdict == moderation.Upheld
		if found = author || voted; !found {
			return nil
		}
		shared, err := s.openings(ctx, tx, c.id)
		if err != nil {
			return err
		}
		openings = append(openings, shared...)
		if found = len(openings) > 0; !found {
			return nil // it is from before the ledger, or an earlier release noted their side in it
		}
		covered := slices.DeleteFunc(openings, func(o ledger.Opening) bool { return o.Index < 0 || o.Index >= size })
		if len(covered) == 0 {
			return nil
		}
		receipt, err = s.signer.Receipt(size, covered, tree)
		return err
	})
	if err != nil {
		return nil, false, fmt.Errorf("write a receipt: %w", err)
	}
	return receipt, found, nil
}

// openings are those of a case that its author and its voters may have, in the order of what happened.
func (s ledgerStore) openings(ctx context.Context, tx sqldb.Querier, caseID int64) ([]ledger.Opening, error) {
	rows, err := tx.QueryContext(ctx, `SELECT entry, sealed FROM ledger_opening WHERE case_id = ? AND concerns = ?`,
		caseID, moderation.ConcernsAuthor)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []ledger.Opening
	nth := map[int64]int64{} // by the entry
	for rows.Next() {
		var o ledger.Opening
		var sealed []byte
		if err := rows.Scan(&o.Index, &sealed); err != nil {
			return nil, err
		}
		var hidden sealedOpening
		if err := s.openJSON(sealOpening, sealed, &hidden); err != nil {
			return nil, err
		}
		o.Salt, o.Event = hidden.Salt, hidden.Event
		nth[o.Index] = hidden.Nth
		all = append(all, o)
	}
	slices.SortFunc(all, func(a, b ledger.Opening) int {
		return cmp.Or(cmp.Compare(nth[a.Index], nth[b.Index]), cmp.Compare(a.Index, b.Index))
	})
	return all, rows.Err()
}
