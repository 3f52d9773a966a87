package storage

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Deferred is a call that could not be made at once, written as JSON.
type Deferred struct {
	Chat   int64 // whose limits it counts against; may be 0
	Person int64 // for whom it is; 0 for nobody in particular
	Class  moderation.Class
	Body   []byte
}

// answering are the people who are being answered at this moment, outside of the outbox. What is put into the outbox for them
// meanwhile is kept until they are: it follows from what they did, or comes after it. Another replica does not know of them,
// so it is theirs in the database, for as long as a row is somebody's who delivers it.
type answering struct {
	mu     sync.Mutex
	people map[int64]*answered
	left   time.Time // when what could not be let go is delivered all the same; zero = there is nothing
}

// answered is a person who is being answered, by so many at once.
type answered struct {
	by   int
	kept []keptRow
}

// keptRow is a row that waits for a person to be answered.
type keptRow struct{ person, chat, id int64 }

// Answering says that a person is being answered until [Store.Answered] is called.
func (s *Store) Answering(person int64) {
	s.answering.mu.Lock()
	defer s.answering.mu.Unlock()
	if s.answering.people == nil {
		s.answering.people = map[int64]*answered{}
	}
	a := s.answering.people[person]
	if a == nil {
		a = &answered{}
		s.answering.people[person] = a
	}
	a.by++
}

// Answered says that a person is answered, but for the calls that could not be made. Those are queued, before all
// that was kept for the person meanwhile.
func (s *Store) Answered(ctx context.Context, person int64, rest []Deferred) error {
	kept := s.answering.end(person)
	if len(kept) == 0 && len(rest) == 0 {
		return nil
	}
	err := s.transact(ctx, func(u *unit) error {
		for _, d := range rest {
			if err := u.putDeferred(d, kept); err != nil {
				return err
			}
		}
		return u.letGo(kept, len(rest) > 0)
	})
	if err != nil {
		s.leave()
		return fmt.Errorf("queue an answer: %w", err)
	}
	return nil
}

// leave has what could not be let go looked at again when it is nobody's any more.
func (s *Store) leave() {
	s.answering.mu.Lock()
	s.answering.left = s.now().Add(lease)
	s.answering.mu.Unlock()
	if s.Wake != nil {
		s.Wake()
	}
}

// next is when to look again for what could not be let go; zero = there is nothing.
func (a *answering) next(now time.Time) time.Time {
	a.mu.Lock()
	defer a.mu.Unlock()
	if !a.left.After(now) {
		a.left = time.Time{}
	}
	return a.left
}

// end says what was kept for a person whom nobody answers any more.
func (a *answering) end(person int64) []keptRow {
	a.mu.Lock()
	defer a.mu.Unlock()
	p := a.people[person]
	if p == nil {
		return nil
	}
	if p.by--; p.by > 0 {
		return nil
	}
	delete(a.people, person)
	return p.kept
}

// now reports whether a person is being answered.
func (a *answering) now(person int64) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return person != 0 && a.people[person] != nil
}

// keep keeps rows that are committed, and returns those whose person was answered meanwhile.
func (a *answering) keep(rows []keptRow) (late []keptRow) {
	if len(rows) == 0 {
		return nil
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, r := range rows {
		if p := a.people[r.person]; p != nil {
			p.kept = append(p.kept, r)
		} else {
			late = append(late, r)
		}
	}
	return late
}

// putDeferred queues a call. If something is kept for the same person, it waits in the same lane.
func (u *unit) putDeferred(d Deferred, kept []keptRow) error {
	var chat int64
	if d.Chat != 0 {
		c, err := u.chat(d.Chat, "")
		if err != nil {
			return err
		}
		chat = c.id
	}
	if len(kept) > 0 && d.Class == moderation.Personal && d.Person == kept[0].person {
		chat = kept[0].chat
	}
	body := append(d.Body, padding(effectSize, len(d.Body))...)
	lane, err := u.laneOf(line{chat, d.Class}, d.Person)
	if err != nil {
		return err
	}
	return u.put(queued{chat: chat, class: d.Class, lane: lane, kind: KindCall, body: body})
}

// letGo has kept rows delivered; behind what was queued after them, if they are to.
func (u *unit) letGo(kept []keptRow, behind bool) error {
	for _, r := range kept {
		u.wakes = true
		if !behind {
			if err := u.exec(`UPDATE outbox SET taken = 0 WHERE id = ?`, r.id); err != nil {
				return err
			}
			continue
		}
		if err := u.exec(`INSERT INTO outbox (revision, chat, class, lane, due, created, attempts, held, waits_for, sealed)
			SELECT revision, chat, class, lane, due, created, attempts, held, waits_for, sealed FROM outbox WHERE id = ?`, r.id); err != nil {
			return err
		}
		if err := u.exec(`DELETE FROM outbox WHERE id = ?`, r.id); err != nil {
			return err
		}
	}
	return nil
}

// letLateGo has rows delivered that were kept for somebody who is answered already. If that fails they are, after [lease].
func (s *Store) letLateGo(ctx context.Context, rows []keptRow) error {
	late := s.answering.keep(rows)
	if len(late) == 0 {
		return nil
	}
	err := s.transact(ctx, func(u *unit) error { return u.letGo(late, false) })
	if err != nil {
		s.leave()
	}
	return err
}

// letAllGo is for the start: whoever was being answered is not any more. Of several replicas nobody knows that.
func (s *Store) letAllGo(ctx context.Context) error {
	if s.shared() {
		return nil
	}
	if err := s.transact(ctx, func(u *unit) error { return u.exec(`UPDATE outbox SET taken = 0 WHERE taken <> 0`) }); err != nil {
		return fmt.Errorf("let go what waited for an answer: %w", err)
	}
	return nil
}
