package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// edited answers a message that was edited into a command. It is removed if everybody sees it, and not carried out.
// What an app shows as a reply may be older than the command, and an edit of a command would count twice.
func (h *commands) edited(ctx context.Context, u *wire.Update) ([]wire.Call, error) {
	m := u.Message
	given, ok := h.command(u)
	if !ok || m.EphemeralID != 0 || m.Chat.Private() && request.ByBot(m) {
		return nil, nil
	}
	if m.Chat.Private() {
		return h.editedAlone(ctx, u, given)
	}
	_, known, err := h.store.SeenMessage(ctx, m.Chat.ID, m.ID)
	if err != nil {
		return nil, err
	}
	left, err := h.removeNow(ctx, m)
	if err != nil {
		return nil, err
	}
	if seen := takenBack(u); len(seen) > 0 {
		if err := h.court.Observe(ctx, seen); err != nil {
			return nil, err
		}
	}
	cmd := &request.Command{Update: u.ID, Message: m, Public: true, Stands: left == commandStands}
	// A command that was handled is gone. Telegram tells of an edit also when it only adds a preview to it.
	if !known && left == commandGone || request.ByBot(m) || cmd.Masked() && !m.AnonymousAdmin() {
		return nil, h.noted(ctx, cmd)
	}
	if err := h.load(ctx, cmd); err != nil {
		return nil, err
	}
	if err := h.noted(ctx, cmd); err != nil {
		return nil, err
	}
	text := cmd.Printer.Text("visible.edited", locale.Args{"command": "/" + given.name})
	if reportNames[given.name] {
		return view.AllWipeable(cmd.Printer, cmd.Answer(cmd.Warned(text), nil)), nil
	}
	return cmd.Answer(text, nil), nil
}

// editedAlone does so in private.
func (h *commands) editedAlone(ctx context.Context, u *wire.Update, given invocation) ([]wire.Call, error) {
	cmd := &request.Command{Update: u.ID, Message: u.Message}
	var err error
	if cmd.Printer, err = h.printer(ctx, 0, request.Language(cmd.Message.From)); err != nil {
		return nil, err
	}
	return h.say(ctx, cmd, "visible.edited", locale.Args{"command": "/" + given.name})
}

// takenBack is what is noted of a message that was edited into a command: its new text, as evidence if it is reported,
// and that it is removed.
func takenBack(u *wire.Update) []moderation.SeenMessage {
	s, ok := request.Seen(u)
	if !ok {
		return nil
	}
	s.Update, s.Command = 0, true // the update counts as handled when it is answered
	return []moderation.SeenMessage{s}
}
