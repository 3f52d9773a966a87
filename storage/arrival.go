package storage

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/go-faster/jx"
)

// arrival is a recent message as it came, or word that one is to be forgotten (it has no text then), or all of its group (nor
// a number).
type arrival struct {
	Chat    int64           `json:"c"`
	Message int64           `json:"m,omitempty"`
	At      int64           `json:"i,omitempty"`
	Edited  bool            `json:"e,omitempty"`
	Text    json.RawMessage `json:"t,omitempty"`
}

// waiting are recent messages that are to be put into the index, by group, sorted by number.
type waiting map[int64][]sighted

func (w waiting) take(a arrival) {
	list := w[a.Chat]
	i, found := slices.BinarySearchFunc(list, a.Message, byMessage)
	switch {
	case a.Text == nil && a.Message == 0:
		list = nil
	case a.Text == nil && found:
		list = slices.Delete(list, i, i+1)
	case a.Text == nil:
	case !found:
		list = slices.Insert(list, i, sighted{a.Message, a.At, a.Edited, a.Text})
	case a.Edited:
		list[i] = sighted{a.Message, a.At, true, a.Text}
	}
	if len(list) == 0 {
		delete(w, a.Chat)
	} else {
		w[a.Chat] = list
	}
}

// arrivals are the messages that wait with SQLite. In a bot of many groups each message belongs on another page of the
// database. So they are first written down in the order in which they come, all of a commit in one row; and when there are
// many they are put down group by group, while new ones come. Here is what is in those rows.
type arrivals struct {
	mu         sync.Mutex
	young, old waiting // old is being put down
	count      int     // of those that came since that began, about
}

// putDownAt is how many messages wait at most, about: some 10 MB.
const putDownAt = 32 << 10

func (w *arrivals) clear() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.young, w.old, w.count = nil, nil, 0
}

// take notes what was committed.
func (w *arrivals) take(came []arrival) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.young == nil {
		w.young = waiting{}
	}
	for _, a := range came {
		if a.Text == nil {
			w.old.take(a)
		}
		w.young.take(a)
	}
	w.count += len(came)
}

func (w *arrivals) full() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.count >= putDownAt
}

// find returns a message that waits.
func (w *arrivals) find(chat, message int64) (sighted, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, list := range [][]sighted{w.young[chat], w.old[chat]} {
		if i, found := slices.BinarySearchFunc(list, message, byMessage); found {
			return list[i], true
		}
	}
	return sighted{}, false
}

// of are all messages of a group that wait.
func (w *arrivals) of(chat int64) []sighted {
	w.mu.Lock()
	defer w.mu.Unlock()
	all := waiting{chat: slices.Clone(w.old[chat])}
	for _, seen := range w.young[chat] {
		all.take(arrival{chat, seen.message, seen.at, seen.edited, seen.text})
	}
	return all[chat]
}

// begin makes those that came so far old, and says of which groups they are.
func (w *arrivals) begin() []int64 {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.old, w.young, w.count = w.young, waiting{}, 0
	return slices.Sorted(maps.Keys(w.old))
}

// part are the old ones of some groups. Nobody changes what it returns while a transaction runs.
func (w *arrivals) part(chats []int64) map[int64][]sighted {
	w.mu.Lock()
	defer w.mu.Unlock()
	part := map[int64][]sighted{}
	for _, chat := range chats {
		if list := w.old[chat]; len(list) > 0 {
			part[chat] = list
		}
	}
	return part
}

// end forgets the old ones, which are in the index; if they are not all, they wait again.
func (w *arrivals) end(done bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !done {
		for chat := range w.old {
			for _, seen := range w.young[chat] {
				w.old.take(arrival{chat, seen.message, seen.at, seen.edited, seen.text})
			}
			w.young[chat] = w.old[chat]
		}
		w.count = putDownAt
	}
	w.old = nil
}

// receive has what a transaction brought written at its end: with SQLite in a row of its own, else where it belongs.
func (u *unit) receive() error {
	if len(u.arrived) == 0 {
		return nil
	}
	if u.s.shared() {
		came := waiting{}
		for _, a := range u.arrived {
			came.take(a)
		}
		return u.putDown(came)
	}
	sealed := u.s.key.Seal(sealSighting, plainArrivals(u.arrived))
	if err := u.exec(`INSERT INTO arrival (sealed) VALUES (?)`, sealed); err != nil {
		return fmt.Errorf("keep recent messages: %w", err)
	}
	return nil
}

// plainArrivals is arrivals as JSON, of which the texts, which are JSON already, are not read again.
func plainArrivals(came []arrival) []byte {
	var e jx.Encoder
	e.ArrStart()
	for _, a := range came {
		e.ObjStart()
		e.FieldStart("c")
		e.Int64(a.Chat)
		e.FieldStart("m")
		e.Int64(a.Message)
		e.FieldStart("i")
		e.Int64(a.At)
		e.FieldStart("e")
		e.Bool(a.Edited)
		if a.Text != nil {
			e.FieldStart("t")
			e.Raw(a.Text)
		}
		e.ObjEnd()
	}
	e.ArrEnd()
	return e.Bytes()
}

// waits says whether a message is not in the index yet.
func (u *unit) waits(chat, message int64) bool {
	_, found := u.s.arrivals.find(chat, message)
	return found || slices.ContainsFunc(u.arrived, func(a arrival) bool { return a.Chat == chat && a.Message == message })
}

// putDownWaiting puts down what waits of a group, as part of a transaction that changes what is in the index.
func (u *unit) putDownWaiting(chat int64) error {
	if u.s.shared() || u.emptied[chat] {
		return nil
	}
	u.emptied[chat] = true
	list := u.s.arrivals.of(chat)
	if len(list) == 0 {
		return nil
	}
	u.arrived = append(u.arrived, arrival{Chat: chat})
	return u.putDown(map[int64][]sighted{chat: list})
}

// readArrivals reads what waited when the bot ended, in place of what it read before. In a database that was copied to PostgreSQL it is put down at once.
func (s *Store) readArrivals(ctx context.Context) error {
	rows, err := s.reader.QueryContext(ctx, `SELECT sealed FROM arrival ORDER BY id`)
	if err != nil {
		return fmt.Errorf("read which messages wait: %w", err)
	}
	defer rows.Close()
	s.arrivals.clear()
	for rows.Next() {
		var sealed []byte
		if err := rows.Scan(&sealed); err != nil {
			return fmt.Errorf("read which messages wait: %w", err)
		}
		var came []arrival
		if err := s.openJSON(sealSighting, sealed, &came); err != nil {
			return fmt.Errorf("read which messages wait: %w", err)
		}
		s.arrivals.take(came)
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read which messages wait: %w", err)
	}
	if s.shared() {
		return s.putAllDown(ctx)
	}
	return nil
}

const (
	putDownAtOnce = 16 // groups in a transaction, so that nobody waits for long
	dropAtOnce    = 4  // rows of arrival likewise, of up to 500 messages each
)

// putDown puts what waits where it belongs, and deletes it where it was.
func (s *Store) putDown(ctx context.Context) error {
	if s.shared() {
		return nil // nothing waits
	}
	s.puttingDown.Lock()
	defer s.puttingDown.Unlock()
	return s.putAllDown(ctx)
}

func (s *Store) putAllDown(ctx context.Context) error {
	var last int64
	var chats []int64
	err := s.transact(ctx, func(u *unit) error { // in which nothing can arrive
		if err := u.row(`SELECT coalesce(max(id), 0) FROM arrival`).Scan(&last); err != nil {
			return err
		}
		chats = s.arrivals.begin()
		return nil
	})
	for some := range slices.Chunk(chats, putDownAtOnce) {
		if err == nil {
			err = s.transact(ctx, func(u *unit) error {
				if err := u.lockChats(some); err != nil {
					return err
				}
				return u.putDown(s.arrivals.part(some))
			})
		}
	}
	s.arrivals.end(err == nil)
	for first := int64(0); err == nil && first < last; {
		err = s.transact(ctx, func(u *unit) error {
			if err := u.row(`SELECT coalesce(min(id), ?) FROM arrival`, last).Scan(&first); err != nil {
				return err
			}
			first = min(first+dropAtOnce, last)
			return u.exec(`DELETE FROM arrival WHERE id <= ?`, first)
		})
	}
	if err != nil {
		return fmt.Errorf("put down recent messages: %w", err)
	}
	return nil
}

// lockChats has others wait who write about the same groups.
func (u *unit) lockChats(chats []int64) error {
	if !u.s.shared() {
		return nil
	}
	for _, chat := range chats {
		if err := u.exec(`SELECT id FROM chat WHERE id = ?`+u.in.lock, chat); err != nil {
			return fmt.Errorf("lock a group: %w", err)
		}
	}
	return nil
}

// putDownLater puts down what waits beside whoever goes on. If that fails it waits for another commit.
func (s *Store) putDownLater() {
	if !s.puttingDown.TryLock() {
		return
	}
	s.background.Go(func() {
		defer s.puttingDown.Unlock()
		_ = s.putAllDown(context.Background())
	})
}
