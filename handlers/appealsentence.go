package handlers

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// answers reports whether a message may be the sentence of an appeal: a reply to the bot in private, or a message in a
// group that only the bot sees.
func (h appeals) answers(m *wire.Message) bool {
	switch {
	case m.From == nil || m.From.Bot:
		return false
	case m.Chat.Private():
		return m.ReplyTo != nil && m.ReplyTo.From != nil && m.ReplyTo.From.ID == h.find.Me().ID
	default:
		return m.Chat.Group() && m.EphemeralID != 0
	}
}

// sentence takes the sentence of an appeal, if the author was asked for one.
func (h appeals) sentence(ctx context.Context, u *wire.Update) ([]wire.Call, error) {
	m := u.Message
	about, found, err := h.store.Asked(ctx, m.From.ID)
	switch {
	case err != nil:
		return nil, err
	case m.Chat.Private() && (!found || !strings.Contains(m.ReplyTo.Text, about.ID)): // or a reply to something else
		return h.starts.private(ctx, u)
	case !found || m.Chat.Group() && about.Chat != m.Chat.ID:
		_, err := h.court.Note(ctx, u.ID, m.Chat.ID)
		return nil, err
	}
	cmd := &request.Command{Update: u.ID, Message: m}
	if cmd.Printer, err = h.printer(ctx, about.Chat, m.From.Language); err != nil {
		return nil, err
	}
	words := strings.TrimSpace(m.Text)
	if words == "" || strings.Contains(words, "\n") || utf8.RuneCountInString(words) > moderation.MaxSentence {
		return h.say(ctx, cmd, "appeal.wrong", locale.Args{"case": about.ID})
	}
	cs, err := h.court.Appeal(ctx, moderation.Plea{Update: u.ID, Chat: about.Chat, Case: about.ID, Author: m.From.ID, Words: words})
	return cmd.Reply(view.FiledText(cmd.Printer, cs), nil, err)
}
