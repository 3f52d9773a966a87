package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
)

// spot is a row of arrival in which a group has messages, and the first and the last of their numbers there.
type spot struct{ arrival, first, last int64 }

// spotsIn says which groups have messages in a row, and of which all that came before are forgotten.
func spotsIn(row int64, came []arrival) (found map[int64]spot, left []int64) {
	found = map[int64]spot{}
	for _, a := range came {
		s, there := found[a.chat]
		switch {
		case a.message == 0:
			left = append(left, a.chat)
		case there:
			found[a.chat] = spot{row, min(s.first, a.message), max(s.last, a.message)}
		default:
			found[a.chat] = spot{row, a.message, a.message}
		}
	}
	return found, left
}

// between are numbers of messages, both ends included.
type between struct{ first, last int64 }

// all are the numbers of all messages.
var all = between{0, math.MaxInt64}

// spotsOf are those of a group in which messages with such numbers may be, the latest first.
func (s *Store) spotsOf(ctx context.Context, q querier, chat int64, b between) ([]spot, error) {
	found := s.waiting.all(chat).spots // first: what is put down meanwhile is then in both rather than in neither
	slices.Reverse(found)
	waiting := len(found)
	rows, err := q.QueryContext(ctx, `SELECT arrival, first, last FROM spot WHERE chat = ? AND last >= ? AND first <= ? ORDER BY arrival DESC`, chat, b.first, b.last)
	if err != nil {
		return nil, fmt.Errorf("find recent messages: %w", available(err))
	}
	defer rows.Close()
	for rows.Next() {
		var lies spot
		if err := rows.Scan(&lies.arrival, &lies.first, &lies.last); err != nil {
			return nil, fmt.Errorf("find recent messages: %w", err)
		}
		if waiting == 0 || lies.arrival < found[waiting-1].arrival {
			found = append(found, lies)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("find recent messages: %w", available(err))
	}
	return slices.DeleteFunc(found, func(lies spot) bool { return lies.last < b.first || b.last < lies.first }), nil
}

// leaveSpots forgets where the messages of a group are, and so the messages.
func (u *unit) leaveSpots(chat int64) error {
	if err := u.catchUp(chat); err != nil {
		return err
	}
	if !u.s.shared() {
		u.arrived = append(u.arrived, arrival{chat: chat})
	}
	return u.exec(`DELETE FROM spot WHERE chat = ?`, chat)
}

// dropSpots forgets where groups had messages, up to a row.
func (u *unit) dropSpots(chats []int64, last int64) error {
	if slices.Contains(chats, 0) { // a row that does not say whose it is: see [openGroup]
		return u.exec(`DELETE FROM spot WHERE arrival <= ?`, last)
	}
	var args []any
	for _, chat := range chats {
		args = append(args, chat, last)
	}
	return u.padded(args, 2, func(n int, args []any) error {
		return u.exec(`DELETE FROM spot WHERE `+repeated("chat = ? AND arrival <= ?", " OR ", n), args...)
	})
}

// metaSpotted is, in the table meta, the last row of arrival about which all is written. Where that is done with each commit, as
// with PostgreSQL, it is not there.
const metaSpotted = "spotted"

// readWaiting finds what is not written yet about messages that are kept, in place of what it found before. In a database that
// was copied to PostgreSQL it is put down at once.
func (s *Store) readWaiting(ctx context.Context) error {
	err := s.transact(ctx, func(u *unit) error {
		last, found, err := u.spotted()
		if err != nil {
			return err
		}
		s.waiting.reset(last + 1)
		if s.shared() && !found {
			return nil
		}
		if err := u.findWaiting(last); err != nil || !s.shared() {
			return err
		}
		rows := newBacklog()
		for chat, a := range s.waiting.young {
			if err := rows.add(u, chat, *a); err != nil {
				return err
			}
		}
		if err := rows.write(u); err != nil {
			return err
		}
		s.waiting.reset(0) // others write too, so that what is known here would soon be wrong
		return u.exec(`DELETE FROM meta WHERE name = ?`, metaSpotted)
	})
	if err != nil {
		return fmt.Errorf("read what is known of recent messages: %w", err)
	}
	return nil
}

// spotted is up to which row of arrival all is written; if nobody noted it, with SQLite, it is now.
func (u *unit) spotted() (last int64, found bool, err error) {
	var text []byte
	err = u.row(`SELECT value FROM meta WHERE name = ?`+u.in.lock, metaSpotted).Scan(&text)
	if err == nil {
		last, err = strconv.ParseInt(string(text), 10, 64)
		return last, true, err
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return 0, false, err
	}
	if err := u.row(`SELECT coalesce(max(id), 0) FROM arrival`).Scan(&last); err != nil || u.s.shared() {
		return last, false, err
	}
	return last, false, u.exec(`INSERT INTO meta (name, value) VALUES (?, ?)`, metaSpotted, []byte(strconv.FormatInt(last, 10)))
}

// findWaiting looks through the rows behind one.
func (u *unit) findWaiting(after int64) error {
	rows, err := u.QueryContext(u.ctx, `SELECT id, sealed FROM arrival WHERE id > ? ORDER BY id`, after)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var row int64
		var sealed []byte
		if err := rows.Scan(&row, &sealed); err != nil {
			return err
		}
		came, err := u.s.openArrivals(sealed)
		if err != nil {
			return err
		}
		for i := range came {
			if err := came[i].readNote(); err != nil {
				return err
			}
		}
		u.s.waiting.next = row
		u.s.waiting.commit(nil, came)
	}
	return rows.Err()
}
