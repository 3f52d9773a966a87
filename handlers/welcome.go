package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// welcome tells a new member what holds in the group. One that comes late, or that Telegram refuses, is left
// out: nobody needs it so much that others should wait.
func (h *Handlers) welcome(ctx context.Context, e moderation.SendWelcome) error {
	chat, err := h.memory.Chat(ctx, e.Chat)
	if err != nil || h.now().After(e.Until) || !chat.Policy.Quiz || !chat.Rights.Admin {
		return err
	}
	p, err := h.speak(ctx, e.Chat, e.To)
	if err != nil {
		return err
	}
	_, err = h.do(ctx, bot.SendMessage(e.Chat, view.WelcomeText(p, chat.Book)).NoPreview().Ephemeral(e.To.ID, "", 0))
	return h.settled(err)
}
