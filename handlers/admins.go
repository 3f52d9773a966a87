package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// tellAdmins turns a word to the admins into one to each of those who can be written to.
func (h *Handlers) tellAdmins(ctx context.Context, e moderation.Effect) error {
	found, err := h.admins(ctx, e.Chat)
	if err != nil {
		return h.settled(err)
	}
	var each []moderation.Effect
	for _, m := range found {
		if m.User.Bot {
			continue
		}
		private, err := h.memory.Private(ctx, m.User.ID)
		if err != nil {
			return err
		}
		to := moderation.Person{ID: m.User.ID, Language: m.User.Language, Private: private}
		each = append(each, moderation.Effect{Kind: moderation.EffectAdmin, Case: e.Case, Topic: e.Topic, To: to})
	}
	// Killed here, they are told again: better twice than never.
	return h.court.Do(ctx, e.Chat, each)
}

func (h *Handlers) tellAdmin(ctx context.Context, e moderation.Effect) error {
	p, err := h.speak(ctx, e.Chat, e.To)
	if err != nil {
		return err
	}
	chat, err := h.memory.Chat(ctx, e.Chat)
	if err != nil {
		return err
	}
	text := p.Text("admins."+string(e.Topic), locale.Args{"case": e.Case, "missing": missing(p, chat.Rights)})
	return h.settled(h.tell(ctx, e.Chat, e.To, text))
}

// missing names the rights that the bot lacks. If it believes that it has them all, Telegram knew
// better, and both are named.
func missing(p locale.Printer, r moderation.Rights) string {
	var names []string
	if !r.Admin {
		names = append(names, p.Text("right.admin", nil))
	}
	if !r.Delete || r.Enough() {
		names = append(names, p.Text("right.delete", nil))
	}
	if !r.Restrict || r.Enough() {
		names = append(names, p.Text("right.restrict", nil))
	}
	return list(p, names)
}

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
	if chat.Rights.Enough() {
		text += p.Text("intro.all", nil)
	} else {
		text += p.Text("intro.missing", locale.Args{"missing": missing(p, chat.Rights)})
	}
	if chat.Kind == moderation.Basic {
		text += "\n" + p.Text("intro.basic", nil)
	}
	return text
}

// list joins names as the language does.
func list(p locale.Printer, names []string) string {
	joined := names[0]
	for _, name := range names[1:] {
		joined = p.Text("list.two", locale.Args{"first": joined, "second": name})
	}
	return joined
}
