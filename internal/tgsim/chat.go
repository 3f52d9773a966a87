package tgsim

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// Kind is the kind of a chat, in Telegram's words.
type Kind string

// The kinds of chats. A forum is a supergroup with topics.
const (
	Private    Kind = "private"
	Group      Kind = "group"
	Supergroup Kind = "supergroup"
	Channel    Kind = "channel"
)

// Chat is a group, a channel or somebody's private dialog with a bot.
type Chat struct {
	sim      *Sim
	id       int64
	kind     Kind
	title    string
	username string
	forum    bool
	user     *User // of a private chat
	bot      *Bot  // of a private chat

	perms       wire.Permissions
	members     map[int64]*member
	bots        []*Bot        // present ones, in order of arrival
	came        map[*Bot]int  // when they came last, in the order of everything
	open        map[*Bot]bool // whether privacy mode was off when they came
	lastBot     *Bot          // the bot that spoke last, for privacy mode
	bannedChats map[int64]bool
	linked      *Chat // discussion group of a channel, channel of a group
	direct      *Chat // where people write to the channel
	parent      *Chat // the channel that people write to here
	migratedTo  *Chat
	deleted     bool // by its owner
	topics      []*Topic

	generalClosed bool // the topic without a number

	lastID     int
	history    history
	ephemerals []*Message
	boxes      map[boxKey]*box
	log        []RecentAction
	sent       map[int64]*rateWindow
	wire       *wire.Chat
}

// Topic is a topic of a forum.
type Topic struct {
	chat    *Chat
	name    string
	created *Message
	closed  bool
}

// ID is the topic's message_thread_id.
func (t *Topic) ID() int { return t.created.id }

// Name is the topic's name.
func (t *Topic) Name() string { return t.name }

// ChatOption sets a property of a new chat.
type ChatOption func(*Chat)

// Public gives the chat a public @name: anyone can look in and press buttons.
func Public(username string) ChatOption { return func(c *Chat) { c.username = username } }

// NewGroup makes a basic group.
func (s *Sim) NewGroup(title string, owner *User, opts ...ChatOption) *Chat {
	return s.newChat(Group, title, owner, opts)
}

// NewSupergroup makes a supergroup.
func (s *Sim) NewSupergroup(title string, owner *User, opts ...ChatOption) *Chat {
	return s.newChat(Supergroup, title, owner, opts)
}

// NewForum makes a supergroup with topics.
func (s *Sim) NewForum(title string, owner *User, opts ...ChatOption) *Chat {
	return s.newChat(Supergroup, title, owner, append(opts, func(c *Chat) { c.forum = true }))
}

// NewChannel makes a channel.
func (s *Sim) NewChannel(title string, owner *User, opts ...ChatOption) *Chat {
	return s.newChat(Channel, title, owner, opts)
}

func (s *Sim) newChat(kind Kind, title string, owner *User, opts []ChatOption) *Chat {
	s.Lock()
	defer s.Unlock()
	c := s.makeChat(kind, title, opts)
	c.members[owner.id] = &member{account: owner.account, status: wire.Creator}
	switch kind {
	case Group:
		c.service(owner.account, &wire.Service{GroupChatCreated: true})
	case Supergroup:
		c.service(owner.account, &wire.Service{SupergroupChatCreated: true})
	case Channel:
		c.service(owner.account, &wire.Service{ChannelChatCreated: true})
	}
	s.Show()
	return c
}

func (s *Sim) makeChat(kind Kind, title string, opts []ChatOption) *Chat {
	c := &Chat{
		sim: s, kind: kind, title: title, perms: wire.AllPermissions(),
		members: map[int64]*member{}, bannedChats: map[int64]bool{},
		boxes: map[boxKey]*box{}, sent: map[int64]*rateWindow{}, came: map[*Bot]int{}, open: map[*Bot]bool{},
	}
	if kind == Group {
		s.lastGroup++
		c.id = -s.lastGroup
	} else {
		s.lastChat++
		c.id = -s.lastChat
	}
	for _, o := range opts {
		o(c)
	}
	c.wire = &wire.Chat{ID: c.id, Type: string(kind), Title: title, Username: c.username, IsForum: c.forum}
	s.claimUsername(c.username, c)
	s.byChatID[c.id] = c
	s.chats = append(s.chats, c)
	return c
}

// dialog returns the private chat of a user and a bot, making it if need be.
func (s *Sim) dialog(u *User, b *Bot) *Chat {
	if c := b.privates[u.id]; c != nil {
		return c
	}
	c := &Chat{
		sim: s, id: u.id, kind: Private, user: u, bot: b, title: u.Name() + " and " + b.Name(),
		perms: wire.AllPermissions(), members: map[int64]*member{}, bots: []*Bot{b},
		boxes: map[boxKey]*box{}, sent: map[int64]*rateWindow{}, came: map[*Bot]int{}, open: map[*Bot]bool{},
	}
	c.wire = &wire.Chat{ID: u.id, Type: string(Private), FirstName: u.first, LastName: u.last, Username: u.username}
	b.privates[u.id] = c
	s.chats = append(s.chats, c)
	return c
}

// ID is the chat's id as bots see it.
func (c *Chat) ID() int64 { return c.id }

// Title is the chat's title.
func (c *Chat) Title() string { return c.title }

// Kind is the chat's kind.
func (c *Chat) Kind() Kind { return c.kind }

// Username is the public name after the @, or "".
func (c *Chat) Username() string {
	c.sim.Lock()
	defer c.sim.Unlock()
	return c.username
}

// IsForum says whether the supergroup has topics.
func (c *Chat) IsForum() bool { return c.forum }

// group says whether the chat is a basic group or a supergroup.
func (c *Chat) group() bool { return c.kind == Group || c.kind == Supergroup }

// Topic opens a topic in a forum, in the owner's name.
func (c *Chat) Topic(name string) *Topic {
	c.sim.Lock()
	defer c.sim.Unlock()
	if !c.forum {
		panic("tgsim: topics need a forum")
	}
	t := &Topic{chat: c, name: name}
	m := c.newMessage(c.owner())
	m.topic = t
	m.service = &wire.Service{ForumTopicCreated: &wire.Topic{Name: name, IconColor: 7322096}}
	t.created = m
	c.topics = append(c.topics, t)
	c.post(m)
	return t
}

func (c *Chat) topic(id int) *Topic {
	i := slices.IndexFunc(c.topics, func(t *Topic) bool { return t.created.id == id })
	if i < 0 {
		return nil
	}
	return c.topics[i]
}

func (c *Chat) owner() *account {
	for _, m := range c.members {
		if m.status == wire.Creator {
			return m.account
		}
	}
	return nil
}

// MessageLink is the t.me link of a message of the chat.
func (c *Chat) MessageLink(id int) string {
	if name := c.Username(); name != "" {
		return fmt.Sprintf("https://t.me/%s/%d", name, id)
	}
	return fmt.Sprintf("https://t.me/c/%s/%d", strings.TrimPrefix(fmt.Sprint(c.id), "-100"), id)
}
