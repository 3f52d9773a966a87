package moderation_test

import (
	"maps"
	"slices"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// juryPool is who could be drawn for a jury of the case of a decision.
func (m *memoryStore) juryPool(d moderation.Docket) moderation.Pool {
	p := moderation.Pool{Records: map[int64]moderation.JuryRecord{}}
	compared := 0
	var among []int64 // whose ties are looked at
	for _, c := range m.pool {
		c.Jury = m.juryRecords[member{d.Chat.ID, c.Person.ID}]
		if !c.Eligible(d.Chat, m.clock()) {
			continue
		}
		p.Candidates = append(p.Candidates, c)
		if d.Case != nil && d.CouldSit(c, d.Case.NextJury(), m.clock()) && compared < moderation.Compared {
			compared++
			among = append(among, c.Person.ID)
		}
	}
	if d.Jury != nil {
		for _, s := range d.Jury.Seats {
			p.Sitting = append(p.Sitting, m.candidate(s.Juror.ID))
			among = append(among, s.Juror.ID)
		}
	}
	p.Ties = m.tiesAmong(d.Chat.ID, among)
	if d.Case == nil {
		return p
	}
	for _, b := range d.Ballots {
		p.Ties.Records[b.Voter] = m.voteRecords[member{d.Chat.ID, b.Voter}]
	}
	for _, who := range d.Raised() {
		p.Records[who] = m.juryRecords[member{d.Chat.ID, who}]
	}
	p.Records[d.Case.Author.ID] = m.juryRecords[member{d.Chat.ID, d.Case.Author.ID}]
	for id, r := range p.Records {
		p.Records[id] = cloned(r)
	}
	return p
}

// cloned is a record that shares nothing with what is kept.
func cloned(r moderation.JuryRecord) moderation.JuryRecord {
	r.Asked, r.Caused = slices.Clone(r.Asked), slices.Clone(r.Caused)
	return r
}

// candidate is somebody of the pool, though they may not be eligible any more.
func (m *memoryStore) candidate(id int64) moderation.Candidate {
	i := slices.IndexFunc(m.pool, func(c moderation.Candidate) bool { return c.Person.ID == id })
	if i < 0 {
		return moderation.Candidate{Person: moderation.Person{ID: id}}
	}
	return m.pool[i]
}

// tiesAmong say who is tied among some members.
func (m *memoryStore) tiesAmong(chat int64, members []int64) weight.Ties {
	t := weight.Ties{
		Day: moderation.DayOf(m.clock()), Cases: m.final[chat], Records: map[int64]weight.VoteRecord{}, Alike: map[weight.Pair]weight.Trace{},
	}
	for i, a := range members {
		if votes, ok := m.voteRecords[member{chat, a}]; ok {
			t.Records[a] = votes
		}
		for _, b := range members[:i] {
			if trace, ok := m.alike[couple{chat, weight.PairOf(a, b)}]; ok {
				t.Alike[weight.PairOf(a, b)] = trace
			}
		}
	}
	return t
}

// commitJuries keeps the jury of the case, and what is remembered of members and juries.
func (m *memoryStore) commitJuries(key moderation.Key, out moderation.Outcome) {
	for id, r := range out.JuryRecords {
		m.juryRecords[member{key.Chat, id}] = cloned(r)
	}
	maps.DeleteFunc(m.juryRecords, func(_ member, r moderation.JuryRecord) bool { return r.None(m.clock()) })
	if out.Case == nil {
		return
	}
	if k := m.find(moderation.Key{Chat: key.Chat, Case: out.Case.ID}); out.Jury != nil {
		k.jury = out.Jury.Copied()
	}
	author := member{key.Chat, out.Case.Author.ID}
	r := m.records[author]
	if !out.Shielded.IsZero() {
		r.Shielded = out.Shielded
	}
	if !out.Held.IsZero() {
		r.Held = out.Held
	}
	if r != m.records[author] {
		m.records[author] = r
	}
}
