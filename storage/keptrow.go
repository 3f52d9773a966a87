package storage

import (
	"sync"
	"time"
)

// lease is for how long a row belongs to the replica that delivers it: longer than any delivery takes. What a replica
// that was killed had taken is delivered by another after that.
const lease = time.Minute

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
