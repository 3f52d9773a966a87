package people

import (
	"errors"
	"fmt"
	"slices"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/richtext"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/world"
)

// Command has the user send a command as a modern app does. It is ephemeral if the command list that applies to them
// says so and no other bot in the group has a command of that name, as on Android, or if it goes to the first bot that has it
// ephemerally, as on desktops. Otherwise all see it. A muted member's ephemeral command is let through; masks do not hold for
// ephemeral commands.
func Command(u *world.User, c *world.Chat, text string, opts ...SendOption) (*world.Message, error) {
	var o Sending
	for _, opt := range opts {
		opt(&o)
	}
	b := privately(u, c, text, o.Desktop)
	if b == nil || o.OldApp || u.World.Opts.NoEphemeralSupport {
		m, err := compose(u, c, text, opts)
		if err == nil {
			c.Post(m)
		}
		return m, err
	}
	if c.MigratedTo != nil || c.Deleted || !c.Member(u.Account).In() {
		return nil, fmt.Errorf("%s is not in %s", u.Name(), c.Title)
	}
	return whisper(u, c, b, text, o)
}

// privately decides, as the app does, which bot gets the command ephemerally;
// nil if it is to be sent to everybody.
func privately(u *world.User, c *world.Chat, text string, desktop bool) *world.Bot {
	name, to, ok := richtext.Command(text)
	if !ok || !c.Group() {
		return nil
	}
	var only *world.Bot
	ephemeral := false
	for _, b := range c.Bots {
		if to != "" && !b.Called(to) {
			continue
		}
		list := b.CommandsFor(c, u.Account)
		i := slices.IndexFunc(list, func(e wire.BotCommand) bool { return e.Command == name })
		if i < 0 {
			continue
		}
		if desktop && list[i].IsEphemeral {
			return b // the first
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
func Whisper(u *world.User, to *world.Message, text string) (*world.Message, error) {
	if !to.Ephemeral() || to.Deleted || to.Receiver != u.Account || to.Author.Bot == nil {
		return nil, errors.New("only a bot's ephemeral message to oneself can be answered so")
	}
	if !to.Chat.Member(u.Account).In() {
		return nil, fmt.Errorf("%s is not in %s", u.Name(), to.Chat.Title)
	}
	return whisper(u, to.Chat, to.Author.Bot, text, Sending{Reply: to})
}

// whisper delivers an ephemeral message to the bot. Inside a topic the app
// anchors it to the topic's first message and sends no thread id. A bot in
// privacy mode that is no administrator does not get the ordinary message
// replied to.
func whisper(u *world.User, c *world.Chat, b *world.Bot, text string, o Sending) (*world.Message, error) {
	m := c.NewMessage(u.Account)
	named, err := o.mentions(text)
	if err != nil {
		return nil, err
	}
	m.Text, m.Entities = text, richtext.WithFound(named, text)
	m.Receiver = b.Account
	switch {
	case o.Reply != nil && o.Topic != nil && o.Reply.Topic != o.Topic: // apps drop what is elsewhere
		m.Reply = o.Topic.Created
	case o.Reply != nil:
		if o.Reply.Chat != c || o.Reply.Deleted {
			return nil, errors.New("the message to reply to is not in this chat")
		}
		m.Reply = o.Reply
	case o.Topic != nil:
		m.Reply = o.Topic.Created
	}
	c.PostEphemeral(m, u.Account, b)
	w := m.Wire()
	if r := m.Reply; r != nil && !r.Ephemeral() && !c.ReadsIn(b) {
		w.ReplyToMessage = nil
	}
	b.Enqueue("message", wire.Encode(w), c.ID, world.DayTTL)
	return m, nil
}
