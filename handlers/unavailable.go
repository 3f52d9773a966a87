package handlers

import (
	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
)

// Unavailable implements [bot.Handler]. Who pressed a button, or gave an ephemeral command, is told that it is not
// counted yet. It is tried again until it is; then they get the usual answer.
func (h *Handlers) Unavailable(u *wire.Update) []wire.Call {
	switch m := u.Message; {
	case u.Callback != nil && !u.Callback.From.Bot:
		return []wire.Call{wire.AnswerCallback(u.Callback.ID, view.UnavailableText(&u.Callback.From), true)}
	case m == nil || u.Edited || m.From == nil || m.From.Bot:
		return nil
	}
	if _, ok := h.commands.command(u); !ok || u.Message.Chat.Group() && u.Message.EphemeralID == 0 {
		return nil // what all could see is not touched before it can be handled
	}
	cmd := &request.Command{Update: u.ID, Message: u.Message}
	return cmd.Answer(view.UnavailableText(u.Message.From), nil)
}

// Dropped implements [bot.Handler].
func (h *Handlers) Dropped(u *wire.Update) []wire.Call {
	if u.Callback == nil || u.Callback.From.Bot {
		return nil
	}
	return []wire.Call{wire.AnswerCallback(u.Callback.ID, view.DroppedText(&u.Callback.From), true)}
}
