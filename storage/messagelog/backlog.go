package messagelog

import (
	"maps"
	"slices"
	"sync"
)

// The backlog is what is still to be written, with SQLite, about messages that are in blocks already: index entries and
// notes. Those of a chat belong on pages of their own, so they are written when there are many. After a crash they are
// found again in the blocks. It is no cache: nothing may be dropped before it is written.
type backlog struct {
	mu         sync.Mutex
	young, old map[int64]*pending // by chat; old is being flushed
	count      int                // messages since that began
	flushAt    int                // so many messages may wait
	next       int64              // number of the next block; written by whoever writes to the database, with mu held
}

// pending is what waits of one chat, in the order in which it came.
type pending struct {
	index []indexEntry
	notes []Note
}

// FlushAt is about how many messages wait at most: some 10 MB, and less than a second to find them again.
const FlushAt = 1 << 17

// flushAtOnce is about how many rows are flushed in one transaction, so that others do not wait long.
const flushAtOnce = 512

// reset empties the backlog. The blocks from next on are to come.
func (b *backlog) reset(next int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.young, b.old, b.count, b.next = map[int64]*pending{}, nil, 0, next
}

// committed takes in what a transaction did: it flushed chats, and wrote a block of messages if there are any.
func (b *backlog) committed(flushed []int64, messages []Message) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, chat := range flushed {
		delete(b.young, chat)
		delete(b.old, chat)
	}
	if len(messages) > 0 {
		b.add(b.next, messages)
	}
}

// recovered takes in a block that was read again.
func (b *backlog) recovered(block int64, messages []Message) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.add(block, messages)
}

// add takes in a block. mu is held.
func (b *backlog) add(block int64, messages []Message) {
	entries, redacted := indexBlock(block, messages)
	b.next = block + 1
	for _, chat := range redacted {
		for _, p := range []*pending{b.young[chat], b.old[chat]} {
			if p != nil {
				p.index = nil
			}
		}
	}
	for chat, e := range entries {
		p := b.youngOf(chat)
		p.index = append(p.index, e)
	}
	for i := range messages {
		if n := messages[i].Note; !n.empty() {
			p := b.youngOf(n.Chat)
			p.notes = append(p.notes, n)
		}
	}
	b.count += len(messages)
}

// youngOf is the young part of a chat. mu is held.
func (b *backlog) youngOf(chat int64) *pending {
	p := b.young[chat]
	if p == nil {
		p = &pending{}
		b.young[chat] = p
	}
	return p
}

func (b *backlog) full() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.count >= b.flushAt
}

// of is a copy of what waits of a chat.
func (b *backlog) of(chat int64) (p pending) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, part := range []*pending{b.old[chat], b.young[chat]} {
		if part != nil {
			p.index, p.notes = append(p.index, part.index...), append(p.notes, part.notes...)
		}
	}
	return p
}

// has says whether something waits of a chat.
func (b *backlog) has(chat int64) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.old[chat] != nil || b.young[chat] != nil
}

// wrote says whether a note waits that somebody wrote in a chat.
func (b *backlog) wrote(chat, person int64) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	is := func(n Note) bool { return n.Wrote && n.Person == person }
	for _, part := range []*pending{b.old[chat], b.young[chat]} {
		if part != nil && slices.ContainsFunc(part.notes, is) {
			return true
		}
	}
	return false
}

// chats lists the chats of which something waits.
func (b *backlog) chats() []int64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	all := maps.Clone(b.young)
	maps.Copy(all, b.old)
	return slices.Sorted(maps.Keys(all))
}

// begin begins a flush: what came so far is old. It says up to which block that is, and of which chats.
func (b *backlog) begin() (last int64, chats []int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.old, b.young, b.count = b.young, map[int64]*pending{}, 0
	return b.next - 1, slices.Sorted(maps.Keys(b.old))
}

// oldRows is how many old rows a chat has. It has none if they were flushed or redacted meanwhile.
func (b *backlog) oldRows(chat int64) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	old := b.old[chat]
	if old == nil {
		return 0
	}
	return len(old.index) + len(old.notes)
}

// oldPart is a copy of the old index entries and notes of a chat, of each flushAtOnce from a position on. It says whether
// there are more.
func (b *backlog) oldPart(chat int64, from int) (p pending, more bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	old := b.old[chat]
	if old == nil {
		return pending{}, false
	}
	more = max(len(old.index), len(old.notes)) > from+flushAtOnce
	return pending{part(old.index, from), part(old.notes, from)}, more
}

func part[T any](of []T, from int) []T {
	return slices.Clone(of[min(from, len(of)):min(from+flushAtOnce, len(of))])
}

// end ends a flush. What is flushed is dropped; if not all was, the old waits again.
func (b *backlog) end(done bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !done {
		for chat, old := range b.old {
			p := b.youngOf(chat)
			p.index, p.notes = slices.Concat(old.index, p.index), slices.Concat(old.notes, p.notes)
		}
		b.count = b.flushAt
	}
	b.old = nil
}
