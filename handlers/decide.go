package handlers

import (
	"context"
	"fmt"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// uphold is /uphold: in reply to the reported message, or with the case's id.
func (h cases) uphold(ctx context.Context, cmd *request.Command) ([]wire.Call, error) {
	return h.decide(ctx, cmd, moderation.Upheld)
}

// dismiss is /dismiss.
func (h cases) dismiss(ctx context.Context, cmd *request.Command) ([]wire.Call, error) {
	return h.decide(ctx, cmd, moderation.Dismissed)
}

func (h cases) decide(ctx context.Context, cmd *request.Command, v moderation.Verdict) ([]wire.Call, error) {
	key := moderation.Key{Update: cmd.Update, Chat: cmd.Message.Chat.ID}
	to := cmd.Message.ReplyTo
	replies := to != nil && to.ID != 0 && to.Service == wire.ServiceNone
	if v == moderation.Upheld && cmd.Args != "" {
		return h.upholdUnder(ctx, cmd, key, replies)
	}
	switch {
	case cmd.Args != "":
		key.Case = request.CaseID(cmd.Args)
	case replies:
		key.Message, key.Album = to.ID, to.Album
	default:
		return h.say(ctx, cmd, "refuse."+string(moderation.RefuseNoCase), nil)
	}
	id, err := h.court.Decide(ctx, key, cmd.Who, v)
	if v == moderation.Upheld {
		return h.upheld(ctx, cmd, id, err)
	}
	return cmd.Reply(cmd.Printer.Text("decide."+string(v), locale.Args{"case": id}), nil, err)
}

// upholdUnder is /uphold with a rule, or with a case id that a rule may follow.
func (h cases) upholdUnder(ctx context.Context, cmd *request.Command, key moderation.Key, replies bool) ([]wire.Call, error) {
	chat := cmd.Group
	rule, _, named := request.ListedRule(chat.Book, cmd.Args)
	if replies && named {
		key.Message, key.Album = cmd.Message.ReplyTo.ID, cmd.Message.ReplyTo.Album
	} else {
		_, typed := request.CutWord(cmd.Args)
		key.Case = request.CaseID(cmd.Args)
		if rule, _, named = request.ListedRule(chat.Book, typed); !named && typed != "" {
			return h.sayUnknown(ctx, cmd, chat.Book, typed)
		}
	}
	id, err := h.court.Uphold(ctx, key, cmd.Who, rule)
	return h.upheld(ctx, cmd, id, err)
}

// upheld says that a case is upheld, and which right its penalty waits for.
func (h cases) upheld(ctx context.Context, cmd *request.Command, id string, err error) ([]wire.Call, error) {
	if err != nil {
		return cmd.Reply("", nil, err)
	}
	cs, err := h.store.Case(ctx, cmd.Message.Chat.ID, id)
	if err != nil {
		return nil, fmt.Errorf("look at what was upheld: %w", err)
	}
	needed := append(neededFor(cs.Penalty, request.KindOf(&cmd.Message.Chat)), moderation.RightDelete)
	if missing := h.lacking(ctx, cmd.Printer, cmd.Group, needed...); missing != "" {
		return cmd.Reply(cmd.Printer.Text("decide.upheld_waits", locale.Args{"case": id, "right": missing}), nil, nil)
	}
	return cmd.Reply(cmd.Printer.Text("decide.upheld", locale.Args{"case": id}), nil, nil)
}
