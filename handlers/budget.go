package handlers

import (
	"math"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/time/rate"
)

// allowance is how many commands, presses and private messages one person may send: so many at once, and one more each time
// that so long has passed.
type allowance struct {
	atOnce int
	every  time.Duration
}

// Nobody types or taps so fast for long. Admins do when they clean up.
var (
	ofMembers = allowance{atOnce: 20, every: 2 * time.Second}
	ofAdmins  = allowance{atOnce: 60, every: 250 * time.Millisecond}
)

const (
	// budgetsKept is how many budgets there are at most. The one that was used longest ago goes first, and is then a full one.
	budgetsKept = 20_000
	// adminsKept is how many admins are remembered at most.
	adminsKept = 20_000
	// adminKnownFor is how long somebody counts as an admin after Telegram said so last.
	adminKnownFor = time.Hour
	// decisionsKept is how many updates are remembered, in case that Telegram sends them again.
	decisionsKept = 4096
)

// spender is who has a budget: a person in a group, or who writes there as a channel or as the group. In private it is the
// person alone, who has the number of that chat.
type spender struct{ chat, person int64 }

// shared reports whether it is the budget of all admins who write in the name of the group.
func (s spender) shared() bool { return s.chat == s.person && s.chat < 0 }

// budgets says whether an update is taken. Each process has its own, and keeps them in memory alone. Whoever the process does
// not know to be an admin has the budget of a member: it neither asks Telegram nor reads the database.
type budgets struct {
	now func() time.Time

	mu        sync.Mutex // guards all below
	left      *lru.Cache[spender, *budget]
	admins    *lru.Cache[spender, time.Time] // until when they count as admins
	decisions *lru.Cache[int64, bool]        // by update: whether it was taken
}

// budget is what one person may still send.
type budget struct {
	allowance

	left *rate.Limiter
	at   time.Time // it does not go back to when a message was sent: that would give the same time twice
	told bool      // they were told that it is empty, and it was not full since
}

// full is a budget from which nothing was taken.
func (a allowance) full() *budget {
	return &budget{allowance: a, left: rate.NewLimiter(rate.Every(a.every), a.atOnce)}
}

func (b *budget) passUntil(at time.Time) {
	if at.After(b.at) {
		b.at = at
	}
	b.told = b.told && b.whole() < b.atOnce
}

func (b *budget) take() bool { return b.left.AllowN(b.at, 1) }

// whole is how many may still be sent at once. What a fraction lacks by rounding is forgiven.
func (b *budget) whole() int { return int(math.Floor(b.left.TokensAt(b.at) + 1e-9)) }

// become changes what may be sent, from a time on. What was sent already counts.
func (b *budget) become(most allowance, at time.Time) {
	sent := b.atOnce - b.whole()
	b.allowance, b.left, b.at = most, most.full().left, at
	b.left.AllowN(at, min(sent, most.atOnce))
}

func newBudgets(now func() time.Time) *budgets {
	return &budgets{
		now: now, left: newCache[spender, *budget](budgetsKept), admins: newCache[spender, time.Time](adminsKept),
		decisions: newCache[int64, bool](decisionsKept),
	}
}

// spend takes an update from a budget and reports whether it may be handled, and whether that was decided before. An update
// that comes again costs nothing. It counts at the time at which it was sent: what was sent while the bot was down comes all at
// once.
func (b *budgets) spend(update int64, s spender, sent time.Time) (taken, again bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if taken, again = b.decisions.Get(update); again {
		return taken, true
	}
	taken = b.of(s, sent).take()
	b.decisions.Add(update, taken)
	return taken, false
}

// tell reports whether to tell somebody that their budget is empty. That is once, until it was full again.
func (b *budgets) tell(s spender) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	have, found := b.left.Get(s)
	if !found || have.told {
		return false
	}
	have.told = true
	return true
}

// learn notes what Telegram said of somebody in a group.
func (b *budgets) learn(chat, person int64, admin bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if s := (spender{chat, person}); admin {
		b.admins.Add(s, b.now().Add(adminKnownFor))
	} else {
		b.admins.Remove(s)
	}
}

// of is somebody's budget at a time. Whoever turns out to be an admin has sent as many as before, of more. mu is held.
func (b *budgets) of(s spender, at time.Time) *budget {
	most := b.allowanceOf(s)
	have, found := b.left.Get(s)
	if !found {
		have = most.full()
		b.left.Add(s, have)
	}
	if now := b.now(); have.at.After(now) { // the clock was set back
		have.become(have.allowance, now)
	}
	have.passUntil(at)
	if have.allowance != most {
		have.become(most, have.at)
	}
	return have
}

// allowanceOf is what somebody may send. mu is held.
func (b *budgets) allowanceOf(s spender) allowance {
	until, known := b.admins.Get(s)
	if s.shared() || known && b.now().Before(until) {
		return ofAdmins
	}
	return ofMembers
}
