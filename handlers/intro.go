package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// introduce brings the bot's introduction into line with its rights: one message, which says what
// it can do and which right is missing.
func (h *Handlers) introduce(ctx context.Context, e moderation.Effect) error {
	chat, err := h.memory.Chat(ctx, e.Chat)
	if err != nil || !chat.Rights.Member {
		return err
	}
	p, err := h.speak(ctx, e.Chat, moderation.Person{})
	if err != nil {
		return err
	}
	text := introText(p, chat)
	if chat.Intro != 0 {
		_, err := h.do(ctx, bot.EditMessageText(e.Chat, chat.Intro, text))
		return h.settled(err)
	}
	res, err := h.do(ctx, bot.SendMessage(e.Chat, text).NoPreview())
	if err != nil {
		return h.settled(err)
	}
	sent, err := res.Sent()
	if err != nil {
		return err
	}
	return h.court.Introduced(ctx, e.Chat, sent.MessageID)
}

func introText(p locale.Printer, chat moderation.Chat) string {
	text := p.Text("intro.can", nil) + "\n\n"
	if missing := chat.Missing(); len(missing) == 0 {
		text += p.Text("intro.all", nil)
	} else {
		text += p.Text("intro.missing", locale.Args{"missing": rightNames(p, missing, rightName)})
	}
	if chat.Kind == moderation.Basic {
		text += "\n" + p.Text("intro.basic", nil)
	}
	return text
}
