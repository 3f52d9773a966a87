package handlers

import (
	"context"
	"strconv"
	"strings"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// meant is whom an admin's command is about.
type meant struct {
	Target   moderation.Target // without a message if they were named
	Evidence moderation.Evidence
}

// whom finds out whom a command is about: the author of the message it replies to, or the first word
// after it, an @username that the bot has seen in the group or a numeric id. Rest is what was typed
// behind. If it is nobody the error is a refusal.
func (h *Handlers) whom(ctx context.Context, a *ask) (who meant, rest string, err error) {
	word, after, _ := strings.Cut(a.args, " ")
	switch id, named, err := h.named(ctx, a.m.Chat.ID, word); {
	case err != nil:
		return who, "", err
	case named:
		who, err = h.byID(ctx, a.m.Chat.ID, id)
		if handle, ok := strings.CutPrefix(word, "@"); err == nil && ok && !strings.EqualFold(who.Evidence.Handle, handle) {
			err = &moderation.Refusal{Code: moderation.RefuseNobody} // it is somebody else's name by now
		}
		return who, strings.TrimSpace(after), err
	}
	to := a.m.ReplyTo
	if to == nil || to.ID == 0 || to.Service == bot.ServiceTopicCreated {
		return who, "", &moderation.Refusal{Code: moderation.RefuseNobody}
	}
	who.Target, who.Evidence = h.target(to), evidence(to)
	return who, a.args, h.findRole(ctx, a.m.Chat.ID, &who.Target)
}

// shortestID is the length of the shortest number that is taken for somebody's id and not for a typing
// error of a time.
const shortestID = 5

// named reads a word that names somebody. One that should and does not is a refusal.
func (h *Handlers) named(ctx context.Context, chat int64, word string) (id int64, named bool, err error) {
	if handle, ok := strings.CutPrefix(word, "@"); ok {
		id, known, err := h.memory.Handle(ctx, chat, handle)
		if err == nil && !known {
			err = &moderation.Refusal{Code: moderation.RefuseNobody}
		}
		return id, true, err
	}
	id, err = strconv.ParseInt(word, 10, 64)
	if err != nil || len(word) < shortestID {
		return 0, false, nil
	}
	return id, true, nil
}

// byID is somebody who was named, and not by a message of theirs.
func (h *Handlers) byID(ctx context.Context, chat, id int64) (meant, error) {
	m, err := h.lookUp(ctx, chat, id)
	switch {
	case err != nil:
		return meant{}, err
	case m.User.ID != id:
		return meant{}, &moderation.Refusal{Code: moderation.RefuseNobody}
	}
	t := moderation.Target{Author: moderation.Author{ID: id, Bot: m.User.Bot, Language: m.User.Language}, Role: moderation.RoleMember}
	switch {
	case id == h.tg.Me().ID:
		t.Role = moderation.RoleBot
	case m.Admin():
		t.Role = moderation.RoleAdmin
	}
	return meant{t, moderation.Evidence{Name: fullName(&m.User), Handle: m.User.Username}}, nil
}
