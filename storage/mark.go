package storage

import (
	"fmt"
)

// marks say that updates were handled, and how many of them were not before.
type marks struct{ updates, inserted int64 }

// mark marks updates as handled. One that is 0 has no number.
func (u *unit) mark(updates ...int64) (m marks, err error) {
	hour := hour(u.now)
	args := make([]any, 0, 2*len(updates))
	for _, id := range updates {
		if id != 0 {
			args = append(args, id, hour)
			m.updates++
		}
	}
	err = u.padded(args, 2, func(n int, args []any) error {
		res, err := u.ExecContext(u.ctx, `INSERT INTO handled (update_id, hour) VALUES `+repeated("(?, ?)", ", ", n)+` ON CONFLICT DO NOTHING`, args...)
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

// fresh returns the error seen if one of them was handled before, or by another replica just now.
func (m marks) fresh(seen error) error {
	if m.inserted != m.updates {
		return seen
	}
	return nil
}
