package storage

import (
	"fmt"

	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

// handledUpdates are updates that were marked as handled: how many, and how many of them were not marked before.
type handledUpdates struct{ updates, inserted int64 }

// markHandled marks updates as handled. An update that is 0 has no number and is left out.
func (u *Tx) markHandled(updates ...int64) (m handledUpdates, err error) {
	hour := hour(u.now)
	args := make([]any, 0, 2*len(updates))
	for _, id := range updates {
		if id != 0 {
			args = append(args, id, hour)
			m.updates++
		}
	}
	err = sqldb.Padded(args, 2, func(n int, args []any) error {
		res, err := u.ExecContext(u.ctx, `INSERT INTO handled (update_id, hour) VALUES `+sqldb.Repeat("(?, ?)", ", ", n)+` ON CONFLICT DO NOTHING`, args...)
		if err != nil {
			return err
		}
		inserted, err := res.RowsAffected()
		m.inserted += inserted
		return err
	})
	if err != nil {
		return m, fmt.Errorf("mark updates as handled: %w", err)
	}
	return m, nil
}

// isDuplicate says whether one of them was handled before, or by another replica just now.
func (m handledUpdates) isDuplicate() bool { return m.inserted != m.updates }
