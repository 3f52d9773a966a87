package handlers

import (
	"context"
	"errors"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
)

// helps says what the bot is for.
type helps struct{ *base }

// help is /help, and /start in a group. Admins are shown their commands too.
func (h helps) help(ctx context.Context, a *request.Command) ([]bot.Call, error) {
	if !a.Message.Chat.Group() {
		return h.tellPrivately(ctx, a.Update, a, "help.private")
	}
	text := a.Printer.Text("help.group", nil)
	admin, err := h.asksAsAdmin(ctx, a)
	if err != nil {
		return nil, err
	}
	if admin {
		text += "\n\n" + a.Printer.Text("help.admin", nil)
	}
	return a.Answer(text, nil), h.noted(ctx, a)
}

// asksAsAdmin reports whether who asks is an admin; if Telegram does not say, they are not.
func (h helps) asksAsAdmin(ctx context.Context, a *request.Command) (bool, error) {
	if a.Masked() {
		return a.Message.AnonymousAdmin(), nil
	}
	who, err := h.resolve.Member(ctx, a.Message.Chat.ID, a.Message.From)
	if errors.Is(err, lookup.ErrUnsure) {
		return false, nil
	}
	return who.Admin, err
}

// privacy is /privacy, answered everywhere.
func (h helps) privacy(ctx context.Context, a *request.Command) ([]bot.Call, error) {
	if !a.Message.Chat.Group() {
		return h.tellPrivately(ctx, a.Update, a, "privacy")
	}
	return h.say(ctx, a, "privacy", nil)
}
