package handlers

import (
	"context"
	"fmt"
	"strings"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// uphold is /uphold: in reply to the reported message, or with the case's id.
func (h *Handlers) uphold(ctx context.Context, a *ask) ([]bot.Call, error) {
	return h.decide(ctx, a, moderation.Upheld)
}

// dismiss is /dismiss.
func (h *Handlers) dismiss(ctx context.Context, a *ask) ([]bot.Call, error) {
	return h.decide(ctx, a, moderation.Dismissed)
}

func (h *Handlers) decide(ctx context.Context, a *ask, v moderation.Verdict) ([]bot.Call, error) {
	key := moderation.Key{Update: a.update, Chat: a.m.Chat.ID}
	to := a.m.ReplyTo
	replies := to != nil && to.ID != 0 && to.Service == bot.ServiceNone
	if v == moderation.Upheld && a.args != "" {
		return h.upholdUnder(ctx, a, key, replies)
	}
	switch {
	case a.args != "":
		key.Case = caseID(a.args)
	case replies:
		key.Message, key.Album = to.ID, to.Album
	default:
		return h.say(ctx, a, "refuse."+string(moderation.RefuseNoCase), nil)
	}
	id, err := h.court.Decide(ctx, key, a.who, v)
	if v == moderation.Upheld {
		return h.upheld(ctx, a, id, err)
	}
	return a.reply(a.printer.Text("decide."+string(v), locale.Args{"case": id}), nil, err)
}

// upholdUnder is /uphold with a rule in reply, or with an id, and perhaps a rule behind it.
func (h *Handlers) upholdUnder(ctx context.Context, a *ask, key moderation.Key, replies bool) ([]bot.Call, error) {
	chat, err := h.memory.Chat(ctx, a.m.Chat.ID)
	if err != nil {
		return nil, err
	}
	rule, _, named := listedRule(chat.Book, a.args)
	if replies && named {
		key.Message, key.Album = a.m.ReplyTo.ID, a.m.ReplyTo.Album
	} else {
		_, typed := cutWord(a.args)
		key.Case = caseID(a.args)
		if rule, _, named = listedRule(chat.Book, typed); !named && typed != "" {
			return h.sayUnknown(ctx, a, chat.Book, typed)
		}
	}
	id, err := h.court.Uphold(ctx, key, a.who, rule)
	return h.upheld(ctx, a, id, err)
}

// upheld answers that a case is upheld, and which right is missing for what it brings.
func (h *Handlers) upheld(ctx context.Context, a *ask, id string, err error) ([]bot.Call, error) {
	if err != nil {
		return a.reply("", nil, err)
	}
	cs, err := h.memory.Case(ctx, a.m.Chat.ID, id)
	if err != nil {
		return nil, fmt.Errorf("look at what was upheld: %w", err)
	}
	needed := append(neededFor(cs.Penalty, kindOf(&a.m.Chat)), moderation.RightDelete)
	missing, err := h.lacking(ctx, a.printer, a.m.Chat.ID, needed...)
	if err == nil && missing != "" {
		return a.reply(a.printer.Text("decide.upheld_waits", locale.Args{"case": id, "right": missing}), nil, nil)
	}
	return a.reply(a.printer.Text("decide.upheld", locale.Args{"case": id}), nil, err)
}

// caseID reads a case's id as people type it: in any case, with a sign before it, and with the
// letters that Crockford's alphabet leaves out for the digits they look like.
func caseID(typed string) string {
	words := strings.Fields(typed)
	if len(words) == 0 {
		return ""
	}
	word := strings.ToUpper(strings.Trim(words[0], "#.,"))
	return strings.NewReplacer("O", "0", "I", "1", "L", "1").Replace(word)
}
