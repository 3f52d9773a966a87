package moderation_test

import (
	"fmt"
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// sweepView is what a decision about a sweep looks at.
func (m *memoryStore) sweepView(key moderation.Key) moderation.SweepView {
	v := moderation.SweepView{Authors: map[int64]moderation.SweptAuthor{}, Cases: map[moderation.SweptKey]moderation.SweptCase{}}
	for _, id := range key.Sweep.Authors {
		who := member{key.Chat, id}
		a := moderation.SweptAuthor{Record: m.records[who], Presence: m.presence[who], Private: m.private[id]}
		for _, k := range m.cases {
			a.Told = a.Told || k.Chat == key.Chat && k.Author.ID == id && k.CopyOf == key.Case && k.Verdict == moderation.Upheld
		}
		v.Authors[id] = a
	}
	for _, msg := range key.Sweep.Messages {
		if k := m.find(moderation.Key{Chat: key.Chat, Message: msg.Message, Album: msg.Album}); k != nil {
			v.Cases[msg] = moderation.SweptCase{ID: k.ID, Verdict: k.Verdict, Reversed: k.Reversed, Again: k.Reopens != ""}
		}
	}
	for _, k := range m.cases {
		if k.Chat == key.Chat && k.CopyOf != "" && k.Verdict == moderation.Open {
			v.Asked++
		}
	}
	for i := range key.Sweep.Fresh {
		v.IDs = append(v.IDs, fmt.Sprintf("%04d", len(m.cases)+1+i))
	}
	return v
}

// commitSweep keeps what a sweep changes beside its case.
func (m *memoryStore) commitSweep(chat int64, out moderation.Outcome) {
	for _, c := range out.Copies {
		m.cases = append(m.cases, &kept{Case: c.Case, evidence: &c.Evidence})
	}
	if out.Watch != nil {
		m.watched[out.Case.ID] = *out.Watch
	}
	delete(m.watched, out.Unwatched)
	for _, k := range m.cases {
		if k.Chat == chat && k.CopyOf == out.Restored && k.Swept() && k.Reversed == "" {
			k.Reversed, k.ReversedAt = moderation.Overturned, m.clock().UTC().Truncate(time.Second)
		}
	}
}

// copyOf are the cases of whose message another is a copy, as long as copies go.
func (m *memoryStore) copyOf(s moderation.SeenMessage) (ids []string) {
	for id, w := range m.watched {
		if m.clock().Before(w.Ends) && slices.ContainsFunc(s.Said.Marks(), func(mark string) bool { return slices.Contains(w.Marks, mark) }) {
			ids = append(ids, id)
		}
	}
	return ids
}

// alike are the messages that a sweep looks at.
func (m *memoryStore) likeIt(chat, author int64, marks []string) (found []moderation.Alike) {
	for _, s := range m.seen {
		shared := slices.DeleteFunc(s.Said.Marks(), func(mark string) bool { return !slices.Contains(marks, mark) })
		if s.Chat == chat && (s.Author.ID == author || len(shared) > 0) {
			found = append(found, moderation.Alike{SeenMessage: s, Marks: shared, Ever: shared})
		}
	}
	return found
}
