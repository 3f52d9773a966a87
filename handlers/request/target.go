package request

import (
	"context"
	"slices"
	"strings"

	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Target is the member whom a command is about.
type Target struct {
	Target   moderation.Target // without a message if they were named
	Evidence moderation.Evidence
}

// Target finds out whom a command is about: who is named behind it, or else the author of the message that it replies to.
// Rest is what was typed beside the name. If it is nobody, or more than one, the error is a refusal.
func (s Resolver) Target(ctx context.Context, cmd *Command) (who Target, rest string, err error) {
	n := readNaming(cmd.Message, cmd.Args)
	id, at, err := s.one(ctx, cmd, n)
	switch {
	case err != nil:
		return who, "", err
	case at == nil:
		who, err = s.replied(ctx, cmd)
		return who, strings.Join(n.words, " "), err
	}
	if to := RepliesTo(cmd); to != nil && !s.MessageTarget(to).Author.Channel && s.MessageTarget(to).Author.ID == id {
		who, err = s.replied(ctx, cmd)
	} else {
		who, err = s.byID(ctx, cmd.Message.Chat.ID, id)
	}
	sure := cmd.Seen != nil && who.Target.Message != 0 || // of which no @username is kept
		who.Target.Role == moderation.RoleBot // which has more than one
	if err == nil && at.handle != "" && !sure && !strings.EqualFold(who.Evidence.Handle, at.handle) {
		err = &moderation.Refusal{Code: moderation.RefuseNobody} // it is somebody else's name by now
	}
	return who, n.without(*at), err
}

// one is the one person that a command names, and where; nil if it names nobody. A name among the words of a reason is
// whom the command is about only if nobody else could be.
func (s Resolver) one(ctx context.Context, cmd *Command, n naming) (id int64, at *reference, err error) {
	for i, r := range n.found {
		found, known, err := s.refers(ctx, cmd.Message.Chat.ID, r)
		switch {
		case err != nil:
			return 0, nil, err
		case !known && (n.leading(r) || RepliesTo(cmd) == nil && at == nil):
			return 0, nil, &moderation.Refusal{Code: moderation.RefuseNobody}
		case !known: // a channel or a site, in the words of a reason
		case at == nil:
			id, at = found, &n.found[i]
		case found != id:
			return 0, nil, &moderation.Refusal{Code: moderation.RefuseTwo}
		}
	}
	if to := RepliesTo(cmd); at != nil && to != nil && !n.leading(*at) {
		if by, _ := author(to); by.ID != id {
			return 0, nil, &moderation.Refusal{Code: moderation.RefuseTwo}
		}
	}
	return id, at, nil
}

// refers is whom a reference means. It says false for an @username that the bot has not seen in the group.
func (s Resolver) refers(ctx context.Context, chat int64, r reference) (id int64, known bool, err error) {
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

// replied is the author of the message that a command replies to.
func (s Resolver) replied(ctx context.Context, cmd *Command) (who Target, err error) {
	to := RepliesTo(cmd)
	if to == nil {
		return who, &moderation.Refusal{Code: moderation.RefuseNobody}
	}
	who.Target, who.Evidence = s.MessageTarget(to), cmd.Evidence(to)
	return who, s.FindRole(ctx, cmd.Message.Chat.ID, &who.Target)
}

// byID is somebody who was named, and not by a message of theirs.
func (s Resolver) byID(ctx context.Context, chat, id int64) (Target, error) {
	m, err := s.find.Member(ctx, chat, id)
	switch {
	case err != nil:
		return Target{}, err
	case m.User.ID != id:
		return Target{}, &moderation.Refusal{Code: moderation.RefuseNobody}
	}
	t := moderation.Target{Author: moderation.Author{ID: id, Bot: m.User.Bot, Language: m.User.Language}, Role: moderation.RoleMember}
	switch {
	case id == s.find.Me().ID:
		t.Role = moderation.RoleBot
	case m.Admin():
		t.Role = moderation.RoleAdmin
	}
	return Target{t, moderation.Evidence{Name: view.FullName(&m.User), Handle: m.User.Username}}, nil
}
