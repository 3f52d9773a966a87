package handlers

import (
	"context"
	"errors"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
)

// help is /help, and /start in a group. Admins are shown their commands too.
func (h *Handlers) help(ctx context.Context, a *ask) ([]bot.Call, error) {
	if !a.m.Chat.Group() {
		return h.tellPrivately(ctx, a.update, a, "help.private")
	}
	text := a.printer.Text("help.group", nil)
	admin, err := h.asksAsAdmin(ctx, a)
	if err != nil {
		return nil, err
	}
	if admin {
		text += "\n\n" + a.printer.Text("help.admin", nil)
	}
	return a.answer(text, nil), h.noted(ctx, a)
}

// asksAsAdmin reports whether who asks is an admin; if Telegram does not say, they are not.
func (h *Handlers) asksAsAdmin(ctx context.Context, a *ask) (bool, error) {
	if a.masked() {
		return a.m.AnonymousAdmin(), nil
	}
	who, err := h.resolve.member(ctx, a.m.Chat.ID, a.m.From)
	if errors.Is(err, lookup.ErrUnsure) {
		return false, nil
	}
	return who.Admin, err
}

// privacy is /privacy, answered everywhere.
func (h *Handlers) privacy(ctx context.Context, a *ask) ([]bot.Call, error) {
	if !a.m.Chat.Group() {
		return h.tellPrivately(ctx, a.update, a, "privacy")
	}
	return h.say(ctx, a, "privacy", nil)
}
