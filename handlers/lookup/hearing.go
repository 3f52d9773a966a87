package lookup

import (
	"context"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// askAgain is after how long the bot is asked about again in a group where it was no admin.
const askAgain = time.Minute

// hearing is the time in which the bot hears of all that changes in a group: it is an admin there, and misses no update. An
// answer of Telegram's is good for longer if it was asked during a hearing that goes on.
type hearing struct {
	number uint64    // 0 = the bot is no admin
	sure   bool      // Telegram said that the bot is an admin
	deaf   time.Time // when it said that it is none
}

// Follow says that this process receives every update, in the order in which they came. Without it the bot trusts in no
// answer that is older than some seconds: another process may be told that somebody left, or Telegram may tell it later than
// what they pressed.
func (m *Memberships) Follow() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.follows = true
}

// Missed says that updates may have gone elsewhere.
func (m *Memberships) Missed() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.groups.Purge()
}

// Hear notes what an update says of a membership. It must be told of each update when it comes in, in their order, before
// those that came later are handled.
func (m *Memberships) Hear(u *wire.Update) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if s := u.MyStatus; s != nil {
		m.hearOfMe(s)
		return
	}
	if s := u.Membership; s != nil {
		who := membership{chat: s.Chat.ID, person: s.User.ID}
		if m.changed(who); !s.New.InChat() {
			m.people.Add(who, remembered{left: true, nothing: true})
		}
	}
}

// hearOfMe notes what the bot may do in a group. mu is held.
func (m *Memberships) hearOfMe(s *wire.Membership) {
	m.changes[membership{chat: s.Chat.ID, person: m.me()}.slot()]++
	was, _ := m.groups.Get(s.Chat.ID)
	switch {
	case !s.New.Admin():
		m.groups.Add(s.Chat.ID, hearing{deaf: m.now()})
	case !was.sure || !s.Old.Admin():
		m.groups.Add(s.Chat.ID, hearing{number: m.next(), sure: true})
	}
}

func (m *Memberships) next() uint64 {
	m.last++
	return m.last
}

// hears reports whether a hearing goes on. mu is held.
func (m *Memberships) hears(chat int64, number uint64) bool {
	now, ok := m.groups.Get(chat)
	return ok && number != 0 && now.sure && now.number == number
}

// hearingOf is the hearing during which somebody is asked about. If it is not known whether there is one, Telegram is asked
// whether the bot is an admin. mu is held.
func (m *Memberships) hearingOf(who membership, ask asker) uint64 {
	h, ok := m.groups.Get(who.chat)
	me := membership{chat: who.chat, person: m.me()}
	switch {
	case !m.follows || who.chat > 0:
		return 0
	case ok && h.number != 0 || who == me:
		return h.number
	case ok && m.now().Sub(h.deaf) < askAgain:
		return 0
	}
	h = hearing{number: m.next()}
	m.groups.Add(who.chat, h)
	begun := m.pool.Run(func() {
		_, _ = ask(context.Background(), me) // not for the update that is being handled
		m.unheard(who.chat, h.number)
	})
	if !begun {
		m.groups.Remove(who.chat) // too many wait
	}
	return h.number
}

// unheard forgets a hearing if it was not found out whether it is one: Telegram did not say, or something was heard meanwhile. The
// next question asks again.
func (m *Memberships) unheard(chat int64, number uint64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if h, ok := m.groups.Get(chat); ok && h.number == number && !h.sure {
		m.groups.Remove(chat)
	}
}

// heardOfMe notes that the bot is an admin in a group, or is none. mu is held.
func (m *Memberships) heardOfMe(q question, admin bool) {
	h, ok := m.groups.Get(q.who.chat)
	switch {
	case !ok || h.number != q.hearing:
	case !admin:
		m.groups.Add(q.who.chat, hearing{deaf: m.now()})
	case !h.sure:
		m.groups.Add(q.who.chat, hearing{number: h.number, sure: true})
	}
}

// Acted notes that the bot does something to somebody: before it does, and once it has.
func (m *Memberships) Acted(call wire.Call) {
	switch call.Method {
	case "banChatMember", "unbanChatMember", "restrictChatMember":
	default:
		return
	}
	person, _ := call.Params["user_id"].(int64)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.changed(membership{chat: call.Chat, person: person})
}
