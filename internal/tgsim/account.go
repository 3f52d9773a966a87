package tgsim

import (
	"fmt"
	"strings"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// The ids that stand for somebody else: they are never people.
const (
	GroupAnonymousBotID = 1087968824 // from of an anonymous administrator's message
	ChannelBotID        = 136817688  // from of a message in a channel's name
	TelegramID          = 777000     // from of a linked channel's forwarded post
)

// An account is what users and bots have in common.
type account struct {
	sim       *Sim
	id        int64
	isBot     bool
	first     string
	last      string
	username  string
	lang      string
	user      *User // nil for bots and fake accounts
	bot       *Bot  // nil for people
	wire      *wire.User
	hideNames bool // forwards of their messages carry only a name
}

// Account is a *User or a *Bot.
type Account interface {
	ID() int64
	Name() string
	acc() *account
}

func (a *account) acc() *account { return a }

// ID is the account's Telegram id.
func (a *account) ID() int64 { return a.id }

// Username is the name after the @, or "".
func (a *account) Username() string {
	a.sim.Lock()
	defer a.sim.Unlock()
	return a.username
}

// Name is the display name: first and last name.
func (a *account) Name() string {
	return strings.TrimSpace(a.first + " " + a.last)
}

// User is a person with an app.
type User struct {
	*account
	offline bool
	toasts  []Toast
	blocked map[*Bot]bool
}

// UserOption sets a property of a new user.
type UserOption func(*User)

// Lang sets the app's language, which updates carry as language_code. The
// default is "en"; "" leaves the code out.
func Lang(code string) UserOption { return func(u *User) { u.lang = code } }

// Username gives the user a public @name.
func Username(name string) UserOption { return func(u *User) { u.username = name } }

// LastName gives the user a last name.
func LastName(name string) UserOption { return func(u *User) { u.last = name } }

// HideForwards makes forwards of the user's messages carry a name only.
func HideForwards() UserOption { return func(u *User) { u.hideNames = true } }

// UserID sets the id; by default ids are given in order.
func UserID(id int64) UserOption { return func(u *User) { u.id = id } }

// AddUser adds a person.
func (s *Sim) AddUser(firstName string, opts ...UserOption) *User {
	s.Lock()
	defer s.Unlock()
	s.lastUser++
	u := &User{account: &account{sim: s, id: s.lastUser, first: firstName, lang: "en"}, blocked: map[*Bot]bool{}}
	u.user = u
	for _, o := range opts {
		o(u)
	}
	s.addAccount(u.account, u)
	s.users = append(s.users, u)
	s.Show()
	return u
}

// SetOffline decides whether the user's apps are away. Ephemeral messages
// sent meanwhile never reach them, though the bot is told that they did.
func (u *User) SetOffline(offline bool) {
	u.sim.Lock()
	defer u.sim.Unlock()
	u.offline = offline
}

// SetUsername gives the user another public @name, or none with "". Updates
// carry it from then on.
func (u *User) SetUsername(name string) {
	s := u.sim
	s.Lock()
	defer s.Unlock()
	s.moveUsername(&u.username, name, u)
	u.wire.Username = name
	for _, b := range s.bots {
		if c := b.privates[u.id]; c != nil {
			c.wire.Username = name
		}
	}
	s.Show()
}

// SetName gives the user another first and last name, which updates carry from
// then on. A deleted account has an empty one.
func (u *User) SetName(first, last string) {
	u.sim.Lock()
	defer u.sim.Unlock()
	u.first, u.last = first, last
	u.wire.FirstName, u.wire.LastName = first, last
	u.sim.Show()
}

func (s *Sim) addAccount(a *account, owner any) {
	if s.accounts[a.id] != nil {
		panic(fmt.Sprintf("tgsim: two accounts with id %d", a.id))
	}
	s.accounts[a.id] = a
	s.claimUsername(a.username, owner)
	a.wire = &wire.User{ID: a.id, IsBot: a.isBot, FirstName: a.first, LastName: a.last, Username: a.username, LanguageCode: a.lang}
}

func (s *Sim) claimUsername(name string, owner any) {
	if name == "" {
		return
	}
	key := strings.ToLower(name)
	if s.usernames[key] != nil {
		panic("tgsim: two owners of @" + name)
	}
	s.usernames[key] = owner
}

// moveUsername frees the owner's present name and claims another.
func (s *Sim) moveUsername(at *string, name string, owner any) {
	delete(s.usernames, strings.ToLower(*at))
	*at = name
	s.claimUsername(name, owner)
}

func (s *Sim) addFakeAccounts() {
	s.addAccount(&account{sim: s, id: GroupAnonymousBotID, isBot: true, first: "Group", username: "GroupAnonymousBot"}, nil)
	s.addAccount(&account{sim: s, id: ChannelBotID, isBot: true, first: "Channel", username: "Channel_Bot"}, nil)
	s.addAccount(&account{sim: s, id: TelegramID, first: "Telegram"}, nil)
}

func (s *Sim) fake(id int64) *account { return s.accounts[id] }
