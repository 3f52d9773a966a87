package world

import (
	"bytes"
	"slices"
)

// kinds that must be named in allowed_updates to be delivered.
var unusualKinds = []string{"chat_member", "message_reaction", "message_reaction_count"}

// How long an update waits for its bot, in seconds.
const (
	DayTTL      = 24 * 3600
	CallbackTTL = 150
)

// A Queue holds the updates of one bot until they are confirmed.
type Queue struct {
	NextID  int64
	Pending []Queued
	Recent  []Queued // confirmed lately, for faults that deliver them again
	Allowed []string // empty: the default kinds
	Shown   int64    // the highest update_id ever handed out

	Tell func(Queued) // called with each new update, if set
}

// SeekTo applies an offset: a positive one confirms all lower updates, a
// negative one keeps only so many from the end.
func (q *Queue) SeekTo(offset int64) {
	switch {
	case offset > 0:
		q.confirm(offset)
	case offset < 0:
		q.keepLast(-offset)
	}
}

// Batch is the JSON answer with up to limit updates.
func (q *Queue) Batch(again []Queued, limit int) []byte {
	fresh := q.Pending[:min(limit, len(q.Pending))]
	size := 32
	for _, u := range fresh {
		size += len(u.Raw) + 1
	}
	buf := bytes.NewBuffer(make([]byte, 0, size))
	buf.WriteString(`{"ok":true,"result":[`)
	sep := false
	for _, list := range [2][]Queued{again, fresh} {
		for _, u := range list {
			if sep {
				buf.WriteByte(',')
			}
			sep = true
			buf.Write(u.Raw)
			q.Shown = max(q.Shown, u.ID)
		}
	}
	buf.WriteString(`]}`)
	return buf.Bytes()
}

func (q *Queue) wants(kind string) bool {
	if len(q.Allowed) == 0 {
		return !slices.Contains(unusualKinds, kind)
	}
	return slices.Contains(q.Allowed, kind)
}

// confirm forgets all updates below the offset.
func (q *Queue) confirm(offset int64) {
	i := 0
	for i < len(q.Pending) && q.Pending[i].ID < offset {
		i++
	}
	q.Drop(i)
}

// Drop forgets the first n updates.
func (q *Queue) Drop(n int) {
	if n == 0 {
		return
	}
	q.Recent = append(q.Recent[:0], q.Pending[max(0, n-100):n]...)
	q.Pending = q.Pending[n:]
	if len(q.Pending) == 0 {
		q.Pending = nil
	}
}

// keepLast forgets all but the last n updates.
func (q *Queue) keepLast(n int64) {
	if n < int64(len(q.Pending)) {
		q.Drop(len(q.Pending) - int(n))
	}
}

// Expire drops what is too old to deliver, and says whether there was any.
func (q *Queue) Expire(now int64) (expired bool) {
	if slices.ContainsFunc(q.Pending[:min(len(q.Pending), 100)], func(u Queued) bool { return u.Expires <= now }) {
		q.Pending = slices.DeleteFunc(slices.Clone(q.Pending), func(u Queued) bool { return u.Expires <= now })
		return true
	}
	return false
}

// Finish forgets an update that was delivered, perhaps before earlier ones.
func (q *Queue) Finish(id int64) {
	i, ok := slices.BinarySearchFunc(q.Pending, id, func(u Queued, id int64) int { return int(u.ID - id) })
	if ok {
		q.Recent = append(q.Recent[max(0, len(q.Recent)-99):], q.Pending[i])
		q.Pending = slices.Delete(q.Pending, i, i+1)
	}
}

// Len is the number of updates that are not confirmed yet.
func (q *Queue) Len() int { return len(q.Pending) }

// Queued is one update, encoded once.
type Queued struct {
	ID      int64
	Raw     []byte
	Lane    int64 // updates of one lane keep their order with webhooks
	Expires int64
}
