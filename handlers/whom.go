package handlers

import (
	"context"
	"slices"
	"strings"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// messages are those that the bot remembers.
type messages interface {
	Sighting(ctx context.Context, chat, message int64) (moderation.Sighting, bool, error)
	// Handle finds the person who was last seen with a @username.
	Handle(ctx context.Context, chat int64, username string) (person int64, found bool, err error)
}

// resolver finds out who asks, and about whom.
type resolver struct {
	find lookup.Lookup
	seen messages
}

// newResolver returns one that asks Telegram, and what the bot remembers.
func newResolver(find lookup.Lookup, seen messages) resolver { return resolver{find, seen} }

// meant is whom an admin's command is about.
type meant struct {
	Target   moderation.Target // without a message if they were named
	Evidence moderation.Evidence
}

// whom finds out whom a command is about: who is named behind it, or else the author of the message that it replies to.
// Rest is what was typed beside the name. If it is nobody, or more than one, the error is a refusal.
func (s resolver) whom(ctx context.Context, a *ask) (who meant, rest string, err error) {
	n := readNaming(a.m, a.args)
	id, at, err := s.one(ctx, a, n)
	switch {
	case err != nil:
		return who, "", err
	case at == nil:
		who, err = s.replied(ctx, a)
		return who, strings.Join(n.words, " "), err
	}
	if to := repliesTo(a); to != nil && !s.target(to).Author.Channel && s.target(to).Author.ID == id {
		who, err = s.replied(ctx, a)
	} else {
		who, err = s.byID(ctx, a.m.Chat.ID, id)
	}
	sure := a.seen != nil && who.Target.Message != 0 || // of which no @username is kept
		who.Target.Role == moderation.RoleBot // which has more than one
	if err == nil && at.handle != "" && !sure && !strings.EqualFold(who.Evidence.Handle, at.handle) {
		err = &moderation.Refusal{Code: moderation.RefuseNobody} // it is somebody else's name by now
	}
	return who, n.without(*at), err
}

// one is the one person that a command names, and where; nil if it names nobody. A name among the words of a reason is
// whom the command is about only if nobody else could be.
func (s resolver) one(ctx context.Context, a *ask, n naming) (id int64, at *reference, err error) {
	for i, r := range n.found {
		found, known, err := s.refers(ctx, a.m.Chat.ID, r)
		switch {
		case err != nil:
			return 0, nil, err
		case !known && (n.leading(r) || repliesTo(a) == nil && at == nil):
			return 0, nil, &moderation.Refusal{Code: moderation.RefuseNobody}
		case !known: // a channel or a site, in the words of a reason
		case at == nil:
			id, at = found, &n.found[i]
		case found != id:
			return 0, nil, &moderation.Refusal{Code: moderation.RefuseTwo}
		}
	}
	if to := repliesTo(a); at != nil && to != nil && !n.leading(*at) {
		if by, _ := author(to); by.ID != id {
			return 0, nil, &moderation.Refusal{Code: moderation.RefuseTwo}
		}
	}
	return id, at, nil
}

// refers is whom a reference means. It says false for an @username that the bot has not seen in the group.
func (s resolver) refers(ctx context.Context, chat int64, r reference) (id int64, known bool, err error) {
	me := s.find.Me()
	switch {
	case r.id != 0:
		return r.id, true, nil
	case r.handle == "":
		return 0, false, nil
	case slices.ContainsFunc(me.Names, func(name string) bool { return strings.EqualFold(r.handle, name) }):
		return me.ID, true, nil
	}
	return s.seen.Handle(ctx, chat, r.handle)
}

// repliesTo is the message that a command replies to; nil if there is none. In a topic it may be the topic's beginning,
// which is no reply.
func repliesTo(a *ask) *bot.Message {
	if to := a.m.ReplyTo; to != nil && to.ID != 0 && to.Service != bot.ServiceTopicCreated {
		return to
	}
	return nil
}

// replied is the author of the message that a command replies to.
func (s resolver) replied(ctx context.Context, a *ask) (who meant, err error) {
	to := repliesTo(a)
	if to == nil {
		return who, &moderation.Refusal{Code: moderation.RefuseNobody}
	}
	who.Target, who.Evidence = s.target(to), a.evidence(to)
	return who, s.findRole(ctx, a.m.Chat.ID, &who.Target)
}

// byID is somebody who was named, and not by a message of theirs.
func (s resolver) byID(ctx context.Context, chat, id int64) (meant, error) {
	m, err := s.find.Member(ctx, chat, id)
	switch {
	case err != nil:
		return meant{}, err
	case m.User.ID != id:
		return meant{}, &moderation.Refusal{Code: moderation.RefuseNobody}
	}
	t := moderation.Target{Author: moderation.Author{ID: id, Bot: m.User.Bot, Language: m.User.Language}, Role: moderation.RoleMember}
	switch {
	case id == s.find.Me().ID:
		t.Role = moderation.RoleBot
	case m.Admin():
		t.Role = moderation.RoleAdmin
	}
	return meant{t, moderation.Evidence{Name: view.FullName(&m.User), Handle: m.User.Username}}, nil
}
