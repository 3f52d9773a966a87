package storage

import "github.com/ostrakon-bot/ostrakon/storage/sqldb"

// handledUpdates are updates that are marked as handled: how many, and how many of them were not marked before. The second is
// known when the statements that wait were run.
type handledUpdates struct{ updates, inserted int64 }

// markHandled marks updates as handled, and takes them out of the inbox, before the next question is asked. An update that is 0 has no number and is left out.
func (u *Tx) markHandled(updates ...int64) *handledUpdates {
	m := &handledUpdates{}
	hour := hour(u.now)
	args := make([]any, 0, 2*len(updates))
	for _, id := range updates {
		if id != 0 {
			args = append(args, id, hour)
			m.updates++
		}
	}
	_ = sqldb.Padded(args, 2, func(n int, args []any) error { // no error: nothing is run yet
		u.LaterCounted(&m.inserted, "mark updates as handled", `INSERT INTO handled (update_id, hour) VALUES `+sqldb.Repeat("(?, ?)", ", ", n)+` ON CONFLICT DO NOTHING`, args...)
		return nil
	})
	u.takeFromInbox(updates...)
	return m
}

// isDuplicate says whether one of them was handled before, or by another replica just now. It is asked after [sqldb.Tx.Flush].
func (m *handledUpdates) isDuplicate() bool { return m.inserted != m.updates }
