package tgsim

import (
	"errors"
	"fmt"
	"slices"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/richtext"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// privately decides, as the app does, which bot gets the command ephemerally;
// nil if it is to be sent to everybody.
func (u *User) privately(c *Chat, text string) *Bot {
	name, to, ok := richtext.Command(text)
	if !ok || !c.group() {
		return nil
	}
	var only *Bot
	ephemeral := false
	for _, b := range c.bots {
		if to != "" && !b.called(to) {
			continue
		}
		list := b.commandsFor(c, u.account)
		i := slices.IndexFunc(list, func(e wire.BotCommand) bool { return e.Command == name })
		if i < 0 {
			continue
		}
		if only != nil {
			return nil // two bots have it: apps then send it to everybody
		}
		only, ephemeral = b, list[i].IsEphemeral
	}
	if !ephemeral {
		return nil
	}
	return only
}

// Whisper has the user reply ephemerally to an ephemeral message of a bot.
// Those who are muted can do so too.
func (u *User) Whisper(to *Message, text string) (*Message, error) {
	u.sim.Lock()
	defer u.sim.Unlock()
	if !to.Ephemeral() || to.deleted || to.receiver != u.account || to.author.bot == nil {
		return nil, errors.New("only a bot's ephemeral message to oneself can be answered so")
	}
	if !to.chat.member(u.account).in() {
		return nil, fmt.Errorf("%s is not in %s", u.Name(), to.chat.title)
	}
	return u.whisper(to.chat, to.author.bot, text, sending{reply: to})
}

// whisper delivers an ephemeral message to the bot. Inside a topic the app
// anchors it to the topic's first message and sends no thread id. A bot in
// privacy mode that is no administrator does not get the ordinary message
// replied to.
func (u *User) whisper(c *Chat, b *Bot, text string, o sending) (*Message, error) {
	m := c.newMessage(u.account)
	named, err := o.mentions(text)
	if err != nil {
		return nil, err
	}
	m.text, m.entities = text, richtext.WithFound(named, text)
	m.receiver = b.account
	switch {
	case o.reply != nil && o.topic != nil && o.reply.topic != o.topic: // apps drop what is elsewhere
		m.reply = o.topic.created
	case o.reply != nil:
		if o.reply.chat != c || o.reply.deleted {
			return nil, errors.New("the message to reply to is not in this chat")
		}
		m.reply = o.reply
	case o.topic != nil:
		m.reply = o.topic.created
	}
	c.postEphemeral(m, u.account, b)
	w := m.wire()
	if r := m.reply; r != nil && !r.Ephemeral() && !c.readsIn(b) {
		w.ReplyToMessage = nil
	}
	b.enqueue("message", wire.Encode(w), c.id, dayTTL)
	return m, nil
}
