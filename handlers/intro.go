package handlers

import (
	"context"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// introPause is how long the introduction to a forum waits whose General is closed, until somebody may have written in a
// topic that is open.
const introPause = 10 * time.Minute

// introduce brings the bot's introduction into line with its rights: one message, which says what
// it can do and which right is missing.
func (h *Handlers) introduce(ctx context.Context, e moderation.Introduce) error {
	chat, err := h.memory.Chat(ctx, e.Chat)
	if err != nil || !chat.Rights.Member {
		return err
	}
	p, err := h.speak(ctx, e.Chat, moderation.Person{})
	if err != nil {
		return err
	}
	text := view.IntroText(p, chat)
	if chat.Intro != 0 {
		_, err := h.do(ctx, bot.EditMessageText(e.Chat, chat.Intro, text))
		return h.settled(err)
	}
	res, err := h.do(ctx, bot.SendMessage(e.Chat, text).NoPreview())
	if now := h.now(); bot.KindOf(err) == bot.KindNoTopic && now.Before(chat.Greeted.Add(moderation.Greeting)) {
		return &NotYet{Until: now.Add(introPause), Alone: true}
	}
	if err != nil {
		return h.settled(err)
	}
	sent, err := res.Sent()
	if err != nil {
		return err
	}
	return h.court.Introduced(ctx, e.Chat, sent.MessageID)
}
