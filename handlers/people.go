package handlers

import (
	"context"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// member asks Telegram who somebody is in a group at this moment.
func (s resolver) member(ctx context.Context, chat int64, u *bot.User) (moderation.Member, error) {
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

// anonymous is an admin who writes in the group's name. Telegram does not say which, so they have the
// rights that all anonymous admins have.
func (s resolver) anonymous(ctx context.Context, chat int64) (moderation.Member, error) {
	found, err := s.find.Admins(ctx, chat)
	if err != nil {
		return moderation.Member{}, lookup.Unsure(ctx, err)
	}
	unknown := slices.DeleteFunc(found, func(m bot.Member) bool { return !m.Anonymous })
	without := func(may func(bot.Member) bool) bool {
		return len(unknown) == 0 || slices.ContainsFunc(unknown, func(m bot.Member) bool { return !may(m) })
	}
	return moderation.Member{
		Present: true, Admin: true,
		Restrict: !without(func(m bot.Member) bool { return m.CanRestrict }),
		Delete:   !without(func(m bot.Member) bool { return m.CanDelete }),
	}, nil
}

// both looks up the one who reports, unless that is nil, and what the author is, side by side; and beside them how many
// members the group has, if it is time for that.
func (h *Handlers) both(ctx context.Context, chat moderation.Chat, reporter *bot.User, t *moderation.Target) (moderation.Member, error) {
	var who moderation.Member
	var g errgroup.Group
	if reporter != nil {
		g.Go(func() (err error) {
			who, err = h.resolve.member(ctx, chat.ID, reporter)
			return err
		})
	}
	g.Go(func() error { return h.resolve.findRole(ctx, chat.ID, t) })
	g.Go(func() error {
		h.glimpseSize(ctx, chat)
		return nil
	})
	err := g.Wait()
	return who, err
}

// findRole asks Telegram whether the author of a message is an admin, unless the message itself
// shows what they are.
func (s resolver) findRole(ctx context.Context, chat int64, t *moderation.Target) error {
	if t.Role != moderation.RoleMember || t.Author.Channel {
		return nil
	}
	author, err := s.find.Member(ctx, chat, t.Author.ID)
	if err == nil && author.Admin() {
		t.Role = moderation.RoleAdmin
	}
	return err
}

// author is who wrote a message, and what the message itself shows of their role. Whoever speaks
// through a channel or as the group is known by that alone: the user that Telegram gives is a
// stand-in that all of them share. What a bot answers that is no member, whoever called it has written.
func author(m *bot.Message) (moderation.Author, moderation.Role) {
	user, chat := m.Writer()
	switch {
	case chat != nil && m.AutomaticForward:
		return moderation.Author{ID: chat.ID, Channel: true}, moderation.RoleLinked
	case chat != nil && chat.ID == m.Chat.ID: // an anonymous admin
		return moderation.Author{ID: chat.ID, Channel: true}, moderation.RoleAdmin
	case chat != nil:
		return moderation.Author{ID: chat.ID, Channel: true}, moderation.RoleMember
	case user != nil:
		return moderation.Author{ID: user.ID, Bot: user.Bot, Language: user.Language}, moderation.RoleMember
	default:
		return moderation.Author{}, moderation.RoleService
	}
}

// target is the message that somebody replied to.
func (s resolver) target(m *bot.Message) moderation.Target {
	t := moderation.Target{Message: m.ID, Album: m.Album, SentAt: m.Time()}
	if m.Topic {
		t.Thread = m.Thread
	}
	t.Author, t.Role = author(m)
	switch {
	case m.Service != bot.ServiceNone:
		t.Role = moderation.RoleService
	case m.From != nil && m.From.ID == s.find.Me().ID:
		t.Role = moderation.RoleBot
	}
	return t
}
