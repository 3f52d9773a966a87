package tgsim

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/people"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/world"
)

// Chat is a group, a channel or somebody's private dialog with a bot.
type Chat struct {
	sim  *Sim
	chat *world.Chat
}

// chat is the handle of a chat, or nil.
func (s *Sim) chat(c *world.Chat) *Chat {
	if c == nil {
		return nil
	}
	if h, ok := c.Handle.(*Chat); ok {
		return h
	}
	h := &Chat{sim: s, chat: c}
	c.Handle = h
	return h
}

// ID is the chat's id as bots see it.
func (c *Chat) ID() int64 { return c.chat.ID }

// Title is the chat's title.
func (c *Chat) Title() string { return c.chat.Title }

// Kind is the chat's kind.
func (c *Chat) Kind() Kind { return c.chat.Kind }

// IsForum says whether the supergroup has topics.
func (c *Chat) IsForum() bool { return c.chat.Forum }

// Username is the public name after the @, or "".
func (c *Chat) Username() string {
	c.sim.lock()
	defer c.sim.unlock()
	return c.chat.Username
}

// MessageLink is the t.me link of a message of the chat.
func (c *Chat) MessageLink(id int) string {
	c.sim.lock()
	defer c.sim.unlock()
	return c.chat.MessageLink(id)
}

// Message returns the ordinary message with the id, or nil if there is none
// any more.
func (c *Chat) Message(id int) *Message {
	c.sim.lock()
	defer c.sim.unlock()
	return c.sim.message(c.chat.History.Get(id))
}

// Members lists who is in the chat, in order of their ids.
func (c *Chat) Members() []Account {
	c.sim.lock()
	defer c.sim.unlock()
	return handles(people.Members(c.chat), c.sim.account)
}

// Status is the account's status in the chat at this moment.
func (c *Chat) Status(a Account) MemberInfo {
	c.sim.lock()
	defer c.sim.unlock()
	return people.Status(c.chat, a.acc())
}

// CanSee says whether the user can look into the chat now: as a member, or
// because it is public and they are not banned.
func (c *Chat) CanSee(u *User) bool {
	c.sim.lock()
	defer c.sim.unlock()
	return c.chat.LookedInBy(u.user)
}

// RecentActions is what the administrator reads there, oldest first.
func (c *Chat) RecentActions(admin *User) ([]RecentAction, error) {
	c.sim.lock()
	defer c.sim.unlock()
	list, err := people.RecentActions(c.chat, admin.user)
	return handles(list, c.sim.recentAction), err
}

// Add brings a user or a bot into the chat, in the owner's name.
func (c *Chat) Add(accounts ...Account) {
	c.sim.lock()
	defer c.sim.unlock()
	people.Add(c.chat, handles(accounts, Account.acc)...)
}

// Join has users come in by themselves; banned ones can't.
func (c *Chat) Join(users ...*User) error {
	c.sim.lock()
	defer c.sim.unlock()
	return people.Join(c.chat, handles(users, func(u *User) *world.User { return u.user })...)
}

// Leave has the user go.
func (c *Chat) Leave(u *User) {
	c.sim.lock()
	defer c.sim.unlock()
	people.Leave(c.chat, u.user)
}

// Kick has the owner ban the account for ever.
func (c *Chat) Kick(a Account) { c.Ban(a, time.Time{}) }

// Ban has the owner ban the account until a time, zero for ever.
func (c *Chat) Ban(a Account, until time.Time) {
	c.sim.lock()
	defer c.sim.unlock()
	people.Ban(c.chat, a.acc(), until)
}

// DeleteFrom has the owner delete all that the account wrote in its own name,
// as apps offer to do with a ban. Bots learn nothing of it.
func (c *Chat) DeleteFrom(a Account) {
	c.sim.lock()
	defer c.sim.unlock()
	people.DeleteFrom(c.chat, a.acc())
}

// Unban has the owner lift a ban; the account is not in the chat then.
func (c *Chat) Unban(a Account) {
	c.sim.lock()
	defer c.sim.unlock()
	people.Unban(c.chat, a.acc())
}

// Restrict has the owner restrict the account until a time, zero for ever;
// AllPermissions lifts it.
func (c *Chat) Restrict(a Account, p Permissions, until time.Time) {
	c.sim.lock()
	defer c.sim.unlock()
	people.Restrict(c.chat, a.acc(), p, until)
}

// Promote has the owner make the account an administrator.
func (c *Chat) Promote(a Account, r Rights) {
	c.sim.lock()
	defer c.sim.unlock()
	people.Promote(c.chat, a.acc(), r)
}

// Give has the owner make another member the owner. They stay as an administrator with all rights.
func (c *Chat) Give(to *User) {
	c.sim.lock()
	defer c.sim.unlock()
	people.Give(c.chat, to.user.Account)
}

// Demote has the owner make an administrator an ordinary member again.
func (c *Chat) Demote(a Account) {
	c.sim.lock()
	defer c.sim.unlock()
	people.Demote(c.chat, a.acc())
}

// BanChannel keeps a channel from posting, as the owner. Bots are told nothing of it.
func (c *Chat) BanChannel(channel *Chat) {
	c.sim.lock()
	defer c.sim.unlock()
	c.chat.BannedChats[channel.chat.ID] = true
}

// UnbanChannel lifts a ban of a channel's posts, as the owner.
func (c *Chat) UnbanChannel(channel *Chat) {
	c.sim.lock()
	defer c.sim.unlock()
	delete(c.chat.BannedChats, channel.chat.ID)
}

// ChannelBanned says whether the channel may not post in the chat.
func (c *Chat) ChannelBanned(channel *Chat) bool {
	c.sim.lock()
	defer c.sim.unlock()
	return c.chat.BannedChats[channel.chat.ID]
}

// Topic opens a topic in a forum, in the owner's name.
func (c *Chat) Topic(name string) *Topic {
	c.sim.lock()
	defer c.sim.unlock()
	return &Topic{sim: c.sim, topic: people.OpenTopic(c.chat, name)}
}

// CloseGeneral closes the topic of a forum that has no number.
func (c *Chat) CloseGeneral() { c.setGeneralClosed(true) }

// ReopenGeneral lets everybody write in General again.
func (c *Chat) ReopenGeneral() { c.setGeneralClosed(false) }

func (c *Chat) setGeneralClosed(closed bool) {
	c.sim.lock()
	defer c.sim.unlock()
	c.chat.SetGeneralClosed(closed)
}

// DirectMessages is where people write to the channel in private. Bots that
// administer the channel see it as a supergroup with is_direct_messages. Each
// person reads a topic of their own, the channel's administrators all of them.
func (c *Chat) DirectMessages() *Chat {
	c.sim.lock()
	defer c.sim.unlock()
	return c.sim.chat(people.DirectMessages(c.chat))
}

// Migrate upgrades a basic group to a supergroup and returns that: members,
// administrators and bots come along, messages do not, and message ids start
// again.
func (c *Chat) Migrate() *Chat {
	c.sim.lock()
	defer c.sim.unlock()
	return c.sim.chat(people.Migrate(c.chat))
}

// Link makes the supergroup the discussion group of the channel: the
// channel's posts are forwarded into it.
func (c *Chat) Link(channel *Chat) {
	c.sim.lock()
	defer c.sim.unlock()
	people.Link(c.chat, channel.chat)
}

// SetPermissions sets what all members may do by default.
func (c *Chat) SetPermissions(p Permissions) {
	c.sim.lock()
	defer c.sim.unlock()
	c.chat.Perms = p
}

// SetUsername makes the chat public under a name, or private with "". Nobody
// is told.
func (c *Chat) SetUsername(name string) {
	c.sim.lock()
	defer c.sim.unlock()
	people.SetChatUsername(c.chat, name)
}

// Delete has the owner delete the group or channel: nobody sees it any more.
// Bots are not told; their calls fail from then on.
func (c *Chat) Delete() {
	c.sim.lock()
	defer c.sim.unlock()
	people.DeleteChat(c.chat)
}

// Topic is a topic of a forum.
type Topic struct {
	sim   *Sim
	topic *world.Topic
}

// ID is the topic's message_thread_id.
func (t *Topic) ID() int { return t.topic.ID() }

// Name is the topic's name.
func (t *Topic) Name() string { return t.topic.Name }

// Close closes the topic, in the owner's name: only administrators who may
// manage topics can write there.
func (t *Topic) Close() { t.setClosed(true) }

// Reopen lets everybody write in the topic again.
func (t *Topic) Reopen() { t.setClosed(false) }

func (t *Topic) setClosed(closed bool) {
	t.sim.lock()
	defer t.sim.unlock()
	t.topic.SetClosed(closed)
}
