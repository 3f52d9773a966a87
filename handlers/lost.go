package handlers

import (
	"context"
	"errors"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Whoever has the bot's token can have Telegram tell of presses without the message, or the chat, that they belong to.
// Such a press is called lost. The group is then known by what the button carries, and what would have become of the
// message is shown anew, where only the presser sees it.

// groupOf is the group that a button names, 0 if it names none that the bot is in. Of a group that the bot was removed
// from, Telegram says nothing any more, not even who is its admin.
func (h *presses) groupOf(ctx context.Context, ref string) (moderation.Chat, error) {
	chat, err := h.memory.ChatByRef(ctx, view.ParseRef(ref))
	if err == nil && chat.Rights.Member {
		return chat, nil
	}
	if errors.Is(err, moderation.ErrNoChat) {
		err = nil
	}
	return moderation.Chat{}, err
}

// findPlace finds where something can be shown to whoever pressed a button whose message is lost: in their private chat
// if they ever opened it, else in the group, where they alone see it. It says false if there is no such place.
func (h *presses) findPlace(ctx context.Context, t *request.Callback) (bool, error) {
	private, err := h.memory.Private(ctx, t.Who.ID)
	switch {
	case err != nil:
		return false, err
	case private:
		t.Message = &bot.Message{Chat: bot.Chat{ID: t.Who.ID, Type: "private"}}
		return true, nil
	case !t.Who.Present:
		return false, nil
	}
	t.Message = &bot.Message{Chat: bot.Chat{ID: t.ChatID, Type: "supergroup"}} // or a basic one, which is no matter here
	return true, nil
}

// homeless answers a lost press on a button of which nothing says which group it is of, or where its answer could be read.
func (h *presses) homeless(ctx context.Context, u *bot.Update, key string) ([]bot.Call, error) {
	if _, err := h.court.Note(ctx, u.ID, 0); err != nil {
		return nil, err
	}
	p := locale.In(locale.Match(u.Press.From.Language, locale.Default))
	return []bot.Call{bot.AnswerCallback(u.Press.ID, p.Text(key, locale.Args{"bot": "@" + h.find.Me().Username}), true)}, nil
}

// privately prepares a lost press on a button that is shown in private alone.
func (h *presses) privately(ctx context.Context, u *bot.Update) (*bot.Message, bool, error) {
	if !request.IsLost(u.Press) {
		return u.Press.Message, u.Press.Message.Chat.Private(), nil
	}
	private, err := h.memory.Private(ctx, u.Press.From.ID)
	return &bot.Message{Chat: bot.Chat{ID: u.Press.From.ID, Type: "private"}}, private, err
}
