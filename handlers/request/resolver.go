package request

import (
	"context"
	"slices"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Messages are those that the bot remembers.
type Messages interface {
	SeenMessage(ctx context.Context, chat, message int64) (moderation.SeenMessage, bool, error)
	// Handle finds the person who was last seen with a @username.
	Handle(ctx context.Context, chat int64, username string) (person int64, found bool, err error)
}

// Resolver finds out who asks, and about whom.
type Resolver struct {
	find lookup.Lookup
	seen Messages
}

// NewResolver returns one that asks Telegram, and what the bot remembers.
func NewResolver(find lookup.Lookup, seen Messages) Resolver { return Resolver{find, seen} }

// Member asks Telegram who somebody is in a group at this moment.
func (s Resolver) Member(ctx context.Context, chat int64, u *wire.User) (moderation.Member, error) {
	who := moderation.Member{ID: u.ID, Language: u.Language}
	found, err := s.find.Member(ctx, chat, u.ID)
	if err != nil {
		return who, err
	}
	who.Present, who.Admin = found.InChat() && !u.Bot, found.Admin()
	who.Muted = found.Status == "restricted" && !found.CanSend
	who.Owner = found.Status == "creator"
	if who.Admin {
		who.Restrict, who.Delete = found.CanRestrict, found.CanDelete
		if !found.Anonymous {
			who.Name = view.FullName(u)
		}
	}
	return who, nil
}

// Glimpse finds out whether somebody is in a group, as Telegram said not long ago, and nothing of their rights. It is for
// what all members may do.
func (s Resolver) Glimpse(ctx context.Context, chat int64, u *wire.User) (moderation.Member, error) {
	there, err := s.find.Present(ctx, chat, u.ID)
	return moderation.Member{ID: u.ID, Language: u.Language, Present: there && !u.Bot}, err
}

// Anonymous is an admin who writes as the group. Telegram does not say which one, so they have the rights that all
// anonymous admins share.
func (s Resolver) Anonymous(ctx context.Context, chat int64) (moderation.Member, error) {
	found, err := s.find.Admins(ctx, chat)
	if err != nil {
		return moderation.Member{}, lookup.Unsure(ctx, err)
	}
	unknown := slices.DeleteFunc(found, func(m wire.Member) bool { return !m.Anonymous })
	without := func(may func(wire.Member) bool) bool {
		return len(unknown) == 0 || slices.ContainsFunc(unknown, func(m wire.Member) bool { return !may(m) })
	}
	return moderation.Member{
		Present: true, Admin: true,
		Restrict: !without(func(m wire.Member) bool { return m.CanRestrict }),
		Delete:   !without(func(m wire.Member) bool { return m.CanDelete }),
	}, nil
}

// FindRole asks Telegram whether the author of a message is an admin, unless the message itself
// shows what they are.
func (s Resolver) FindRole(ctx context.Context, chat int64, t *moderation.Target) error {
	if t.Role != moderation.RoleMember || t.Author.Channel {
		return nil
	}
	author, err := s.find.Member(ctx, chat, t.Author.ID)
	if err == nil && author.Admin() {
		t.Role = moderation.RoleAdmin
	}
	return err
}

// AsksRole reports whether Telegram has to be asked what the author of a message is: the message itself may show it.
func AsksRole(t *moderation.Target) bool { return t.Role == moderation.RoleMember && !t.Author.Channel }

// GlimpseRole does so for a report, with what Telegram said not long ago to the same reporter.
func (s Resolver) GlimpseRole(ctx context.Context, chat int64, t *moderation.Target, reporter int64) error {
	if !AsksRole(t) {
		return nil
	}
	admin, err := s.find.SeemsAdmin(ctx, chat, t.Author.ID, reporter)
	if err == nil && admin {
		t.Role = moderation.RoleAdmin
	}
	return err
}

// MessageTarget describes a message that somebody replied to.
func (s Resolver) MessageTarget(m *wire.Message) moderation.Target {
	t := moderation.Target{Message: m.ID, Album: m.Album, SentAt: m.Time()}
	if m.Topic {
		t.Thread = m.Thread
	}
	t.Author, t.Role = author(m)
	switch {
	case m.Service != wire.ServiceNone:
		t.Role = moderation.RoleService
	case m.From != nil && m.From.ID == s.find.Me().ID:
		t.Role = moderation.RoleBot
	}
	return t
}

// FindReplied finds the message of this group that a command replies to from another topic. Telegram then tells the
// number of that message and who wrote the original, which for a forwarded message is somebody else. So only a message
// that the bot saw counts.
func (s Resolver) FindReplied(ctx context.Context, cmd *Command) error {
	to := cmd.Message.External
	if to == nil || RepliesTo(cmd) != nil || to.Chat != cmd.Message.Chat.ID || to.MessageID == 0 {
		return nil
	}
	was, found, err := s.seen.SeenMessage(ctx, cmd.Message.Chat.ID, to.MessageID)
	if err == nil && found {
		m := *cmd.Message // the update's own is read by what was begun ahead of it
		m.ReplyTo = message(m.Chat, was)
		cmd.Message, cmd.Seen = &m, &was
	}
	return err
}
