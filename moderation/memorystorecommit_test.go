package moderation_test

import (
	"context"
	"reflect"
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/standing"
)

func (m *memoryStore) commit(key moderation.Key, out moderation.Outcome) {
	actor := member{key.Chat, key.Actor}
	if out.Private != nil {
		m.private[key.Actor] = *out.Private
	}
	if out.Wipes {
		m.wiped[key.Actor] = m.clock().UTC().Truncate(time.Second)
	}
	if out.Chat != nil {
		*m.chats[key.Chat] = *out.Chat
	}
	if out.Bucket != nil {
		m.buckets[actor] = *out.Bucket
	}
	if out.Brought != nil {
		m.brought[pairOf{key.Chat, key.Actor, key.Author}] = *out.Brought
	}
	if out.Record != nil {
		m.records[actor] = *out.Record
	}
	if out.Quiz != nil {
		m.quizzes[actor] = *out.Quiz
	}
	if out.Case != nil {
		m.commitCase(key, out)
	}
	m.commitJuries(key, out)
	m.commitReversal(key.Chat, out)
	m.commitSweep(key.Chat, out)
	m.commitConduct(key, out)
	m.commitAdmins(key, out)
	if s := out.Silence; s != nil {
		r := m.records[member{key.Chat, s.Author}]
		if s.Shorten || s.Until.After(r.Silenced) {
			r.Silenced = s.Until
			m.records[member{key.Chat, s.Author}] = r
		}
	}
	m.forget(key.Chat, out.Removed)
	m.released = append(m.released, out.Release...)
	if out.Waits != "" {
		m.waits = append(m.waits, out.Waits)
	}
	if out.Asks != "" {
		m.asked[actor] = out.Asks
	}
	m.events = append(m.events, out.Events...)
	m.effects = slices.DeleteFunc(m.effects, func(w queuedEffect) bool {
		return w.Chat == key.Chat && slices.Contains(out.Dropped, w.Key())
	})
	m.enqueue(key.Chat, out.Effects)
}

func (m *memoryStore) commitCase(key moderation.Key, out moderation.Outcome) {
	k := m.find(moderation.Key{Chat: key.Chat, Case: out.Case.ID})
	if k == nil {
		k = &kept{}
		m.cases = append(m.cases, k)
	}
	if k.Verdict == moderation.Withdrawn && out.Case.Verdict == moderation.Open { // it is reported again
		k.ballots, k.evidence, k.jury, k.ended, k.Verdict = nil, nil, nil, 0, moderation.Open
	}
	if !k.Verdict.Final() || k.Verdict == "" {
		if out.Case.Verdict.Final() {
			k.ended++
		}
	} else if k.Verdict != out.Case.Verdict {
		m.t.Errorf("case %s was %s and became %s", k.ID, k.Verdict, out.Case.Verdict)
	}
	k.Case = *out.Case
	var voter int64
	if out.Cast != nil {
		voter = out.Cast.Voter
	}
	k.ballots = slices.DeleteFunc(k.ballots, func(b moderation.Ballot) bool { return b.Voter == voter || b.Voter == out.Retract })
	if out.Retract != 0 {
		k.retracted = append(k.retracted, out.Retract)
	}
	if out.Cast != nil {
		k.retracted = slices.DeleteFunc(k.retracted, func(id int64) bool { return id == voter })
		k.ballots = append(k.ballots, *out.Cast)
	}
	if out.Evidence != nil && k.evidence == nil {
		k.evidence = out.Evidence
	}
	if out.Appeal != nil {
		k.appeal = out.Appeal
		delete(m.asked, member{key.Chat, key.Actor})
	}
	if out.Offence != nil {
		m.commitOffence(member{key.Chat, k.Author.ID}, *out.Offence)
	}
}

// commitOffence keeps a new offence, or how many steps an old one counts by now.
func (m *memoryStore) commitOffence(of member, o moderation.Offence) {
	for i := range m.history[of] {
		if m.history[of][i].Case == o.Case {
			h := &m.history[of][i]
			h.Steps, h.Severity, h.Cost, h.Limited = o.Steps, o.Severity, o.Cost, o.Limited
			return
		}
	}
	m.history[of] = append(m.history[of], o)
}

// commitReversal takes an offence back, marks a case as pardoned, and ends penalties.
func (m *memoryStore) commitReversal(chat int64, out moderation.Outcome) {
	now := m.clock().UTC().Truncate(time.Second)
	for of, history := range m.history {
		if of.chat == chat && out.Taken != "" {
			m.history[of] = slices.DeleteFunc(history, func(o moderation.Offence) bool { return o.Case == out.Taken })
		}
	}
	for _, k := range m.cases {
		if k.Chat == chat && k.ID == out.Pardoned {
			k.Reversed, k.ReversedAt = moderation.Pardoned, now
			if k.Appeal == moderation.BeforeAdmins {
				k.AppealDue = now
			}
			if k.Jury != jury.NoJury { // it has nothing to judge any more
				k.JuryDue = now
			}
		}
		if k.Chat == chat && slices.Contains(out.Ended, k.ID) {
			k.Until = now
			if k.Put == moderation.ProgressWaits {
				k.Put = moderation.ProgressLate
			}
		}
		if k.Chat == chat && k.ID == out.Wrong {
			k.Reversed, k.ReversedAt = moderation.Overturned, now
		}
		if k.Chat == chat && k.ID == out.Righted {
			k.Reversed, k.ReversedAt = "", time.Time{}
		}
		if k.Chat == chat && k.Verdict == moderation.Open {
			k.Deadline = k.Deadline.Add(out.Shift)
			if !k.JuryDue.IsZero() {
				k.JuryDue = k.JuryDue.Add(out.Shift)
			}
		}
	}
}

// commitConduct keeps the author's standing, and what it changed by.
func (m *memoryStore) commitConduct(key moderation.Key, out moderation.Outcome) {
	author := member{key.Chat, key.Author}
	if out.Case != nil {
		author.id = out.Case.Author.ID
	}
	if out.Conduct != nil {
		r := m.records[author]
		r.Conduct = *out.Conduct
		m.records[author] = r
	}
	for _, t := range out.Turns {
		m.turn(author, t)
	}
}

// turn keeps a change of somebody's standing. Days in a row are one.
func (m *memoryStore) turn(of member, t standing.Change) {
	turns := m.turns[of]
	if len(turns) > 0 && turns[0].Cause == standing.CauseDays && t.Cause == standing.CauseDays {
		turns[0].Day, turns[0].Points = t.Day, turns[0].Points+t.Points
		return
	}
	turns = slices.Insert(turns, 0, t)
	m.turns[of] = turns[:min(len(turns), standing.MaxChanges)]
}

// commitAdmins notes who is an admin, and counts a report of one, once for each reporter and message.
func (m *memoryStore) commitAdmins(key moderation.Key, out moderation.Outcome) {
	if by := (complaint{key.Chat, out.Against, key.Actor}); out.Against != 0 && !m.against[by] {
		m.against[by] = true
		m.counts[member{key.Chat, dayOf(m.clock())}]++
	}
	if out.Admins != nil {
		for who := range m.admins {
			if who.chat == key.Chat {
				delete(m.admins, who)
			}
		}
		for _, id := range out.Admins {
			m.admins[member{key.Chat, id}] = true
		}
	}
	if out.Admin != nil {
		m.admins[member{key.Chat, key.Actor}] = *out.Admin
	}
}

func (m *memoryStore) forget(chat int64, messages []int64) {
	m.seen = slices.DeleteFunc(m.seen, func(s moderation.SeenMessage) bool {
		return s.Chat == chat && slices.Contains(messages, s.Message)
	})
}

// gathered is what waits under a key; nil if nothing does.
func (m *memoryStore) gathered(chat int64, key string) *moderation.GatherEntries {
	for _, w := range m.effects {
		if e, ok := w.Effect.(moderation.GatherEntries); ok && w.Chat == chat && e.Key() == key {
			e.Ref = moderation.OutboxRef{ID: gatheredRow}
			return &e
		}
	}
	return nil
}

// gatheredRow is the number of the row in which something is gathered.
const gatheredRow = 7

// enqueue puts effects behind those that wait, through the form in which a real store keeps them.
func (m *memoryStore) enqueue(chat int64, effects []moderation.Effect) {
	for _, e := range effects {
		if more, ok := e.(moderation.GatherEntries); ok {
			if earlier := m.gathered(chat, e.Key()); earlier != nil {
				more = more.After(*earlier)
				more.Due = earlier.Due
				e = more
			}
		}
		w := m.stored(chat, e)
		i := slices.IndexFunc(m.effects, func(o queuedEffect) bool {
			return o.Chat == chat && e.Key() != "" && o.Key() == e.Key()
		})
		if i >= 0 {
			m.effects[i] = w
		} else {
			m.effects = append(m.effects, w)
		}
	}
}

func (m *memoryStore) Settle(_ context.Context, before time.Time, learn func(moderation.Closing) moderation.Settlement) (int, error) {
	var due []*kept
	for _, k := range m.cases {
		if k.Verdict.Final() && k.Decided.Before(before) && len(k.ballots) > 0 && !k.settled && !k.Appeal.Open() &&
			k.AppealDue.Before(before.Add(moderation.FinalAfter)) {
			due = append(due, k)
		}
	}
	slices.SortStableFunc(due, func(a, b *kept) int { return a.Decided.Compare(b.Decided) })
	settled, failed := 0, error(nil)
	for _, k := range due {
		if m.broken[k.ID] {
			failed = errBroken
			continue
		}
		cl := m.closing(k)
		s := learn(cl)
		if same := m.closing(k); !reflect.DeepEqual(cl, same) || !reflect.DeepEqual(s, learn(same)) {
			m.t.Errorf("case %s was changed by being settled, or settled differently the second time: %+v", k.ID, s)
		}
		for voter, votes := range s.VoteRecords {
			m.voteRecords[member{k.Chat, voter}] = votes
		}
		for pair, trace := range s.Alike {
			m.alike[couple{k.Chat, pair}] = trace
		}
		m.final[k.Chat] = s.Cases
		m.enqueue(k.Chat, s.Effects)
		k.ballots, k.appeal, k.jury, k.settled = nil, nil, nil, true
		settled++
	}
	return settled, failed
}

func (m *memoryStore) closing(k *kept) moderation.Closing {
	ballots := slices.Clone(k.ballots)
	for i := range ballots {
		ballots[i].Private = m.private[ballots[i].Voter]
	}
	return moderation.Closing{Chat: *m.chats[k.Chat], Case: k.Case, Ballots: ballots, Ties: m.ties(k.Chat, ballots, 0)}
}
