package handlers

import (
	"context"
	"errors"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// help is /help, and /start in a group. Admins are shown their commands too.
func (h *Handlers) help(ctx context.Context, a *ask) ([]bot.Call, error) {
	if !a.m.Chat.Group() {
		return h.tellPrivately(ctx, a.update, a, "help.private")
	}
	text := a.printer.Text("help.group", nil)
	who, err := h.member(ctx, a.m.Chat.ID, a.m.From)
	if err != nil && !errors.Is(err, errUnsure) {
		return nil, err
	}
	if who.Admin {
		text += "\n\n" + a.printer.Text("help.admin", nil)
	}
	return a.answer(text, nil), h.noted(ctx, a)
}

// privacy is /privacy, answered everywhere.
func (h *Handlers) privacy(ctx context.Context, a *ask) ([]bot.Call, error) {
	if !a.m.Chat.Group() {
		return h.tellPrivately(ctx, a.update, a, "privacy")
	}
	return h.say(ctx, a, "privacy", nil)
}

// rules is /rules: the rule book.
func (h *Handlers) rules(ctx context.Context, a *ask) ([]bot.Call, error) {
	text := a.printer.Text("rules.title", nil)
	for _, r := range moderation.DefaultRules {
		text += "\n• " + ruleName(a.printer, r.ID) + ". " + a.printer.Text("rule."+string(r.ID)+".why", nil)
	}
	return a.answer(text, nil), h.noted(ctx, a)
}
