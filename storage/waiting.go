package storage

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
)

// waiting is what is still to be written, with SQLite, about messages that are kept already: where those of a group are, who
// wrote, and whom a username means. Each group's belongs on pages of its own, so that it is put down when there is much of it,
// group by group. After a crash it is found again, in the messages themselves.
type waiting struct {
	mu         sync.Mutex
	young, old map[int64]*about // by group; old is being put down
	count      int              // messages since that began
	next       int64            // number of the next row of arrival; changed only by who writes
}

// about is what waits of one group, in the order in which it came.
type about struct {
	spots []spot
	notes []note
}

func (a *about) size() int {
	if a == nil {
		return 0
	}
	return len(a.spots) + len(a.notes)
}

// putDownAt is about how many messages there are at most of which something waits: some 10 MB, and less than a
// second to find it again.
const putDownAt = 1 << 17

// reset forgets all; rows from next on are to come.
func (w *waiting) reset(next int64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.young, w.old, w.count, w.next = map[int64]*about{}, nil, 0, next
}

// commit notes what a transaction did: it wrote all that waited of some groups, and brought messages.
func (w *waiting) commit(written []int64, came []arrival) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, chat := range written {
		delete(w.young, chat)
		delete(w.old, chat)
	}
	if len(came) > 0 {
		w.take(came)
	}
}

// take notes what came in the next row. mu is held.
func (w *waiting) take(came []arrival) {
	found, left := spotsIn(w.next, came)
	w.next++
	for _, chat := range left {
		for _, a := range []*about{w.young[chat], w.old[chat]} {
			if a != nil {
				a.spots = nil
			}
		}
	}
	for chat, s := range found {
		a := w.of(chat)
		a.spots = append(a.spots, s)
	}
	for i := range came {
		if n := came[i].note; !n.empty() {
			a := w.of(came[i].chat)
			a.notes = append(a.notes, n)
		}
	}
	w.count += len(came)
}

// of is the young of a group. mu is held.
func (w *waiting) of(chat int64) *about {
	a := w.young[chat]
	if a == nil {
		a = &about{}
		w.young[chat] = a
	}
	return a
}

func (w *waiting) full() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.count >= putDownAt
}

// all is what waits of a group.
func (w *waiting) all(chat int64) (a about) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, part := range []*about{w.old[chat], w.young[chat]} {
		if part != nil {
			a.spots, a.notes = append(a.spots, part.spots...), append(a.notes, part.notes...)
		}
	}
	return a
}

// has says whether something waits of a group.
func (w *waiting) has(chat int64) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.old[chat] != nil || w.young[chat] != nil
}

// wrote says whether it waits to be written that somebody wrote.
func (w *waiting) wrote(who writer) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	is := func(n note) bool { return n.wrote && n.person == who.person }
	for _, part := range []*about{w.old[who.chat], w.young[who.chat]} {
		if part != nil && slices.ContainsFunc(part.notes, is) {
			return true
		}
	}
	return false
}

// begin makes what came so far old, and says of which groups it is.
func (w *waiting) begin() []int64 {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.old, w.young, w.count = w.young, map[int64]*about{}, 0
	return slices.Sorted(maps.Keys(w.old))
}

// oldOf is what is old of a group, or nil if it was written or forgotten meanwhile.
func (w *waiting) oldOf(chat int64) *about {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.old[chat]
}

// end forgets the old, which is written; if not all of it is, it waits again.
func (w *waiting) end(done bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !done {
		for chat, old := range w.old {
			a := w.of(chat)
			a.spots, a.notes = slices.Concat(old.spots, a.spots), slices.Concat(old.notes, a.notes)
		}
		w.count = putDownAt
	}
	w.old = nil
}

// catchUp writes what waits of a group, as part of a transaction that asks for it.
func (u *unit) catchUp(chat int64) error {
	if u.s.shared() || slices.Contains(u.caughtUp, chat) {
		return nil
	}
	u.caughtUp = append(u.caughtUp, chat)
	rows := newBacklog()
	if err := rows.add(u, chat, u.s.waiting.all(chat)); err != nil {
		return err
	}
	return rows.write(u)
}

// backlog is rows that waited and are written together.
type backlog struct {
	spots pile[spotKey]
	notes notes
}

type spotKey struct{ chat, arrival int64 }

func newBacklog() *backlog {
	return &backlog{
		spots: newPile[spotKey](`INSERT INTO spot (chat, arrival, first, last) VALUES `, `(?, ?, ?, ?)`, ` ON CONFLICT DO NOTHING`),
		notes: newNotes(),
	}
}

// add has what waited of a group written, or a part of that.
func (b *backlog) add(u *unit, chat int64, a about) error {
	for _, lies := range a.spots {
		if err := b.spots.add(u, spotKey{chat, lies.arrival}, chat, lies.arrival, lies.first, lies.last); err != nil {
			return fmt.Errorf("note where recent messages are: %w", err)
		}
	}
	return b.notes.add(u, chat, a.notes...)
}

func (b *backlog) write(u *unit) error {
	if err := b.spots.write(u); err != nil {
		return fmt.Errorf("note where recent messages are: %w", err)
	}
	return b.notes.write(u)
}

// putDownAtOnce is how many rows are written in one transaction, about, so that nobody waits for long.
const putDownAtOnce = 512

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
	s.writing.Lock() // nothing comes meanwhile
	last, chats := s.waiting.next-1, s.waiting.begin()
	s.writing.Unlock()
	err := s.putOldDown(ctx, chats)
	if err == nil {
		err = s.transact(ctx, func(u *unit) error {
			u.frail = true // what is written again is the same
			return u.setMeta(metaSpotted, last)
		})
	}
	s.waiting.end(err == nil)
	if err != nil {
		return fmt.Errorf("put down what is known of recent messages: %w", err)
	}
	return nil
}

// putOldDown writes the old of groups, in portions.
func (s *Store) putOldDown(ctx context.Context, chats []int64) error {
	for len(chats) > 0 {
		n := 0 // groups that come to a portion together
		for rows := 0; n < len(chats) && rows < putDownAtOnce; n++ {
			rows += s.waiting.oldOf(chats[n]).size()
		}
		for from, more := 0, true; more; from += putDownAtOnce { // more than once only for one that is larger
			err := s.transact(ctx, func(u *unit) (err error) {
				u.frail = true
				more, err = u.putSomeDown(chats[:n], from)
				return err
			})
			if err != nil {
				return err
			}
		}
		chats = chats[n:]
	}
	return nil
}

// putSomeDown writes what is old of groups, of each what comes after so many and not too much of it. It says whether there
// is more.
func (u *unit) putSomeDown(chats []int64, from int) (more bool, err error) {
	rows := newBacklog()
	for _, chat := range chats {
		old := u.s.waiting.oldOf(chat)
		if old == nil {
			continue
		}
		part := about{some(old.spots, from), some(old.notes, from)}
		more = more || max(len(old.spots), len(old.notes)) > from+putDownAtOnce
		if err := rows.add(u, chat, part); err != nil {
			return false, err
		}
	}
	return more, rows.write(u)
}

func some[T any](of []T, from int) []T {
	return of[min(from, len(of)):min(from+putDownAtOnce, len(of))]
}
