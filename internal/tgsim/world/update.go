package world

import (
	"strconv"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/schema"
)

// Enqueue adds an update of the kind to the bot's queue, unless the bot does
// not want the kind.
func (b *Bot) Enqueue(kind string, body []byte, lane int64, ttl int64) {
	q := &b.Queue
	if b.Deaf || !q.wants(kind) {
		return
	}
	raw := b.put(kind, body, lane, ttl)
	if b.World.Opts.CheckUpdates {
		if err := schema.CheckUpdate(raw); err != nil {
			b.World.Violate("simulator: update " + err.Error() + ": " + string(raw))
		}
	}
}

func (b *Bot) put(kind string, body []byte, lane int64, ttl int64) []byte {
	q := &b.Queue
	raw := make([]byte, 0, len(body)+len(kind)+32)
	raw = append(raw, `{"update_id":`...)
	raw = strconv.AppendInt(raw, q.NextID, 10)
	raw = append(raw, `,"`...)
	raw = append(raw, kind...)
	raw = append(raw, `":`...)
	raw = append(raw, body...)
	raw = append(raw, '}')
	u := Queued{ID: q.NextID, Raw: raw, Lane: lane, Expires: b.World.Unix() + ttl}
	q.NextID++
	q.Pending = append(q.Pending, u)
	if q.Tell != nil {
		q.Tell(u)
	}
	b.World.Touch()
	return raw
}

// Inject puts an update of any shape into the bot's queue, unchecked, and
// returns its update_id.
func (b *Bot) Inject(field string, value []byte) int64 {
	b.put(field, value, 0, DayTTL)
	return b.Queue.NextID - 1
}
