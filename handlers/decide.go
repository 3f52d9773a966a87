package handlers

import (
	"context"
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
	switch {
	case a.args != "":
		key.Case = caseID(a.args)
	case to != nil && to.ID != 0 && to.Service == bot.ServiceNone:
		key.Message, key.Album = to.ID, to.Album
	default:
		return h.say(ctx, a, "refuse."+string(moderation.RefuseNoCase), nil)
	}
	id, err := h.court.Decide(ctx, key, a.who, v)
	return a.reply(a.printer.Text("decide."+string(v), locale.Args{"case": id}), nil, err)
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
