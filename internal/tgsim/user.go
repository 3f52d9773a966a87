package tgsim

import (
	"context"
	"fmt"
	"slices"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/people"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/world"
)

// SetOffline decides whether the user's apps are away. Ephemeral messages
// sent meanwhile never reach them, though the bot is told that they did.
func (u *User) SetOffline(offline bool) {
	u.sim.lock()
	defer u.sim.unlock()
	u.user.Offline = offline
}

// SetUsername gives the user another public @name, or none with "". Updates
// carry it from then on.
func (u *User) SetUsername(name string) {
	u.sim.lock()
	defer u.sim.unlock()
	people.SetUsername(u.user, name)
}

// SetName gives the user another first and last name, which updates carry from
// then on. A deleted account has an empty one.
func (u *User) SetName(first, last string) {
	u.sim.lock()
	defer u.sim.unlock()
	people.SetName(u.user, first, last)
}

// HideNames decides whether forwards of the user's messages carry a name only, as [HideForwards] does from the beginning.
func (u *User) HideNames(hide bool) {
	u.sim.lock()
	defer u.sim.unlock()
	u.user.HideNames = hide
}

// Send has the user write a public message. It fails where Telegram would
// not let them write.
func (u *User) Send(c *Chat, text string, opts ...SendOption) (*Message, error) {
	u.sim.lock()
	defer u.sim.unlock()
	return u.sent(people.Send(u.user, c.chat, text, opts...))
}

// sent is the handle of what was sent.
func (u *User) sent(m *world.Message, err error) (*Message, error) { return u.sim.message(m), err }

// SendAlbum sends photos as an album, one for each caption.
func (u *User) SendAlbum(c *Chat, captions []string, opts ...SendOption) ([]*Message, error) {
	u.sim.lock()
	defer u.sim.unlock()
	album, err := people.SendAlbum(u.user, c.chat, captions, opts...)
	return handles(album, u.sim.message), err
}

// Forward has the user forward a message into a chat, such as a Dialog.
func (u *User) Forward(m *Message, to *Chat) (*Message, error) {
	u.sim.lock()
	defer u.sim.unlock()
	return u.sent(people.Forward(u.user, m.message, to.chat))
}

// ForwardAlbum has the user forward messages together, which then are an album.
func (u *User) ForwardAlbum(album []*Message, to *Chat) ([]*Message, error) {
	u.sim.lock()
	defer u.sim.unlock()
	originals := make([]*world.Message, len(album))
	for i, m := range album {
		originals[i] = m.message
	}
	copies, err := people.ForwardAlbum(u.user, originals, to.chat)
	return handles(copies, u.sim.message), err
}

// Command has the user send a command as a modern app does. It is ephemeral if the command list that applies to them
// says so and no other bot in the group has a command of that name. Otherwise all see it. A muted member's ephemeral
// command is let through; masks do not hold for ephemeral commands.
func (u *User) Command(c *Chat, text string, opts ...SendOption) (*Message, error) {
	u.sim.lock()
	defer u.sim.unlock()
	return u.sent(people.Command(u.user, c.chat, text, opts...))
}

// Whisper has the user reply ephemerally to an ephemeral message of a bot.
// Those who are muted can do so too.
func (u *User) Whisper(to *Message, text string) (*Message, error) {
	u.sim.lock()
	defer u.sim.unlock()
	return u.sent(people.Whisper(u.user, to.message, text))
}

// CallGuest has the user call a bot that need not be a member. Its answer, with
// the text, stands in the chat as the bot's message, and names who called it.
func (u *User) CallGuest(c *Chat, b *Bot, text string, opts ...SendOption) (*Message, error) {
	u.sim.lock()
	defer u.sim.unlock()
	return u.sent(people.CallGuest(u.user, c.chat, b.bot, text, opts...))
}

// Edit has the user change the text of their own message.
func (u *User) Edit(m *Message, text string) error {
	u.sim.lock()
	defer u.sim.unlock()
	return people.Edit(u.user, m.message, text)
}

// Delete has the user delete a message: their own, or anyone's with the
// right to. Bots learn nothing of it.
func (u *User) Delete(m *Message) error {
	u.sim.lock()
	defer u.sim.unlock()
	return people.Delete(u.user, m.message)
}

// Press presses the first button of the message whose label begins with the
// given text. A button that links to a bot's start parameter opens it.
func (u *User) Press(m *Message, label string, opts ...PressOption) (*Press, error) {
	u.sim.lock()
	defer u.sim.unlock()
	p, err := people.Press(u.user, m.message, label, opts...)
	return u.sim.press(p), err
}

// PressRaw sends callback data that need not be on any button, as a forged
// client can.
func (u *User) PressRaw(m *Message, data string, opts ...PressOption) (*Press, error) {
	u.sim.lock()
	defer u.sim.unlock()
	p, err := people.PressRaw(u.user, m.message, data, opts...)
	return u.sim.press(p), err
}

// Open has the user follow a t.me link. One to a bot's start parameter opens the private chat with it. One that invites
// into a chat, or that is a chat's public name, has the user join. One to a message must lead to one that the user can
// see.
func (u *User) Open(link string) error {
	u.sim.lock()
	defer u.sim.unlock()
	return people.Open(u.user, link)
}

// AddByLink has the user follow a link that adds a bot to a group, and choose that group. With writes their app sends /start there,
// though the link has no parameter.
func (u *User) AddByLink(c *Chat, link string, writes bool) error {
	u.sim.lock()
	defer u.sim.unlock()
	return people.AddByLink(u.user, c.chat, link, writes)
}

// Start opens the private chat with the bot, with a start parameter or "".
func (u *User) Start(b *Bot, payload string) (*Message, error) {
	u.sim.lock()
	defer u.sim.unlock()
	return u.sent(people.Start(u.user, b.bot, payload))
}

// SendPrivate writes to the bot in private.
func (u *User) SendPrivate(b *Bot, text string, opts ...SendOption) (*Message, error) {
	u.sim.lock()
	defer u.sim.unlock()
	return u.sent(people.SendPrivate(u.user, b.bot, text, opts...))
}

// Dialog is the user's private chat with the bot. Asking for it opens it.
func (u *User) Dialog(b *Bot) *Chat {
	u.sim.lock()
	defer u.sim.unlock()
	return u.sim.chat(u.sim.world.Dialog(u.user, b.bot))
}

// Block has the user block the bot.
func (u *User) Block(b *Bot) {
	u.sim.lock()
	defer u.sim.unlock()
	people.Block(u.user, b.bot)
}

// Unblock has the user unblock the bot.
func (u *User) Unblock(b *Bot) {
	u.sim.lock()
	defer u.sim.unlock()
	people.Unblock(u.user, b.bot)
}

// Menu is the command list that the user's app shows for the bot in the
// chat.
func (u *User) Menu(chat *Chat, b *Bot) []BotCommand {
	u.sim.lock()
	defer u.sim.unlock()
	return slices.Clone(b.bot.CommandsFor(chat.chat, u.user.Account))
}

// Toasts are all toasts and alerts that the user was shown.
func (u *User) Toasts() []Toast {
	u.sim.lock()
	defer u.sim.unlock()
	return append([]Toast(nil), u.user.Toasts...)
}

// Sees is everything that the user can see in the chat now, in order: its
// messages, and the ephemeral ones that they sent or were sent.
func (u *User) Sees(c *Chat) []Item {
	u.sim.lock()
	defer u.sim.unlock()
	return u.items(people.Sees(u.user, c.chat))
}

// Private is what the user sees in the private chat with the bot.
func (u *User) Private(b *Bot) []Item {
	u.sim.lock()
	defer u.sim.unlock()
	return u.items(people.Private(u.user, b.bot))
}

func (u *User) items(list []people.Item) []Item {
	if list == nil {
		return nil
	}
	return handles(list, u.sim.item)
}

// Find returns the last message that the user sees in the chat and whose
// text contains part; nil if there is none.
func (u *User) Find(c *Chat, part string) *Message {
	u.sim.lock()
	defer u.sim.unlock()
	return u.sim.message(people.Find(u.user, c.chat, part))
}

// FindPrivate is Find in the private chat with the bot.
func (u *User) FindPrivate(b *Bot, part string) *Message {
	u.sim.lock()
	defer u.sim.unlock()
	return u.sim.message(people.FindPrivate(u.user, b.bot, part))
}

// WaitFind waits until Find finds a message.
func (u *User) WaitFind(ctx context.Context, c *Chat, part string) (*Message, error) {
	var found *Message
	err := u.sim.Wait(ctx, func() bool {
		found = u.Find(c, part)
		return found != nil
	})
	if err != nil {
		return nil, fmt.Errorf("%s does not see %q in %s: %w", u.Name(), part, c.Title(), err)
	}
	return found, nil
}
