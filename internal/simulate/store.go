package simulate

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// store keeps one simulated group for the court, in memory. What the simulator never asks of a court is not there.
type store struct {
	moderation.Store

	g        *group
	bare     bool // nobody is tied to anybody
	thawed   bool // cases are decided by the settings of the moment
	chat     moderation.Chat
	entries  []*entry
	latest   [][]*entry // by message, in the order of time
	ended    []*entry   // final, and not settled yet
	due      []moderation.CaseRef
	drawable []moderation.Candidate // see [store.eligible]
	drawn    int64                  // the day on which they were found
	waiting  []*entry               // whose jury is to be seen to at some time

	people  []person
	buckets map[int]moderation.Bucket
	brought map[[2]int]moderation.CardsBrought
	tracks  map[int64]weight.VoteRecord
	alike   map[weight.Pair]weight.Trace
	cases   weight.Trace
	voted   []int         // final ballots, by member
	asked   [][]time.Time // when somebody was drawn for a jury, by member
	jurors  map[int64]moderation.JuryRecord
	limits  map[int64]moderation.Record // what juries mean for members

	changed func(e *entry, out moderation.Outcome) // is told of each change of a case
}

// entry is a case with what belongs to it.
type entry struct {
	moderation.Case

	message   int
	ballots   []moderation.Ballot
	retracted []int64
	appeal    *moderation.Appeal
	jury      *jury.Jury

	votes, cards int
	attacked     bool
	cost         bool
	named, alone bool
	seated       int
	deadline     time.Time // that is in the queue
	judged       time.Time // likewise
	seen         time.Time // likewise
	pends        bool      // likewise
	appeals      bool      // likewise
	full         ladder.Step
	ruled        bool
	overruled    bool
	starts       bool // likewise
}

func newStore(g *group) *store {
	n := len(g.script.Members)
	policy := g.params.Policy
	policy.CardDelay = 0 // when people come to the card is said by the script
	s := &store{
		g: g, people: make([]person, n), voted: make([]int, n), asked: make([][]time.Time, n), latest: make([][]*entry, len(g.script.Messages)),
		buckets: map[int]moderation.Bucket{}, brought: map[[2]int]moderation.CardsBrought{},
		tracks: map[int64]weight.VoteRecord{}, alike: map[weight.Pair]weight.Trace{},
		jurors: map[int64]moderation.JuryRecord{}, limits: map[int64]moderation.Record{},
		chat: moderation.Chat{
			ID: 1, Ref: 1, Kind: moderation.Supergroup, Since: epoch, Policy: policy, Book: rules,
			Rights: moderation.Rights{Member: true, Admin: true, Delete: true, Restrict: true},
			Size:   moderation.Size{Members: g.script.Size},
		},
	}
	for i, m := range g.script.Members {
		if m.Declines {
			s.jurors[int64(i)] = moderation.JuryRecord{Declines: true}
		}
		if m.Right > 0 {
			s.tracks[int64(i)] = weight.VoteRecord{Right: m.Right, Voted: m.Right, Day: moderation.DayOf(epoch)}
		}
	}
	return s
}

// of is the latest case about a message that is not withdrawn, nil if there is none.
func (s *store) of(message int) *entry {
	for _, e := range slices.Backward(s.latest[message]) {
		if e.Verdict != moderation.Withdrawn {
			return e
		}
	}
	return nil
}

// find is the case that key is about, nil if there is none. A message's number is one more than its place in the script.
func (s *store) find(key moderation.Key) *entry {
	switch {
	case key.Case != "":
		n, err := strconv.Atoi(key.Case)
		if err != nil {
			return nil
		}
		return s.entries[n-1]
	case key.Message != 0:
		return s.of(int(key.Message) - 1)
	default:
		return nil
	}
}

// record is what the group knows of a member by now.
func (s *store) record(member int) moderation.Record {
	p, m := &s.people[member], s.g.script.Members[member]
	p.write(s.g.now)
	r := p.record(m, s.g.now)
	r.Shielded, r.Held = s.limits[int64(member)].Shielded, s.limits[int64(member)].Held
	if s.bare && !r.New(s.g.now) {
		r.Joined = time.Time{}
	}
	return r
}

func (s *store) ties() weight.Ties {
	t := weight.Ties{Day: moderation.DayOf(s.g.now), Cases: s.cases, Records: s.tracks}
	if !s.bare {
		t.Alike = s.alike
	}
	return t
}

// Update has decide look at what is kept, and keeps what it says.
func (s *store) Update(_ context.Context, key moderation.Key, decide func(moderation.Docket) (moderation.Outcome, error)) (moderation.Outcome, error) {
	out, err := decide(s.docket(key))
	if err == nil {
		s.commit(key, out)
	}
	return out, err
}

func (s *store) docket(key moderation.Key) moderation.Docket {
	d := moderation.Docket{Chat: s.chat, CaseView: moderation.CaseView{Ties: s.ties(), Messages: []int64{key.Message}}}
	author := int(key.Author)
	e := s.find(key)
	if e != nil {
		cs := e.Case
		if s.thawed && cs.Verdict == moderation.Open {
			cs.Terms = moderation.Terms{}
		}
		d.Case, d.Ballots, d.Retracted, d.Appeal, d.Jury = &cs, e.ballots, e.retracted, e.appeal, e.jury
		author = int(e.Author.ID)
		if cs.Reopens != "" {
			d.Earlier = s.find(moderation.Key{Case: cs.Reopens}).ballots
		}
		d.Captured = &moderation.Evidence{}
		d.Messages = []int64{cs.Message}
	}
	if key.Message != 0 && (e == nil || e.Verdict.Final()) {
		d.FreshID = strconv.Itoa(len(s.entries) + 1)
		d.FreshSeed = uint64(len(s.entries) + 1) //nolint:gosec // it is above 0
	}
	if author != 0 {
		d.Author = s.record(author)
		d.Conduct, d.History = d.Author.Conduct, s.people[author].history
		d.Presence = presence(s.g.script.Members[author], s.g.now)
	}
	if key.Actor != 0 {
		d.Record, d.Bucket = s.record(int(key.Actor)), s.buckets[int(key.Actor)]
		d.Brought = s.brought[[2]int{int(key.Actor), author}]
	}
	if key.Pool {
		d.Pool = moderation.Loaded(s.pool(e))
	}
	return d
}

// pool are the members who wrote in the last week, which all who are there do, in an order that chance makes.
func (s *store) pool(e *entry) moderation.Pool {
	const looked = 200 // at so many candidates, as the database does
	p := moderation.Pool{Ties: s.ties(), Records: s.jurors, Candidates: slices.Clone(s.eligible())}
	s.g.chance(e.message, 1000+len(p.Candidates)+e.seated).Shuffle(len(p.Candidates), func(i, j int) {
		p.Candidates[i], p.Candidates[j] = p.Candidates[j], p.Candidates[i]
	})
	if p.Candidates = p.Candidates[:min(looked, len(p.Candidates))]; e.jury != nil && e.Jury != jury.NoJury {
		for _, seat := range e.jury.Seats {
			p.Sitting = append(p.Sitting, s.candidate(int(seat.Juror.ID)))
		}
	}
	return p
}

// eligible are those who could be drawn. They are found once a day, and when something changed about one of them.
func (s *store) eligible() []moderation.Candidate {
	day := moderation.DayOf(s.g.now)
	if s.drawable != nil && s.drawn == day {
		return s.drawable
	}
	s.drawable, s.drawn = make([]moderation.Candidate, 0, len(s.g.script.Members)), day
	for i := 1; i < len(s.g.script.Members); i++ {
		if m := s.g.script.Members[i]; m.Passing || m.Apart || m.Seldom || m.Declines || moderation.Banned(s.people[i].history, s.g.now) {
			continue
		}
		if c := s.candidate(i); c.Eligible(s.chat, s.g.now) {
			s.drawable = append(s.drawable, c)
		}
	}
	return s.drawable
}

func (s *store) candidate(i int) moderation.Candidate {
	return moderation.Candidate{
		Person: moderation.Person{ID: int64(i)}, Record: s.record(i), Presence: presence(s.g.script.Members[i], s.g.now), Jury: s.jurors[int64(i)],
	}
}

func (s *store) commit(key moderation.Key, out moderation.Outcome) {
	if out.Chat != nil {
		s.chat = *out.Chat
	}
	if out.Bucket != nil {
		s.buckets[int(key.Actor)] = *out.Bucket
	}
	if out.Brought != nil {
		s.brought[[2]int{int(key.Actor), int(key.Author)}] = *out.Brought
	}
	maps.Copy(s.jurors, out.JuryRecords)
	if len(out.JuryRecords) > 0 || out.Conduct != nil || out.Offence != nil || out.Taken != "" {
		s.drawable = nil
	}
	e := s.find(key)
	if out.Case != nil {
		e = s.put(out)
	}
	if out.Wrong != "" {
		wrong := s.find(moderation.Key{Case: out.Wrong})
		wrong.Reversed, wrong.ReversedAt = moderation.Overturned, s.g.now
	}
	if e == nil {
		return
	}
	s.punish(e, out)
	s.changed(e, out)
}

// put keeps a case.
func (s *store) put(out moderation.Outcome) *entry {
	n, err := strconv.Atoi(out.Case.ID)
	if err != nil {
		panic(err) // [store.docket] made it
	}
	if n > len(s.entries) {
		e := &entry{message: int(out.Case.Message) - 1}
		s.entries = append(s.entries, e)
		s.latest[e.message] = append(s.latest[e.message], e)
	}
	e := s.entries[n-1]
	ends := !e.Verdict.Final() && out.Case.Verdict.Final()
	if e.Appeal == moderation.BeforeJury && e.Verdict == moderation.Upheld {
		e.overruled = out.Case.Appeal == moderation.AppealGranted
		e.ruled = e.overruled || out.Case.Appeal == moderation.AppealStands
	}
	e.Case = *out.Case
	without := func(voter int64) {
		e.ballots = slices.DeleteFunc(slices.Clone(e.ballots), func(b moderation.Ballot) bool { return b.Voter == voter })
	}
	if out.Cast != nil {
		without(out.Cast.Voter)
		e.ballots = append(e.ballots, *out.Cast)
	}
	if out.Retract != 0 {
		without(out.Retract)
		e.retracted = append(e.retracted, out.Retract)
	}
	if out.Appeal != nil {
		e.appeal = out.Appeal
	}
	if out.Jury != nil {
		e.jury = out.Jury
	}
	s.await(e)
	if ends && e.Verdict != moderation.Withdrawn {
		e.votes = len(e.ballots)
		s.ended = append(s.ended, e)
	}
	return e
}

// await has the clock look at the jury of a case, or not any more.
func (s *store) await(e *entry) {
	waits := slices.Contains(s.waiting, e)
	switch {
	case !e.JuryDue.IsZero() && !waits:
		s.waiting = append(s.waiting, e)
	case e.JuryDue.IsZero() && waits:
		s.waiting = slices.DeleteFunc(s.waiting, func(other *entry) bool { return other == e })
	}
}

// punish keeps what became of the author.
func (s *store) punish(e *entry, out moderation.Outcome) {
	p := &s.people[e.Author.ID]
	at := func(id string) int {
		return slices.IndexFunc(p.history, func(o moderation.Offence) bool { return o.Case == id })
	}
	limits := s.limits[e.Author.ID]
	if !out.Shielded.IsZero() {
		limits.Shielded = out.Shielded
	}
	if !out.Held.IsZero() {
		limits.Held = out.Held
	}
	s.limits[e.Author.ID] = limits
	if out.Conduct != nil {
		p.conduct, p.counted = *out.Conduct, moderation.DayOf(s.g.now)
	}
	if out.Offence != nil {
		if i := at(out.Offence.Case); i >= 0 {
			p.history[i] = *out.Offence
		} else {
			p.history = append(p.history, *out.Offence)
		}
	}
	if out.Taken != "" {
		p.history = slices.Delete(slices.Clone(p.history), at(out.Taken), at(out.Taken)+1)
	}
	if i := at(e.ID); i >= 0 {
		p.history[i].Penalty, p.history[i].Until = e.Penalty, e.Until
	}
}

// Due lists the cases that the queue says may be over.
func (s *store) Due(context.Context, time.Time, int) ([]moderation.CaseRef, error) {
	return s.taken(), nil
}

// ClocksDue lists the cases of which the queue says that their clock may start.
func (s *store) ClocksDue(context.Context, time.Time, int) ([]moderation.CaseRef, error) {
	return s.taken(), nil
}

// AppealsDue lists the cases about which the queue says that a jury may be due.
func (s *store) AppealsDue(context.Context, time.Time, int) ([]moderation.CaseRef, error) {
	return s.taken(), nil
}

// JuriesDue lists the cases whose jury is due, the oldest first.
func (s *store) JuriesDue(_ context.Context, now time.Time, limit int) ([]moderation.CaseRef, error) {
	var due []moderation.CaseRef
	slices.SortStableFunc(s.waiting, func(a, b *entry) int { return a.JuryDue.Compare(b.JuryDue) })
	for _, e := range s.waiting[:min(limit, len(s.waiting))] {
		if !e.JuryDue.After(now) {
			due = append(due, moderation.CaseRef{Chat: 1, ID: e.ID})
		}
	}
	return due, nil
}

func (s *store) taken() []moderation.CaseRef {
	due := s.due
	s.due = nil
	return due
}

// Settle settles what was decided before then, in the order of the verdicts.
func (s *store) Settle(_ context.Context, before time.Time, learn func(moderation.Closing) moderation.Settlement) (int, error) {
	var batch []*entry
	s.ended = slices.DeleteFunc(s.ended, func(e *entry) bool {
		if !e.Decided.Before(before) {
			return false
		}
		batch = append(batch, e)
		return true
	})
	slices.SortStableFunc(batch, func(a, b *entry) int { return a.Decided.Compare(b.Decided) })
	for _, e := range batch {
		for _, b := range e.ballots {
			s.voted[b.Voter]++
		}
		got := learn(moderation.Closing{Chat: s.chat, Case: e.Case, Ballots: e.ballots, Ties: s.ties()})
		s.cases = got.Cases
		for voter, t := range got.VoteRecords {
			s.tracks[voter] = t
		}
		if s.bare {
			continue
		}
		for p, t := range got.Alike {
			s.alike[p] = t
		}
	}
	return len(batch), nil
}
