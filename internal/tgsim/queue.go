package tgsim

import (
	"slices"
	"strconv"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/schema"
)

// A queue holds the updates of one bot until they are confirmed.
type queue struct {
	nextID  int64
	pending []queued
	recent  []queued // confirmed lately, for faults that deliver them again
	allowed []string // empty: the default kinds
	shown   int64    // the highest update_id ever handed out

	tell func(queued) // called with each new update, if set
}

// queued is one update, encoded once.
type queued struct {
	id      int64
	raw     []byte
	lane    int64 // updates of one lane keep their order with webhooks
	expires int64
}

// kinds that must be named in allowed_updates to be delivered.
var unusualKinds = []string{"chat_member", "message_reaction", "message_reaction_count"}

const (
	dayTTL      = 24 * 3600
	callbackTTL = 150
)

func (q *queue) wants(kind string) bool {
	if len(q.allowed) == 0 {
		return !slices.Contains(unusualKinds, kind)
	}
	return slices.Contains(q.allowed, kind)
}

// enqueue adds an update of the kind to the bot's queue, unless the bot does
// not want the kind.
func (b *Bot) enqueue(kind string, body []byte, lane int64, ttl int64) {
	q := &b.queue
	if b.deaf || !q.wants(kind) {
		return
	}
	raw := b.put(kind, body, lane, ttl)
	if b.sim.opts.CheckUpdates {
		if err := schema.CheckUpdate(raw); err != nil {
			b.sim.violate("simulator: update " + err.Error() + ": " + string(raw))
		}
	}
}

func (b *Bot) put(kind string, body []byte, lane int64, ttl int64) []byte {
	q := &b.queue
	raw := make([]byte, 0, len(body)+len(kind)+32)
	raw = append(raw, `{"update_id":`...)
	raw = strconv.AppendInt(raw, q.nextID, 10)
	raw = append(raw, `,"`...)
	raw = append(raw, kind...)
	raw = append(raw, `":`...)
	raw = append(raw, body...)
	raw = append(raw, '}')
	u := queued{id: q.nextID, raw: raw, lane: lane, expires: b.sim.unix() + ttl}
	q.nextID++
	q.pending = append(q.pending, u)
	if q.tell != nil {
		q.tell(u)
	}
	b.sim.Touch()
	return raw
}

// confirm forgets all updates below the offset.
func (q *queue) confirm(offset int64) {
	i := 0
	for i < len(q.pending) && q.pending[i].id < offset {
		i++
	}
	q.drop(i)
}

// drop forgets the first n updates.
func (q *queue) drop(n int) {
	if n == 0 {
		return
	}
	q.recent = append(q.recent[:0], q.pending[max(0, n-100):n]...)
	q.pending = q.pending[n:]
	if len(q.pending) == 0 {
		q.pending = nil
	}
}

// keepLast forgets all but the last n updates.
func (q *queue) keepLast(n int64) {
	if n < int64(len(q.pending)) {
		q.drop(len(q.pending) - int(n))
	}
}

// expire drops what is too old to deliver, and says whether there was any.
func (q *queue) expire(now int64) (expired bool) {
	if slices.ContainsFunc(q.pending[:min(len(q.pending), 100)], func(u queued) bool { return u.expires <= now }) {
		q.pending = slices.DeleteFunc(slices.Clone(q.pending), func(u queued) bool { return u.expires <= now })
		return true
	}
	return false
}

// Inject puts an update of any shape into the bot's queue, unchecked: field
// is a key of Update, value its JSON. It returns the update_id. See the
// constants OddMessage and the like for shapes that broke bots before.
func (b *Bot) Inject(field, value string) int64 {
	b.sim.Lock()
	defer b.sim.Unlock()
	b.put(field, []byte(value), 0, dayTTL)
	return b.queue.nextID - 1
}

// Values for Inject that are odd in shape.
const (
	// OddMessage, for "message": not an object at all.
	OddMessage = `"x"`
	// CallbackWithoutMessage, for "callback_query".
	CallbackWithoutMessage = `{"id":"1","from":{"id":1,"is_bot":false,"first_name":"Odd"},"chat_instance":"1","data":"x"}`
	// MessageWithoutFrom, for "message".
	MessageWithoutFrom = `{"message_id":1,"date":1,"chat":{"id":-1001000000001,"type":"supergroup","title":"Odd"},"text":"/help"}`
)

// Pending is the number of updates that the bot has not confirmed yet.
func (b *Bot) Pending() int {
	b.sim.Lock()
	defer b.sim.Unlock()
	return len(b.queue.pending)
}
