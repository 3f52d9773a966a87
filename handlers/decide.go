package handlers

import (
	"context"
	"fmt"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// uphold is /uphold: in reply to the reported message, or with the case's id.
func (h cases) uphold(ctx context.Context, a *request.Command) ([]bot.Call, error) {
	return h.decide(ctx, a, moderation.Upheld)
}

// dismiss is /dismiss.
func (h cases) dismiss(ctx context.Context, a *request.Command) ([]bot.Call, error) {
	return h.decide(ctx, a, moderation.Dismissed)
}

func (h cases) decide(ctx context.Context, a *request.Command, v moderation.Verdict) ([]bot.Call, error) {
	key := moderation.Key{Update: a.Update, Chat: a.Message.Chat.ID}
	to := a.Message.ReplyTo
	replies := to != nil && to.ID != 0 && to.Service == bot.ServiceNone
	if v == moderation.Upheld && a.Args != "" {
		return h.upholdUnder(ctx, a, key, replies)
	}
	switch {
	case a.Args != "":
		key.Case = request.CaseID(a.Args)
	case replies:
		key.Message, key.Album = to.ID, to.Album
	default:
		return h.say(ctx, a, "refuse."+string(moderation.RefuseNoCase), nil)
	}
	id, err := h.court.Decide(ctx, key, a.Who, v)
	if v == moderation.Upheld {
		return h.upheld(ctx, a, id, err)
	}
	return a.Reply(a.Printer.Text("decide."+string(v), locale.Args{"case": id}), nil, err)
}

// upholdUnder is /uphold with a rule, or with a case id that a rule may follow.
func (h cases) upholdUnder(ctx context.Context, a *request.Command, key moderation.Key, replies bool) ([]bot.Call, error) {
	chat := a.Group
	rule, _, named := request.ListedRule(chat.Book, a.Args)
	if replies && named {
		key.Message, key.Album = a.Message.ReplyTo.ID, a.Message.ReplyTo.Album
	} else {
		_, typed := request.CutWord(a.Args)
		key.Case = request.CaseID(a.Args)
		if rule, _, named = request.ListedRule(chat.Book, typed); !named && typed != "" {
			return h.sayUnknown(ctx, a, chat.Book, typed)
		}
	}
	id, err := h.court.Uphold(ctx, key, a.Who, rule)
	return h.upheld(ctx, a, id, err)
}

// upheld says that a case is upheld, and which right its penalty waits for.
func (h cases) upheld(ctx context.Context, a *request.Command, id string, err error) ([]bot.Call, error) {
	if err != nil {
		return a.Reply("", nil, err)
	}
	cs, err := h.memory.Case(ctx, a.Message.Chat.ID, id)
	if err != nil {
		return nil, fmt.Errorf("look at what was upheld: %w", err)
	}
	needed := append(neededFor(cs.Penalty, request.KindOf(&a.Message.Chat)), moderation.RightDelete)
	if missing := h.lacking(ctx, a.Printer, a.Group, needed...); missing != "" {
		return a.Reply(a.Printer.Text("decide.upheld_waits", locale.Args{"case": id, "right": missing}), nil, nil)
	}
	return a.Reply(a.Printer.Text("decide.upheld", locale.Args{"case": id}), nil, nil)
}
