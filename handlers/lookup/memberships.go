package lookup

import (
	"context"
	"strconv"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/sync/singleflight"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

const (
	// goodFor is for how long an answer of Telegram's is used again. In that time a group's queue of some hundred presses is
	// handled, and a reporter presses the button below the confirmation. Nobody gains by it: who has left can vote no longer
	// than if they had pressed five seconds earlier.
	goodFor = 5 * time.Second

	// heardFor is for how long an answer is used again while Telegram would have said if it changed. It is much less than the
	// day for which Telegram keeps updates: if the bot was away for longer than that, nothing older is used.
	heardFor = 10 * time.Minute

	// attempts is how often somebody is asked about whose membership changes meanwhile.
	attempts = 3

	// How many people, and groups, are remembered at most.
	peopleKept, groupsKept = 20_000, 10_000
)

// Memberships remembers who is in which group, so that Telegram is not asked the same again for each press. It never says that
// somebody is in a group whose leaving this process has heard of. It knows no rights: who may do something as an admin, and
// what the bot may do, is asked anew each time.
//
// It hears of changes by [Memberships.Hear] and [Memberships.Acted]. It is in memory only, and bounded.
type Memberships struct {
	now  func() time.Time
	me   func() int64
	pool *Pool
	join singleflight.Group // questions that are under way, by membership

	mu      sync.Mutex // guards all below
	follows bool       // see Follow
	people  *lru.Cache[membership, remembered]
	groups  *lru.Cache[int64, hearing]
	changes [1024]uint32        // what was heard of memberships, counted by their hash
	last    uint64              // the number of the latest hearing
	begun   map[membership]bool // what is asked ahead
}

// membership is somebody in a group. What is asked about a reported author is remembered for the reporter alone, for whom: an
// answer that comes sooner than a question to Telegram takes would tell that somebody else had just reported them.
type membership struct{ chat, person, whom int64 }

func (m membership) String() string {
	return strconv.FormatInt(m.chat, 36) + "/" + strconv.FormatInt(m.person, 36) + "/" + strconv.FormatInt(m.whom, 36)
}

// slot is where changes of a membership are counted. Others may be counted there too: then Telegram is asked once more.
func (m membership) slot() uint64 {
	return (uint64(m.chat)*0x9E3779B97F4A7C15 ^ uint64(m.person)*0xC2B2AE3D27D4EB4F) >> 54
}

// role is what is remembered of an answer.
type role struct{ there, admin bool }

func roleOf(m wire.Member) role { return role{m.InChat(), m.Admin()} }

// remembered is the last answer about somebody.
type remembered struct {
	role
	asked   time.Time
	changes uint32 // what had been heard of the membership when it was asked
	hearing uint64 // during which it was asked; 0 = the bot did not hear of changes
	left    bool   // this process heard that they left
	nothing bool   // and Telegram was not asked since, or what it said was used
}

// NewMemberships remembers nothing yet. It has to be told the time and who the bot is, and asks ahead in the pool.
func NewMemberships(pool *Pool, now func() time.Time, me func() int64) *Memberships {
	return &Memberships{
		pool: pool, now: now, me: me, people: newCache[membership, remembered](peopleKept), groups: newCache[int64, hearing](groupsKept), begun: map[membership]bool{},
	}
}

func newCache[K comparable, V any](size int) *lru.Cache[K, V] {
	c, err := lru.New[K, V](size)
	if err != nil {
		panic(err) // a size below 1
	}
	return c
}

// asker asks Telegram about a membership.
type asker func(ctx context.Context, who membership) (wire.Member, error)

// find says what role somebody has, as Telegram said lately, or says now. A question that is under way already is not asked
// twice. If that fails, or somebody's membership changed meanwhile, it is asked again.
func (m *Memberships) find(ctx context.Context, who membership, ask asker) (role, error) {
	if found, ok := m.known(who); ok {
		return found, nil
	}
	changed := m.changesOf(who)
	own := false
	answer, err, _ := m.join.Do(who.String(), func() (any, error) {
		own = true
		return ask(ctx, who)
	})
	for range attempts {
		if err == nil && m.changesOf(who) == changed {
			m.use(who)
			return roleOf(answer.(wire.Member)), nil
		}
		if err != nil && own {
			return role{}, err
		}
		changed, own = m.changesOf(who), true
		answer, err = ask(ctx, who)
	}
	if err == nil {
		err = Unsure(ctx, errFickle)
	}
	return role{}, err
}

// begin asks about somebody for a question that will come, unless it is known, or begun already.
func (m *Memberships) begin(ctx context.Context, who membership, ask asker) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, known := m.valid(who); known || m.begun[who] {
		return
	}
	m.begun[who] = m.pool.Run(func() {
		defer m.over(who)
		if ctx.Err() == nil && !m.isKnown(who) {
			_, _, _ = m.join.Do(who.String(), func() (any, error) { return ask(ctx, who) })
		}
	})
	if !m.begun[who] {
		delete(m.begun, who) // too many wait
	}
}

// over notes that what was begun about somebody is over.
func (m *Memberships) over(who membership) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.begun, who)
}

// known is what can be said of somebody without asking. That they are not in the group is said once, for they may join; and so
// is anything of whom this process heard that they left, until it hears that they are back.
func (m *Memberships) known(who membership) (role, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r, ok := m.valid(who)
	switch {
	case ok && r.left:
		m.people.Add(who, remembered{left: true, nothing: true})
	case ok && !r.there:
		m.people.Remove(who)
	}
	return r.role, ok
}

func (m *Memberships) isKnown(who membership) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	_, ok := m.valid(who)
	return ok
}

// use takes note that an answer was used.
func (m *Memberships) use(who membership) { m.known(who) }

// valid is the last answer about somebody if it is still good. mu is held.
func (m *Memberships) valid(who membership) (remembered, bool) {
	r, ok := m.people.Get(who)
	age := m.now().Sub(r.asked)
	switch {
	case !ok || r.nothing || age < 0:
		return r, false
	case who.whom != 0: // a change is heard of the person, and not of each who reported them
		return r, age < goodFor && r.changes == m.changes[who.slot()]
	case age < goodFor:
		return r, true
	}
	return r, r.there && !r.left && age < heardFor && m.hears(who.chat, r.hearing)
}

// question is what was so when Telegram was asked about somebody.
type question struct {
	who     membership
	asked   time.Time
	changes uint32
	hearing uint64
}

// asking is called before Telegram is asked about somebody.
func (m *Memberships) asking(who membership, ask asker) question {
	m.mu.Lock()
	defer m.mu.Unlock()
	return question{who, m.now(), m.changes[who.slot()], m.hearingOf(who, ask)}
}

// answered remembers what Telegram answered, unless something was heard meanwhile.
func (m *Memberships) answered(q question, found wire.Member) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.changes[q.who.slot()] != q.changes {
		return
	}
	if q.who.person == m.me() {
		m.heardOfMe(q, found.Admin())
		return
	}
	before, _ := m.people.Get(q.who)
	m.people.Add(q.who, remembered{role: roleOf(found), asked: q.asked, changes: q.changes, hearing: q.hearing, left: before.left})
}

func (m *Memberships) changesOf(who membership) uint32 {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.changes[who.slot()]
}

// changed forgets somebody, and what is just being asked about them. mu is held.
func (m *Memberships) changed(who membership) {
	m.changes[who.slot()]++
	m.people.Remove(who)
	m.join.Forget(who.String())
}
