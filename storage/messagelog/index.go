package messagelog

import "math"

// A Range is a range of message numbers, both ends included.
type Range struct{ First, Last int64 }

func (r Range) has(number int64) bool { return r.First <= number && number <= r.Last }

// All is the range of all message numbers.
var All = Range{0, math.MaxInt64}

// An indexEntry says that a block holds messages of a chat, and the first and last of their numbers there.
type indexEntry struct{ block, first, last int64 }

// indexBlock makes the index entries of a block, by chat. It also lists the chats of which all earlier messages are redacted.
func indexBlock(block int64, messages []Message) (entries map[int64]indexEntry, redacted []int64) {
	entries = map[int64]indexEntry{}
	for i := range messages {
		m := &messages[i]
		e, known := entries[m.Chat]
		switch {
		case m.Number == 0:
			redacted = append(redacted, m.Chat)
		case known:
			entries[m.Chat] = indexEntry{block, min(e.first, m.Number), max(e.last, m.Number)}
		default:
			entries[m.Chat] = indexEntry{block, m.Number, m.Number}
		}
	}
	return entries, redacted
}
