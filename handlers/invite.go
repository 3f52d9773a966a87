package handlers

import (
	"context"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// inviteFor is how long a link back into a group is good.
const inviteFor = 7 * 24 * time.Hour

// invite sends whoever was put out of a group a way back: its public name, or a link for them alone. It waits
// while the end of their ban waits for a right. Whom an admin banned anew gets none.
func (h *Handlers) invite(ctx context.Context, e moderation.SendInvite) error {
	m, err := h.find.Member(ctx, e.Chat, e.To.ID)
	if err != nil || m.InChat() {
		return err
	}
	chat, err := h.memory.Chat(ctx, e.Chat)
	switch {
	case err != nil:
		return err
	case m.Status == "kicked" && chat.Kind != moderation.Basic:
		return h.wait(ctx, e, func() error { return nil })
	}
	p, err := h.speak(ctx, e.Chat, e.To)
	if err != nil {
		return err
	}
	found, err := h.find.Chat(ctx, e.Chat)
	if err != nil {
		return h.settled(err)
	}
	args := locale.Args{"group": view.TitleText(found.Title)}
	text := p.Text("invite.none", args)
	link, err := h.wayBack(ctx, found)
	switch {
	case err == nil:
		args["link"] = link
		text = p.Text("invite.link", args)
	case bot.KindOf(err) != bot.KindNoRights && bot.KindOf(err) != bot.KindInvalid:
		return h.settled(err)
	}
	_, err = h.do(ctx, bot.SendMessage(e.To.ID, text).NoPreview())
	return h.settled(err)
}

func (h *Handlers) wayBack(ctx context.Context, chat bot.Chat) (string, error) {
	if chat.Username != "" {
		return "https://t.me/" + chat.Username, nil
	}
	res, err := h.do(ctx, bot.InviteLink(chat.ID, h.now().Add(inviteFor)))
	if err != nil {
		return "", err
	}
	return res.Link()
}
