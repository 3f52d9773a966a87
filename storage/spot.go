package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"sync"
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

// spots are those that are not in the table yet, with SQLite: each group's belong on another page of it, so that they are
// put down when there are many, group by group. After a crash they are found again, in the rows themselves. The earliest of
// a group come first.
type spots struct {
	mu         sync.Mutex
	young, old map[int64][]spot // by group; old is being put down
	count      int              // of the young, about
	next       int64            // number of the next row of arrival; changed only by who writes
}

// putDownAt is how many wait at most, about: some 20 MB.
const putDownAt = 1 << 18

// reset forgets all; rows from next on are to come.
func (w *spots) reset(next int64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.young, w.old, w.count, w.next = map[int64][]spot{}, nil, 0, next
}

// take notes what came in the next row.
func (w *spots) take(came []arrival) {
	w.mu.Lock()
	defer w.mu.Unlock()
	found, left := spotsIn(w.next, came)
	for _, chat := range left {
		delete(w.young, chat)
		delete(w.old, chat)
	}
	for chat, s := range found {
		w.young[chat] = append(w.young[chat], s)
	}
	w.count += len(found)
	w.next++
}

func (w *spots) full() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.count >= putDownAt
}

// of are those of a group.
func (w *spots) of(chat int64) []spot {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Concat(w.old[chat], w.young[chat])
}

// begin makes those that came so far old, and says of which groups they are.
func (w *spots) begin() []int64 {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.old, w.young, w.count = w.young, map[int64][]spot{}, 0
	return slices.Sorted(maps.Keys(w.old))
}

// oldOf are the old ones of some groups.
func (w *spots) oldOf(chats []int64) map[int64][]spot {
	w.mu.Lock()
	defer w.mu.Unlock()
	some := map[int64][]spot{}
	for _, chat := range chats {
		some[chat] = w.old[chat]
	}
	return some
}

// end forgets the old ones, which are in the table; if they are not all, they wait again.
func (w *spots) end(done bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !done {
		for chat, old := range w.old {
			w.young[chat] = slices.Concat(old, w.young[chat])
			w.count += len(old)
		}
	}
	w.old = nil
}

// between are numbers of messages, both ends included.
type between struct{ first, last int64 }

// all are the numbers of all messages.
var all = between{0, math.MaxInt64}

// spotsOf are those of a group in which messages with such numbers may be, the latest first.
func (s *Store) spotsOf(ctx context.Context, q querier, chat int64, b between) ([]spot, error) {
	found := s.spots.of(chat) // first: what is put down meanwhile is then in both rather than in neither
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

// saveSpots writes them into the table.
func (u *unit) saveSpots(found map[int64][]spot) error {
	rows := newPile[spotKey](`INSERT INTO spot (chat, arrival, first, last) VALUES `, `(?, ?, ?, ?)`, ` ON CONFLICT DO NOTHING`)
	for _, chat := range slices.Sorted(maps.Keys(found)) {
		for _, lies := range found[chat] {
			if err := rows.add(u, spotKey{chat, lies.arrival}, chat, lies.arrival, lies.first, lies.last); err != nil {
				return fmt.Errorf("put down where recent messages are: %w", err)
			}
		}
	}
	if err := rows.write(u); err != nil {
		return fmt.Errorf("put down where recent messages are: %w", err)
	}
	return nil
}

type spotKey struct{ chat, arrival int64 }

// leaveSpots forgets where the messages of a group are, and so the messages.
func (u *unit) leaveSpots(chat int64) error {
	if !u.s.shared() {
		u.arrived = append(u.arrived, arrival{chat: chat})
	}
	return u.exec(`DELETE FROM spot WHERE chat = ?`, chat)
}

// dropSpots forgets where groups had messages, up to a row.
func (u *unit) dropSpots(chats []int64, last int64) error {
	var args []any
	for _, chat := range chats {
		args = append(args, chat, last)
	}
	return u.padded(args, 2, func(n int, args []any) error {
		return u.exec(`DELETE FROM spot WHERE `+repeated("chat = ? AND arrival <= ?", " OR ", n), args...)
	})
}

// spotsAtOnce is for how many groups they are written or deleted in one transaction, so that nobody waits for long.
const spotsAtOnce = 256

// metaSpotted is, in the table meta, the last row of arrival whose spots are in their table. Where they are put down with each
// commit, as with PostgreSQL, it is not there.
const metaSpotted = "spotted"

// putDown puts down what waits, with SQLite.
func (s *Store) putDown(ctx context.Context) error {
	if s.shared() {
		return nil
	}
	s.puttingDown.Lock()
	defer s.puttingDown.Unlock()
	return s.putAllDown(ctx)
}

// putDownLater does so beside whoever goes on. If it fails it waits for another commit.
func (s *Store) putDownLater() {
	if !s.puttingDown.TryLock() {
		return
	}
	s.background.Go(func() {
		defer s.puttingDown.Unlock()
		_ = s.putAllDown(context.Background())
	})
}

func (s *Store) putAllDown(ctx context.Context) error {
	var last int64
	var chats []int64
	s.writing.Lock() // nothing comes meanwhile
	last, chats = s.spots.next-1, s.spots.begin()
	s.writing.Unlock()
	var err error
	for some := range slices.Chunk(chats, spotsAtOnce) {
		if err == nil {
			err = s.transact(ctx, func(u *unit) error {
				u.frail = true
				return u.saveSpots(s.spots.oldOf(some))
			})
		}
	}
	if err == nil {
		err = s.transact(ctx, func(u *unit) error {
			u.frail = true
			return u.setMeta(metaSpotted, last)
		})
	}
	s.spots.end(err == nil)
	if err != nil {
		return fmt.Errorf("put down where recent messages are: %w", err)
	}
	return nil
}

// readSpots finds what is not in the table, in place of what it found before. In a database that was copied to PostgreSQL that
// is put down at once.
func (s *Store) readSpots(ctx context.Context) error {
	err := s.transact(ctx, func(u *unit) error {
		last, found, err := u.spotted()
		if err != nil {
			return err
		}
		s.spots.reset(last + 1)
		if s.shared() && !found {
			return nil
		}
		if err := u.findSpots(last); err != nil || !s.shared() {
			return err
		}
		if err := u.saveSpots(s.spots.young); err != nil {
			return err
		}
		return u.exec(`DELETE FROM meta WHERE name = ?`, metaSpotted)
	})
	if err != nil {
		return fmt.Errorf("read where recent messages are: %w", err)
	}
	return nil
}

// spotted is up to which row of arrival the table is complete; if nobody noted it, with SQLite, it is now.
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

// findSpots looks through the rows behind one.
func (u *unit) findSpots(after int64) error {
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
		u.s.spots.next = row
		u.s.spots.take(came)
	}
	return rows.Err()
}
