package lookup

import (
	"context"
	"slices"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// LogChat is what Telegram says of a chat that is the log of a group.
type LogChat struct {
	Chat   wire.Chat
	Open   bool          // people can read it who were not let in
	Owned  bool          // Telegram says who owns it
	Others []wire.Member // its owner and those who may post or edit there, as far as they are no admins of the group
	Silent []wire.Member // other bots that read along there and are no admins of the group
	admins int           // of the group, bots included
}

// Trusted reports whether the log belongs to the admins of the group: they own it, and nobody else can post there as the chat
// itself, or edit what the bot wrote.
func (c LogChat) Trusted() bool { return c.Owned && len(c.Others) == 0 }

// Beyond is how many of the members of the log cannot be admins of the group, at the least.
func (c LogChat) Beyond(members int) int { return max(0, members-c.admins) }

// groupError is what Telegram answers to a question about the group, and not about its log.
type groupError struct{ error }

func (e groupError) Unwrap() error { return e.error }

// OfGroup reports whether an error of [Lookup.LogChat] is about the group, and not about its log.
func OfGroup(err error) bool {
	_, of := err.(groupError) //nolint:errorlint // it is as LogChat returns it
	return of
}

// LogChat asks Telegram about the log of a group, at this moment: who can read it, who owns it and who may post there, and who
// the admins of the group are. It asks side by side, and remembers nothing.
func (l Lookup) LogChat(ctx context.Context, group, log int64) (c LogChat, err error) {
	var there, here []wire.Member
	var failed error
	err = All(
		func() (err error) {
			c.Chat, c.Open, err = l.Readable(ctx, log)
			return err
		},
		func() (err error) {
			there, err = l.members(ctx, log)
			return err
		},
		func() error {
			here, failed = l.members(ctx, group)
			return nil
		},
	)
	switch {
	case err != nil:
		return c, err
	case failed != nil:
		return c, groupError{failed}
	}
	c.compare(there, here, l.Me().ID)
	return c, nil
}

// members are the admins of a chat, of which nobody is told: in its log somebody may be an admin who is none in the group.
func (l Lookup) members(ctx context.Context, chat int64) ([]wire.Member, error) {
	res, err := l.tg.Do(ctx, wire.GetChatAdministrators(chat))
	if err != nil {
		return nil, err
	}
	return res.Members()
}

// compare finds among the admins of the log those who are none in the group. The bot itself is one of neither.
func (c *LogChat) compare(log, group []wire.Member, me int64) {
	c.admins = 1
	for _, m := range group {
		if m.User.ID != me {
			c.admins++
		}
	}
	for _, m := range log {
		c.Owned = c.Owned || m.Status == "creator"
		switch {
		case m.User.ID == me || slices.ContainsFunc(group, func(g wire.Member) bool { return g.User.ID == m.User.ID }):
		case m.Status == "creator" || c.Chat.Type != "channel" || m.CanPost || m.CanEdit:
			c.Others = append(c.Others, m)
		case m.User.Bot:
			c.Silent = append(c.Silent, m)
		}
	}
}
