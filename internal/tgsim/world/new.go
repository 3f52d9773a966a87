package world

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

// AddUser adds a person.
func (s *World) AddUser(firstName string, opts ...func(*User)) *User {
	s.lastUser++
	u := &User{Account: &Account{World: s, ID: s.lastUser, First: firstName, Lang: "en"}, Blocked: map[*Bot]bool{}}
	u.User = u
	for _, o := range opts {
		o(u)
	}
	s.addAccount(u.Account, u)
	s.Users = append(s.Users, u)
	s.Show()
	return u
}

func (s *World) addAccount(a *Account, owner any) {
	if s.Accounts[a.ID] != nil {
		panic(fmt.Sprintf("tgsim: two accounts with id %d", a.ID))
	}
	s.Accounts[a.ID] = a
	s.claimUsername(a.Username, owner)
	a.Wire = &wire.User{ID: a.ID, IsBot: a.IsBot, FirstName: a.First, LastName: a.Last, Username: a.Username, LanguageCode: a.Lang}
}

func (s *World) claimUsername(name string, owner any) {
	if name == "" {
		return
	}
	key := strings.ToLower(name)
	if s.Usernames[key] != nil {
		panic("tgsim: two owners of @" + name)
	}
	s.Usernames[key] = owner
}

// MoveUsername frees the owner's present name and claims another.
func (s *World) MoveUsername(at *string, name string, owner any) {
	delete(s.Usernames, strings.ToLower(*at))
	*at = name
	s.claimUsername(name, owner)
}

func (s *World) addFakeAccounts() {
	s.addAccount(&Account{World: s, ID: GroupAnonymousBotID, IsBot: true, First: "Group", Username: "GroupAnonymousBot"}, nil)
	s.addAccount(&Account{World: s, ID: ChannelBotID, IsBot: true, First: "Channel", Username: "Channel_Bot"}, nil)
	s.addAccount(&Account{World: s, ID: TelegramID, First: "Telegram"}, nil)
}

// Fake is one of the accounts that stand for somebody else.
func (s *World) Fake(id int64) *Account { return s.Accounts[id] }

// AddBot registers a bot.
func (s *World) AddBot(username, firstName string, opts ...func(*Bot)) *Bot {
	s.lastBot++
	b := &Bot{
		Account:  &Account{World: s, ID: s.lastBot, IsBot: true, First: firstName, Username: username},
		Commands: map[ListKey][]wire.BotCommand{},
		About:    map[string]string{},
		Privates: map[int64]*Chat{},
		Met:      map[int64]bool{},
		Defaults: map[bool]wire.AdministratorRights{},
	}
	b.Account.Bot = b
	b.Token = fmt.Sprintf("%d:AAsim%030d", b.ID, b.ID)
	b.Queue.NextID = 100_000*int64(len(s.Bots)+1) + 1
	for _, o := range opts {
		o(b)
	}
	s.addAccount(b.Account, b)
	s.Bots = append(s.Bots, b)
	s.ByToken[b.Token] = b
	return b
}

// MakeChat makes a chat that has nobody in it.
func (s *World) MakeChat(kind Kind, title string, opts []func(*Chat)) *Chat {
	c := &Chat{
		World: s, Kind: kind, Title: title, Perms: wire.AllPermissions(),
		Members: map[int64]*Member{}, BannedChats: map[int64]bool{},
		boxes: map[boxKey]*box{}, Sent: map[int64]*RateWindow{}, came: map[*Bot]int{}, Open: map[*Bot]bool{},
	}
	if kind == Group {
		s.lastGroup++
		c.ID = -s.lastGroup
	} else {
		s.lastChat++
		c.ID = -s.lastChat
	}
	for _, o := range opts {
		o(c)
	}
	c.Wire = &wire.Chat{ID: c.ID, Type: string(kind), Title: title, Username: c.Username, IsForum: c.Forum}
	s.claimUsername(c.Username, c)
	s.ByChatID[c.ID] = c
	s.Chats = append(s.Chats, c)
	return c
}

// Dialog returns the private chat of a user and a bot, making it if need be.
func (s *World) Dialog(u *User, b *Bot) *Chat {
	if c := b.Privates[u.ID]; c != nil {
		return c
	}
	c := &Chat{
		World: s, ID: u.ID, Kind: Private, User: u, Bot: b, Title: u.Name() + " and " + b.Name(),
		Perms: wire.AllPermissions(), Members: map[int64]*Member{}, Bots: []*Bot{b},
		boxes: map[boxKey]*box{}, Sent: map[int64]*RateWindow{}, came: map[*Bot]int{}, Open: map[*Bot]bool{},
	}
	c.Wire = &wire.Chat{ID: u.ID, Type: string(Private), FirstName: u.First, LastName: u.Last, Username: u.Username}
	b.Privates[u.ID] = c
	s.Chats = append(s.Chats, c)
	return c
}

// New makes an empty world.
func New(opts Options) *World {
	s := &World{
		Opts:        opts,
		Accounts:    map[int64]*Account{},
		Usernames:   map[string]any{},
		ByToken:     map[string]*Bot{},
		ByChatID:    map[int64]*Chat{},
		Files:       map[string]*File{},
		Invites:     map[string]*Invite{},
		Queries:     map[string]*Press{},
		Inlines:     map[string]*Message{},
		manyQueries: 10_000,
		lastUser:    100_000_000,
		lastBot:     7_000_000_000,
		lastChat:    1_001_000_000_000,
		lastGroup:   4_000_000,
	}
	s.addFakeAccounts()
	return s
}
