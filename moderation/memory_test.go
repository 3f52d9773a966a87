package moderation_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
	"github.com/ostrakon-bot/ostrakon/moderation/standing"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// memory is a [moderation.Store] that forgets nothing. It runs every other decision twice, as a
// store may, and complains if that makes a difference, or if a decision changes what it looks at.
type memory struct {
	t        failer
	clock    func() time.Time
	policy   moderation.Policy // of new groups
	chats    map[int64]*moderation.Chat
	cases    []*kept
	handled  map[int64]bool
	records  map[member]moderation.Record
	buckets  map[member]moderation.Bucket
	history  map[member][]moderation.Offence
	turns    map[member][]standing.Change // the newest first
	tracks   map[member]weight.VoteRecord
	alike    map[couple]weight.Trace
	final    map[int64]weight.Trace // cases that were settled, by groups
	private  map[int64]bool
	quizzes  map[member]moderation.Quiz
	admins   map[member]bool
	against  map[complaint]bool
	counts   map[member]int // reports against a group's admins, by the day's number since 1970
	seen     []moderation.SeenMessage
	effects  []queuedEffect     // that wait, in their order, of all groups
	released []moderation.Right // what waits for them may go
	waits    []moderation.Right // what effects were said to wait for
	updates  int
	fail     error                  // what Update says, if not nil
	failed   int                    // how often it said so
	broken   map[string]bool        // cases of which Update says errBroken
	pool     []moderation.Candidate // who could be drawn, in the order of chance
	asked    map[member]string      // for their sentence, about which case
	events   []moderation.Event
	luck     uint64 // what the dice are made of
	presence map[member]moderation.Presence
	brought  map[pairOf]moderation.CardsBrought
}

// complaint is who reported which message of an admin's.
type complaint struct{ chat, message, reporter int64 }

// failer is what a test and a run of a property have in common.
type failer interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

var errBroken = errors.New("this case cannot be read")

type member struct{ chat, id int64 }

// pairOf is a reporter and an author.
type pairOf struct{ chat, reporter, author int64 }

// couple is two members of a group.
type couple struct {
	chat int64
	pair weight.Pair
}

// kept is a case with what belongs to it.
type kept struct {
	moderation.Case
	ballots   []moderation.Ballot
	retracted []int64
	evidence  *moderation.Evidence
	appeal    *moderation.Appeal
	ended     int  // how often it became final
	settled   bool // its ballots are destroyed
}

func newMemory(t failer, clock func() time.Time) *memory {
	return &memory{
		t: t, clock: clock, policy: moderation.DefaultPolicy(), chats: map[int64]*moderation.Chat{}, handled: map[int64]bool{},
		records: map[member]moderation.Record{}, buckets: map[member]moderation.Bucket{},
		history: map[member][]moderation.Offence{}, quizzes: map[member]moderation.Quiz{}, private: map[int64]bool{}, broken: map[string]bool{},
		admins: map[member]bool{}, against: map[complaint]bool{}, counts: map[member]int{},
		turns: map[member][]standing.Change{}, tracks: map[member]weight.VoteRecord{},
		asked: map[member]string{}, presence: map[member]moderation.Presence{}, brought: map[pairOf]moderation.CardsBrought{},
		alike: map[couple]weight.Trace{}, final: map[int64]weight.Trace{},
	}
}

func (m *memory) chat(id int64, kind moderation.Kind) *moderation.Chat {
	if m.chats[id] == nil {
		m.chats[id] = &moderation.Chat{ID: id, Kind: kind, Policy: m.policy}
	}
	return m.chats[id]
}

// find is the case that key is about, nil if there is none.
func (m *memory) find(key moderation.Key) *kept {
	for _, k := range slices.Backward(m.cases) { // the latest about a message
		switch {
		case k.Chat != key.Chat:
		case key.Case != "":
			if k.ID == key.Case {
				return k
			}
		case key.Message == 0 || k.Verdict == moderation.Withdrawn || k.Hand: // which is in the way of no report
		case key.Album != "" && k.Album == key.Album, key.Album == "" && k.Album == "" && k.Message == key.Message:
			return k
		}
	}
	return nil
}

func (m *memory) Update(_ context.Context, key moderation.Key, decide func(moderation.Docket) (moderation.Outcome, error)) (moderation.Outcome, error) {
	if m.fail != nil {
		m.failed++
		return moderation.Outcome{}, m.fail
	}
	if m.handled[key.Update] {
		return moderation.Outcome{}, moderation.ErrSeen
	}
	if m.broken[key.Case] {
		return moderation.Outcome{}, errBroken
	}
	m.updates++
	out, err := m.decide(key, decide)
	if m.updates%2 == 0 {
		again, errAgain := m.decide(key, decide)
		if !reflect.DeepEqual(out, again) || (err == nil) != (errAgain == nil) {
			m.t.Errorf("decided differently the second time:\n%+v, %v\n%+v, %v", out, err, again, errAgain)
		}
	}
	if no := (*moderation.Refusal)(nil); err == nil || errors.As(err, &no) {
		m.handled[key.Update] = key.Update != 0
	}
	if err == nil {
		m.commit(key, out)
	}
	return out, err
}

// decide runs decide on a docket of its own.
func (m *memory) decide(key moderation.Key, decide func(moderation.Docket) (moderation.Outcome, error)) (moderation.Outcome, error) {
	d, same := m.docket(key), m.docket(key)
	out, err := decide(d)
	if !reflect.DeepEqual(d, same) {
		m.t.Errorf("a decision changed its docket:\n%+v\n%+v", same, d)
	}
	return out, err
}

func (m *memory) docket(key moderation.Key) moderation.Docket {
	if key.Chat == 0 {
		return moderation.Docket{}
	}
	d := moderation.Docket{
		Chat: *m.chat(key.Chat, key.Kind), ActorView: moderation.ActorView{Record: m.records[member{key.Chat, key.Actor}], Bucket: m.buckets[member{key.Chat, key.Actor}]},
	}
	d.Chat.Policy.Ladder = slices.Clone(d.Chat.Policy.Ladder)
	author := key.Author
	if k := m.find(key); k != nil {
		cs := k.Case
		cs.Judges = slices.Clone(cs.Judges)
		d.Case, author = &cs, k.Author.ID
		if k.appeal != nil {
			a := *k.appeal
			a.Seats = slices.Clone(a.Seats)
			d.Appeal = &a
		}
		for _, b := range k.ballots {
			b.Private = m.private[b.Voter]
			d.Ballots = append(d.Ballots, b)
		}
		d.Retracted = slices.Clone(k.retracted)
		if k.Message != 0 {
			d.Messages = m.messages(key.Chat, k.Message, k.Album)
		}
	} else if key.Message != 0 {
		d.Messages = m.messages(key.Chat, key.Message, key.Album)
	}
	if (d.Case == nil || d.Case.Verdict.Final()) && key.Message != 0 || key.Fresh {
		d.FreshID = fmt.Sprintf("%04d", len(m.cases)+1)
	}
	d.History, d.Conduct = m.offences(member{key.Chat, author}), m.records[member{key.Chat, author}].Conduct
	d.Author, d.Presence = m.records[member{key.Chat, author}], m.presence[member{key.Chat, author}]
	if key.Actor != 0 {
		actor := member{key.Chat, key.Actor}
		d.Unknown = d.Chat.Blind(m.clock()) && m.records[actor].Joined.IsZero() && m.presence[actor].First == 0
		d.Brought = slices.Clone(m.brought[pairOf{key.Chat, key.Actor, author}])
	}
	if d.Case != nil && d.Case.Verdict.Final() && key.Message != 0 {
		d.Captured = m.find(key).evidence
	}
	if d.Case != nil && d.Case.Reopens != "" {
		earlier := m.find(moderation.Key{Chat: key.Chat, Case: d.Case.Reopens})
		d.Earlier = slices.Clone(earlier.ballots)
		if d.Case.Verdict == moderation.Open && key.Message != 0 {
			d.Captured = earlier.evidence
		}
	}
	if key.Turns {
		d.Turns = slices.Clone(m.turns[member{key.Chat, author}])
	}
	if key.Pool {
		d.Pool = slices.Clone(m.pool)
	}
	d.Ties = m.ties(key.Chat, d.Ballots, key.Actor)
	d.Private = m.private[author]
	if key.Quiz {
		d.Quiz, d.Dice = m.quizzes[member{key.Chat, key.Actor}], m.dice()
		d.Quiz.Asked = slices.Clone(d.Quiz.Asked)
	}
	if key.Queue {
		d.Queue = m.queue(key.Chat)
	}
	if key.Period && !d.Chat.DigestFrom.IsZero() {
		d.Closed, d.Complaints = m.closed(d.Chat), m.complaints(d.Chat)
	}
	return d
}

// dice fall differently in each decision, and the same way when it is made twice.
func (m *memory) dice() (d moderation.Dice) {
	for i := range d {
		x := m.luck + uint64(m.updates*len(d)+i)*0x9e3779b97f4a7c15
		x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
		x = (x ^ x>>27) * 0x94d049bb133111eb
		d[i] = x ^ x>>31
	}
	return d
}

// queue is how much waits to be told to single persons of a group.
func (m *memory) queue(chat int64) (n int) {
	for _, e := range m.effects {
		if e.Chat == chat && e.Class() == moderation.Personal {
			n++
		}
	}
	return n
}

// ties are what is known of how the voters and the actor hang together.
func (m *memory) ties(chat int64, ballots []moderation.Ballot, actor int64) weight.Ties {
	t := weight.Ties{
		Day: moderation.DayOf(m.clock()), Cases: m.final[chat], Records: map[int64]weight.VoteRecord{}, Alike: map[weight.Pair]weight.Trace{},
	}
	voters := []int64{actor}
	for _, b := range ballots {
		voters = append(voters, b.Voter)
	}
	for i, a := range voters {
		if track, ok := m.tracks[member{chat, a}]; ok {
			t.Records[a] = track
		}
		for _, b := range voters[:i] {
			if trace, ok := m.alike[couple{chat, weight.PairOf(a, b)}]; ok {
				t.Alike[weight.PairOf(a, b)] = trace
			}
		}
	}
	return t
}

// offences are a member's, with what their cases say of the penalty by now.
func (m *memory) offences(of member) []moderation.Offence {
	history := slices.Clone(m.history[of])
	for i, o := range history {
		if k := m.find(moderation.Key{Chat: of.chat, Case: o.Case}); k != nil {
			history[i].Penalty, history[i].Until, history[i].Put = k.Penalty, k.Until, k.Put
		}
	}
	return history
}

// closed are the cases that ended, or were reversed, in the next digest's period or the one before.
func (m *memory) closed(chat moderation.Chat) []moderation.Closed {
	now := m.clock()
	before := chat.DigestFrom.Add(-now.Sub(chat.DigestFrom))
	within := func(t time.Time) bool { return !t.Before(before) && !t.After(now) }
	var found []moderation.Closed
	for _, k := range m.cases {
		if k.Chat == chat.ID && k.Verdict.Final() && k.Verdict != moderation.Withdrawn && (within(k.Decided) || within(k.ReversedAt) || within(k.Appealed) || within(k.Learned)) {
			found = append(found, moderation.Closed{
				ID: k.ID, Opened: k.Opened, Decided: k.Decided, Verdict: k.Verdict, Rule: k.Rule, Penalty: k.Penalty, Put: k.Put, Votes: k.Votes,
				Breaks: k.Breaks, ByAdmin: k.ByAdmin, Hand: k.Hand, Shown: k.Shown(), Reversed: k.Reversed, ReversedAt: k.ReversedAt, Appealed: k.Appealed, Learned: k.Learned,
			})
		}
	}
	return found
}

func dayOf(t time.Time) int64 { return t.Unix() / int64(day/time.Second) }

// complaints are the reports against a group's admins since its last digest, by days.
func (m *memory) complaints(chat moderation.Chat) []moderation.Complaints {
	var days []moderation.Complaints
	for n := dayOf(chat.DigestFrom); n <= dayOf(m.clock()); n++ {
		if count := m.counts[member{chat.ID, n}]; count > 0 {
			days = append(days, moderation.Complaints{Day: time.Unix(0, 0).UTC().Add(time.Duration(n) * day), Count: count})
		}
	}
	return days
}

// messages are a message and what was seen of its album.
func (m *memory) messages(chat, message int64, album string) []int64 {
	ids := []int64{message}
	for _, s := range m.seen {
		if album != "" && s.Chat == chat && s.Album == album && s.Message != message {
			ids = append(ids, s.Message)
		}
	}
	return ids
}

func (m *memory) commit(key moderation.Key, out moderation.Outcome) {
	actor := member{key.Chat, key.Actor}
	if out.Private != nil {
		m.private[key.Actor] = *out.Private
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
	m.commitReversal(key.Chat, out)
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
	m.enqueue(key.Chat, out.Effects)
}

func (m *memory) commitCase(key moderation.Key, out moderation.Outcome) {
	k := m.find(key)
	if k == nil || k.ID != out.Case.ID {
		k = &kept{}
		m.cases = append(m.cases, k)
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
func (m *memory) commitOffence(of member, o moderation.Offence) {
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
func (m *memory) commitReversal(chat int64, out moderation.Outcome) {
	now := m.clock().UTC().Truncate(time.Second)
	for of, history := range m.history {
		if of.chat == chat && out.Taken != "" {
			m.history[of] = slices.DeleteFunc(history, func(o moderation.Offence) bool { return o.Case == out.Taken })
		}
	}
	for _, k := range m.cases {
		if k.Chat == chat && k.ID == out.Pardoned {
			k.Reversed, k.ReversedAt = moderation.Pardoned, now
			if k.Appeal.Open() {
				k.AppealDue = now
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
		}
	}
}

// commitConduct keeps the author's standing, and what it changed by.
func (m *memory) commitConduct(key moderation.Key, out moderation.Outcome) {
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
func (m *memory) turn(of member, t standing.Change) {
	turns := m.turns[of]
	if len(turns) > 0 && turns[0].Cause == standing.CauseDays && t.Cause == standing.CauseDays {
		turns[0].Day, turns[0].Points = t.Day, turns[0].Points+t.Points
		return
	}
	turns = slices.Insert(turns, 0, t)
	m.turns[of] = turns[:min(len(turns), standing.MaxChanges)]
}

// commitAdmins notes who is an admin, and counts a report of one, once for each reporter and message.
func (m *memory) commitAdmins(key moderation.Key, out moderation.Outcome) {
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

func (m *memory) forget(chat int64, messages []int64) {
	m.seen = slices.DeleteFunc(m.seen, func(s moderation.SeenMessage) bool {
		return s.Chat == chat && slices.Contains(messages, s.Message)
	})
}

// enqueue puts effects behind those that wait, through the form in which a real store keeps them.
func (m *memory) enqueue(chat int64, effects []moderation.Effect) {
	for _, e := range effects {
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

func (m *memory) Observe(_ context.Context, seen []moderation.SeenMessage, note func(moderation.SeenMessage, moderation.Known) moderation.Noted) error {
	for _, s := range seen {
		if m.handled[s.Update] {
			continue
		}
		m.handled[s.Update] = s.Update != 0
		chat, author := m.chat(s.Chat, s.Kind), member{s.Chat, s.Author.ID}
		known := moderation.Known{Record: m.records[author], Linked: chat.Linked}
		known.Unknown = chat.Blind(m.clock()) && known.Record.Joined.IsZero() && m.presence[author].First == 0
		if k := m.find(moderation.Key{Chat: s.Chat, Message: s.Message, Album: s.Album}); k != nil && s.Album != "" {
			known.Album = k.Verdict
		}
		noted := note(s, known)
		if noted.Removed {
			m.forget(s.Chat, []int64{s.Message})
		} else {
			m.seen = append(m.seen, s)
		}
		if noted.Record != nil {
			m.records[author] = *noted.Record
		}
		for _, t := range noted.Turns {
			m.turn(author, t)
		}
		if noted.Linked != 0 {
			chat.Linked = noted.Linked
		}
		m.enqueue(s.Chat, noted.Effects)
		if p := m.presence[author]; s.Counts {
			if p.First == 0 {
				p.First = dayOf(m.clock())
			}
			p.Days = min(p.Days+1, moderation.EstablishedDays) // these tests write once a day
			m.presence[author] = p
		}
	}
	return nil
}

func (m *memory) Migrate(_ context.Context, update, from, to int64, reopen func(moderation.Case, *moderation.Appeal) (moderation.Case, []moderation.Effect)) error {
	if m.handled[update] {
		return moderation.ErrSeen
	}
	m.handled[update] = true
	for _, k := range m.cases {
		if k.Chat == from {
			k.Chat = to
			if !k.Verdict.Final() || k.Appeal == moderation.BeforeJury {
				changed, effects := reopen(k.Case, k.appeal)
				k.Case = changed
				m.enqueue(to, effects)
			}
		}
	}
	return nil
}

func (m *memory) Due(_ context.Context, now time.Time, limit int) ([]moderation.CaseRef, error) {
	var due []moderation.CaseRef
	for _, k := range m.cases {
		if !k.Verdict.Final() && k.Over(now) && len(due) < limit {
			due = append(due, moderation.CaseRef{Chat: k.Chat, ID: k.ID})
		}
	}
	return due, nil
}

func (m *memory) PausesDue(_ context.Context, now time.Time, limit int) ([]int64, error) {
	var due []int64
	for id, c := range m.chats {
		if !c.Paused.IsZero() && !c.Paused.After(now) && len(due) < limit {
			due = append(due, id)
		}
	}
	return due, nil
}

func (m *memory) Open(_ context.Context, chat int64) ([]moderation.CaseRef, error) {
	var open []moderation.CaseRef
	for _, k := range m.cases {
		if k.Chat == chat && k.Verdict == moderation.Open {
			open = append(open, moderation.CaseRef{Chat: chat, ID: k.ID})
		}
	}
	return open, nil
}

func (m *memory) AppealsDue(_ context.Context, now time.Time, limit int) ([]moderation.CaseRef, error) {
	var due []moderation.CaseRef
	for _, k := range m.cases {
		if k.Appeal.Open() && !k.AppealDue.After(now) && len(due) < limit {
			due = append(due, moderation.CaseRef{Chat: k.Chat, ID: k.ID})
		}
	}
	return due, nil
}

func (m *memory) DigestsDue(_ context.Context, now time.Time, limit int) ([]int64, error) {
	var due []int64
	for id, c := range m.chats {
		if c.Rights.Member && !c.DigestDue.After(now) {
			due = append(due, id)
		}
	}
	slices.SortFunc(due, func(a, b int64) int {
		return cmp.Or(m.chats[a].DigestDue.Compare(m.chats[b].DigestDue), cmp.Compare(a, b))
	})
	return due[:min(limit, len(due))], nil
}

func (m *memory) Settle(_ context.Context, before time.Time, learn func(moderation.Closing) moderation.Settlement) (int, error) {
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
		for voter, track := range s.Tracks {
			m.tracks[member{k.Chat, voter}] = track
		}
		for pair, trace := range s.Alike {
			m.alike[couple{k.Chat, pair}] = trace
		}
		m.final[k.Chat] = s.Cases
		m.enqueue(k.Chat, s.Effects)
		k.ballots, k.appeal, k.settled = nil, nil, true
		settled++
	}
	return settled, failed
}

func (m *memory) closing(k *kept) moderation.Closing {
	ballots := slices.Clone(k.ballots)
	for i := range ballots {
		ballots[i].Private = m.private[ballots[i].Voter]
	}
	return moderation.Closing{Chat: *m.chats[k.Chat], Case: k.Case, Ballots: ballots, Ties: m.ties(k.Chat, ballots, 0)}
}

func (m *memory) Forget(context.Context, time.Time) error { return nil }

// club is the group of these tests, and the others are who is in it.
const (
	club    int64 = -100
	mallory int64 = 1 // who is reported
	anna    int64 = 11
	bob     int64 = 12
	carl    int64 = 13
	dora    int64 = 14
	erin    int64 = 15
	frank   int64 = 16
	gina    int64 = 17
)

var names = map[int64]string{mallory: "mallory", anna: "anna", bob: "bob", carl: "carl", dora: "dora", erin: "erin"}

// room is a court in session over a memory, with a clock that stands still.
type room struct {
	*memory
	ctx    context.Context
	court  *moderation.Court
	now    time.Time
	update int64
}

func newRoom(t *testing.T) *room {
	t.Helper()
	return newRoomFor(t.Context(), t)
}

func newRoomFor(ctx context.Context, t failer) *room {
	r := &room{ctx: ctx, now: noon}
	r.memory = newMemory(t, func() time.Time { return r.now })
	r.court = moderation.NewCourt(r.memory, r.clock)
	r.chat(club, moderation.Supergroup)
	return r
}

// tune changes the group's settings.
func (r *room) tune(change func(*moderation.Policy)) { change(&r.chats[club].Policy) }

// next is the number of a new update.
func (r *room) next() int64 {
	r.update++
	return r.update
}

func (r *room) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatalf("%v", err)
	}
}

// boss is Dora, who is an admin and may do all that an admin can.
var boss = moderation.Member{ID: dora, Language: "en", Present: true, Admin: true, Name: "Dora", Restrict: true, Delete: true}

func person(id int64) moderation.Member {
	return moderation.Member{ID: id, Language: "en", Present: true}
}

// reportOf is somebody's report of a message that Mallory wrote a minute ago.
func (r *room) reportOf(who, message int64) moderation.Report {
	return moderation.Report{
		Update: r.next(), Chat: club, Kind: moderation.Supergroup, Reporter: person(who),
		Target: moderation.Target{
			Message: message, SentAt: r.now.Add(-time.Minute), Role: moderation.RoleMember,
			Author: moderation.Author{ID: mallory, Language: "ru"},
		},
	}
}

// reports has people report a message, and returns its case.
func (r *room) reports(message int64, who ...int64) *kept {
	r.t.Helper()
	for _, id := range who {
		_, err := r.court.Report(r.ctx, r.reportOf(id, message))
		r.must(err)
	}
	return r.about(message)
}

// reportsAs has people report a message who name a rule, and returns its case.
func (r *room) reportsAs(message int64, rule rulebook.RuleID, who ...int64) *kept {
	r.t.Helper()
	for _, id := range who {
		report := r.reportOf(id, message)
		report.Rule = rule
		_, err := r.court.Report(r.ctx, report)
		r.must(err)
	}
	return r.about(message)
}

// about is the latest case about a message.
func (r *room) about(message int64) *kept {
	return r.find(moderation.Key{Chat: club, Message: message})
}

func (r *room) vote(k *kept, who int64, side moderation.Side) error {
	return r.court.Vote(r.ctx, moderation.Vote{Update: r.next(), Chat: club, Case: k.ID, Voter: person(who), Side: side})
}

func (r *room) undo(k *kept, who int64) error { return r.court.Undo(r.ctx, r.next(), club, k.ID, who) }

// admin ends a case.
func (r *room) admin(k *kept, v moderation.Verdict) error {
	_, err := r.court.Decide(r.ctx, r.of(k), boss, v)
	return err
}

// of names a case in a new update.
func (r *room) of(k *kept) moderation.Key {
	return moderation.Key{Update: r.next(), Chat: club, Case: k.ID}
}

// carried takes the effects that wait away, and says them in words. It leaves out the quiet entry that each card brings,
// which has tests of its own.
func (r *room) carried() []string {
	var all []string
	for _, e := range r.effects {
		if e.Topic != moderation.TopicUndecided {
			all = append(all, r.words(e))
		}
	}
	r.effects = nil
	return all
}

// words are an effect in words: what, to whom, which, and when if not at once.
func (r *room) words(e queuedEffect) string {
	text := string(e.Kind)
	add := func(part string, there bool) {
		if there {
			text += " " + part
		}
	}
	add(cmp.Or(names[e.To.ID], "somebody"), e.To.ID != 0)
	add("privately", e.To.Private)
	add(string(e.Topic), e.Topic != "")
	add(string(e.Appeal), e.Appeal != "")
	add(string(e.Verdict), e.Verdict != "")
	add(string(e.Reversal), e.Reversal != "")
	add(e.Step.String(), e.Step.Deed != "")
	add("for "+ladder.FormatDuration(e.Until.Sub(r.now))+" more", !e.Until.IsZero() && !e.Until.Equal(e.Step.Until(r.now)))
	add("which is harder", e.Harsher)
	add(fmt.Sprint(e.Messages), len(e.Messages) > 0)
	add(fmt.Sprint(e.Count), e.Count > 0)
	add(fmt.Sprintf("%s from %s to %s", e.Change.Setting, e.Change.From, e.Change.To), e.Change.Setting != "")
	add("of "+e.Name, e.Name != "")
	add("by "+e.By.Name, e.By.Name != "")
	add("first", e.First)
	add("in "+ladder.FormatDuration(e.Due.Sub(r.now)), !e.Due.IsZero())
	return text
}

// want compares the effects that wait with what should be there, and takes them away.
func (r *room) want(words ...string) {
	r.t.Helper()
	if got := r.carried(); !slices.Equal(got, words) {
		r.t.Errorf("to be done: %q\nwant: %q", got, words)
	}
}

// refusedAs says that err is the refusal of that code.
func (r *room) refusedAs(err error, code moderation.Code) {
	r.t.Helper()
	var no *moderation.Refusal
	if !errors.As(err, &no) || no.Code != code {
		r.t.Errorf("answered %v, want a refusal: %s", err, code)
	}
}
