package handlers

import (
	"context"
	"errors"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
)

// helps says what the bot is for.
type helps struct{ *base }

// startInGroup is /start in a group. Some apps send it by themselves when somebody adds the bot. Then the bot introduces itself, which
// is all the answer that it takes.
func (h helps) startInGroup(ctx context.Context, cmd *request.Command) ([]wire.Call, error) {
	if cmd.Group.GreetedAbout(cmd.Message.Time()) {
		return nil, h.noted(ctx, cmd)
	}
	return h.help(ctx, cmd)
}

// help is /help. Admins are shown their commands too.
func (h helps) help(ctx context.Context, cmd *request.Command) ([]wire.Call, error) {
	if !cmd.Message.Chat.Group() {
		return h.helpPrivately(ctx, cmd.Update, cmd)
	}
	text := cmd.Say.Help(cmd.Printer)
	admin, err := h.asksAsAdmin(ctx, cmd)
	if err != nil {
		return nil, err
	}
	if admin {
		text += "\n\n" + cmd.Printer.Text("help.admin", nil)
	}
	return cmd.Answer(text, nil), h.noted(ctx, cmd)
}

// asksAsAdmin reports whether who asks is an admin; if Telegram does not say, they are not.
func (h helps) asksAsAdmin(ctx context.Context, cmd *request.Command) (bool, error) {
	if cmd.Masked() {
		return cmd.Message.AnonymousAdmin(), nil
	}
	who, err := h.resolve.Member(ctx, cmd.Message.Chat.ID, cmd.Message.From)
	if errors.Is(err, lookup.ErrUnsure) {
		return false, nil
	}
	return who.Admin, err
}

// privacy is /privacy, answered everywhere.
func (h helps) privacy(ctx context.Context, cmd *request.Command) ([]wire.Call, error) {
	if !cmd.Message.Chat.Group() {
		return h.tellPrivately(ctx, cmd.Update, cmd, "privacy")
	}
	return h.say(ctx, cmd, "privacy", nil)
}
