package moderation_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/standing"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// memoryStore is a [moderation.Store] that forgets nothing. It runs every other decision twice, as a
// store may, and complains if that makes a difference, or if a decision changes what it looks at.
type memoryStore struct {
	t           failer
	clock       func() time.Time
	policy      moderation.Policy // of new groups
	chats       map[int64]*moderation.Chat
	cases       []*kept
	handled     map[int64]bool
	records     map[member]moderation.Record
	buckets     map[member]moderation.Bucket
	history     map[member][]moderation.Offence
	turns       map[member][]standing.Change // the newest first
	voteRecords map[member]weight.VoteRecord
	alike       map[couple]weight.Trace
	final       map[int64]weight.Trace // cases that were settled, by groups
	private     map[int64]bool
	quizzes     map[member]moderation.Quiz
	admins      map[member]bool
	against     map[complaint]bool
	counts      map[member]int // reports against a group's admins, by the day's number since 1970
	seen        []moderation.SeenMessage
	effects     []queuedEffect     // that wait, in their order, of all groups
	released    []moderation.Right // what waits for them may go
	waits       []moderation.Right // what effects were said to wait for
	updates     int
	fail        error                  // what Update says, if not nil
	failed      int                    // how often it said so
	broken      map[string]bool        // cases of which Update says errBroken
	pool        []moderation.Candidate // who could be drawn, in the order of chance
	juryRecords map[member]moderation.JuryRecord
	asked       map[member]string // for their sentence, about which case
	events      []moderation.Event
	luck        uint64 // what the dice are made of
	presence    map[member]moderation.Presence
	brought     map[pairOf]moderation.CardsBrought
	wiped       map[int64]time.Time
	watched     map[string]moderation.LaterCopies // by case
	show        func(moderation.DrawCard)         // has a card that may appear at once do so; nil if the test sees to that
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
	jury      *jury.Jury
	ended     int  // how often it became final
	settled   bool // its ballots are destroyed
}

func newMemoryStore(t failer, clock func() time.Time) *memoryStore {
	return &memoryStore{
		t: t, clock: clock, policy: moderation.DefaultPolicy(), chats: map[int64]*moderation.Chat{}, handled: map[int64]bool{},
		records: map[member]moderation.Record{}, buckets: map[member]moderation.Bucket{},
		history: map[member][]moderation.Offence{}, quizzes: map[member]moderation.Quiz{}, private: map[int64]bool{}, broken: map[string]bool{},
		admins: map[member]bool{}, against: map[complaint]bool{}, counts: map[member]int{},
		turns: map[member][]standing.Change{}, voteRecords: map[member]weight.VoteRecord{},
		asked: map[member]string{}, presence: map[member]moderation.Presence{}, juryRecords: map[member]moderation.JuryRecord{}, brought: map[pairOf]moderation.CardsBrought{},
		alike: map[couple]weight.Trace{}, final: map[int64]weight.Trace{}, wiped: map[int64]time.Time{},
		watched: map[string]moderation.LaterCopies{},
	}
}

func (m *memoryStore) chat(id int64, kind moderation.Kind) *moderation.Chat {
	if m.chats[id] == nil {
		m.chats[id] = &moderation.Chat{ID: id, Kind: kind, Policy: m.policy}
	}
	return m.chats[id]
}

// find is the case that key is about, nil if there is none.
func (m *memoryStore) find(key moderation.Key) *kept {
	for _, k := range slices.Backward(m.cases) { // the latest about a message
		switch {
		case k.Chat != key.Chat:
		case key.Case != "":
			if k.ID == key.Case {
				return k
			}
		case key.Message == 0 || k.Verdict == moderation.Withdrawn || k.Manual: // which is in the way of no report
		case key.Album != "" && k.Album == key.Album, key.Album == "" && k.Album == "" && k.Message == key.Message:
			return k
		}
	}
	return nil
}

// withdrawn is the latest case about a message, if it was withdrawn.
func (m *memoryStore) withdrawn(key moderation.Key) *moderation.Case {
	for _, k := range slices.Backward(m.cases) {
		if k.Chat == key.Chat && !k.Manual && (key.Album != "" && k.Album == key.Album || key.Album == "" && k.Album == "" && k.Message == key.Message) {
			if k.Verdict != moderation.Withdrawn {
				return nil
			}
			cs := k.Case
			return &cs
		}
	}
	return nil
}

func (m *memoryStore) Update(_ context.Context, key moderation.Key, decide func(moderation.Docket) (moderation.Outcome, error)) (moderation.Outcome, error) {
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
	for _, e := range out.Effects {
		if card, draws := e.(moderation.DrawCard); draws && err == nil && card.Open && card.Due.IsZero() && m.show != nil {
			card.Chat = key.Chat
			m.show(card)
		}
	}
	return out, err
}

// decide runs decide on a docket of its own.
func (m *memoryStore) decide(key moderation.Key, decide func(moderation.Docket) (moderation.Outcome, error)) (moderation.Outcome, error) {
	d, same := m.docket(key), m.docket(key)
	out, err := decide(d)
	if !reflect.DeepEqual(d, same) {
		m.t.Errorf("a decision changed its docket:\n%+v\n%+v", same, d)
	}
	return out, err
}

func (m *memoryStore) docket(key moderation.Key) moderation.Docket {
	if key.Chat == 0 {
		return moderation.Docket{}
	}
	actor := cmp.Or(key.Actor, key.Wiper)
	d := moderation.Docket{
		Chat: *m.chat(key.Chat, key.Kind), ActorView: moderation.ActorView{Record: m.records[member{key.Chat, key.Actor}], Bucket: m.buckets[member{key.Chat, key.Actor}], Wiped: m.wiped[actor]},
	}
	d.Chat.Policy.Ladder = slices.Clone(d.Chat.Policy.Ladder)
	d.Gathered = m.gathered(key.Chat, key.Gathered)
	author := key.Author
	if k := m.find(key); k != nil {
		cs := k.Case
		cs.Judges = slices.Clone(cs.Judges)
		d.Case, author = &cs, k.Author.ID
		if k.appeal != nil {
			a := *k.appeal
			d.Appeal = &a
		}
		if k.jury != nil {
			d.Jury = k.jury.Copied()
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
	d.FreshSeed = m.dice()[0] | 1
	if key.Message != 0 && key.Case == "" {
		d.Withdrawn = m.withdrawn(key)
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
		d.Turns = moderation.Loaded(slices.Clone(m.turns[member{key.Chat, author}]))
	}
	if key.Sweep != nil {
		d.Sweep = moderation.Loaded(m.sweepView(key))
	}
	if key.Pool {
		d.Pool = moderation.Loaded(m.juryPool(d))
	}
	d.Ties = m.ties(key.Chat, d.Ballots, key.Actor)
	d.Private = m.private[author]
	if key.Quiz {
		quiz := m.quizzes[member{key.Chat, key.Actor}]
		quiz.Asked = slices.Clone(quiz.Asked)
		d.Quiz = moderation.Loaded(moderation.QuizView{Quiz: quiz, Dice: m.dice()})
	}
	if key.Juror {
		d.Juror = moderation.Loaded(cloned(m.juryRecords[member{key.Chat, key.Actor}]))
	}
	if key.Queue {
		d.Queue = moderation.Loaded(m.queue(key.Chat))
	}
	if key.Period {
		var period moderation.PeriodView
		if !d.Chat.DigestFrom.IsZero() {
			period = moderation.PeriodView{Closed: m.closed(d.Chat), Complaints: m.complaints(d.Chat)}
		}
		d.Period = moderation.Loaded(period)
	}
	return d
}

// dice fall differently in each decision, and the same way when it is made twice.
func (m *memoryStore) dice() (d moderation.Dice) {
	for i := range d {
		x := m.luck + uint64(m.updates*len(d)+i)*0x9e3779b97f4a7c15
		x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
		x = (x ^ x>>27) * 0x94d049bb133111eb
		d[i] = x ^ x>>31
	}
	return d
}

// queue is how much waits to be told to single persons of a group.
func (m *memoryStore) queue(chat int64) (n int) {
	for _, e := range m.effects {
		if e.Chat == chat && e.Class() == moderation.Personal {
			n++
		}
	}
	return n
}

// ties say who is tied among the voters and the actor.
func (m *memoryStore) ties(chat int64, ballots []moderation.Ballot, actor int64) weight.Ties {
	voters := []int64{actor}
	for _, b := range ballots {
		voters = append(voters, b.Voter)
	}
	return m.tiesAmong(chat, voters)
}

// offences are a member's, with what their cases say of the penalty by now.
func (m *memoryStore) offences(of member) []moderation.Offence {
	history := slices.Clone(m.history[of])
	for i, o := range history {
		if k := m.find(moderation.Key{Chat: of.chat, Case: o.Case}); k != nil {
			history[i].Penalty, history[i].Until, history[i].Put = k.Penalty, k.Until, k.Put
		}
	}
	return history
}

// closed are the cases that ended, or were reversed, in the next digest's period or the one before.
func (m *memoryStore) closed(chat moderation.Chat) []moderation.Closed {
	now := m.clock()
	before := chat.DigestFrom.Add(-now.Sub(chat.DigestFrom))
	within := func(t time.Time) bool { return !t.Before(before) && !t.After(now) }
	var found []moderation.Closed
	for _, k := range m.cases {
		if k.Chat == chat.ID && k.Verdict.Final() && k.Verdict != moderation.Withdrawn && (within(k.Decided) || within(k.ReversedAt) || within(k.Appealed) || within(k.Learned)) {
			found = append(found, moderation.Closed{
				ID: k.ID, Opened: k.Opened, Decided: k.Decided, Verdict: k.Verdict, Rule: k.Rule, Penalty: k.Penalty, Put: k.Put, Votes: k.Votes,
				Breaks: k.Breaks, ByAdmin: k.ByAdmin, Manual: k.Manual, Shown: k.Shown(), Reversed: k.Reversed, ReversedAt: k.ReversedAt, Appealed: k.Appealed, Learned: k.Learned,
			})
		}
	}
	return found
}

func dayOf(t time.Time) int64 { return t.Unix() / int64(day/time.Second) }

// complaints are the reports against a group's admins since its last digest, by days.
func (m *memoryStore) complaints(chat moderation.Chat) []moderation.Complaints {
	var days []moderation.Complaints
	for n := dayOf(chat.DigestFrom); n <= dayOf(m.clock()); n++ {
		if count := m.counts[member{chat.ID, n}]; count > 0 {
			days = append(days, moderation.Complaints{Day: time.Unix(0, 0).UTC().Add(time.Duration(n) * day), Count: count})
		}
	}
	return days
}

// messages are a message and what was seen of its album.
func (m *memoryStore) messages(chat, message int64, album string) []int64 {
	ids := []int64{message}
	for _, s := range m.seen {
		if album != "" && s.Chat == chat && s.Album == album && s.Message != message {
			ids = append(ids, s.Message)
		}
	}
	return ids
}

func (m *memoryStore) Observe(_ context.Context, seen []moderation.SeenMessage, note func(moderation.SeenMessage, moderation.Known) moderation.Noted) error {
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
		known.CopyOf = m.copyOf(s)
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

func (m *memoryStore) Migrate(_ context.Context, update, from, to int64, reopen func(moderation.Case, *jury.Jury) (moderation.Case, []moderation.Effect)) error {
	if m.handled[update] {
		return moderation.ErrSeen
	}
	m.handled[update] = true
	for _, k := range m.cases {
		if k.Chat == from {
			k.Chat = to
			if !k.Verdict.Final() || k.Jury != jury.NoJury {
				changed, effects := reopen(k.Case, k.jury)
				k.Case = changed
				m.enqueue(to, effects)
			}
		}
	}
	return nil
}

func (m *memoryStore) Forget(context.Context, time.Time) error { return nil }
