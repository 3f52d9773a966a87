package handlers

import (
	"context"
	"errors"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Whoever has the bot's token can have Telegram tell of presses without the message, or the chat, that they belong to. Then
// the group is known by what the button carries, and what would have become of the message is shown anew, where only the
// presser sees it.

// groupOf is the group that a button names, or an empty one if the bot is not in it. About a group that removed the bot
// Telegram says nothing, not even who its admins are.
func (h *callbacks) groupOf(ctx context.Context, ref string) (moderation.Chat, error) {
	chat, err := h.store.ChatByRef(ctx, view.ParseRef(ref))
	if err == nil && chat.Rights.Member {
		return chat, nil
	}
	if errors.Is(err, moderation.ErrNoChat) {
		err = nil
	}
	return moderation.Chat{}, err
}

// findAnswerPlace finds where to answer a callback without a message: in the private chat if it was ever opened, else in the
// group, ephemerally. It returns false if there is no such place.
func (h *callbacks) findAnswerPlace(ctx context.Context, cb *request.Callback) (bool, error) {
	private, err := h.store.Private(ctx, cb.Who.ID)
	switch {
	case err != nil:
		return false, err
	case private:
		cb.Message = &wire.Message{Chat: wire.Chat{ID: cb.Who.ID, Type: "private"}}
		return true, nil
	case !cb.Who.Present:
		return false, nil
	}
	cb.Message = &wire.Message{Chat: wire.Chat{ID: cb.ChatID, Type: "supergroup"}} // or a basic one, which is no matter here
	return true, nil
}

// answerByAlert answers a callback without a message if its group is not known, or there is no place to answer.
func (h *callbacks) answerByAlert(ctx context.Context, u *wire.Update, key string) ([]wire.Call, error) {
	if _, err := h.court.Note(ctx, u.ID, 0); err != nil {
		return nil, err
	}
	p := locale.In(locale.Match(u.Callback.From.Language, locale.Default))
	return []wire.Call{wire.AnswerCallback(u.Callback.ID, p.Text(key, locale.Args{"bot": "@" + h.find.Me().Username}), true)}, nil
}

// privateMessage finds the private chat of who pressed a button that is shown only there.
func (h *callbacks) privateMessage(ctx context.Context, u *wire.Update) (*wire.Message, bool, error) {
	if !request.MessageUnknown(u.Callback) {
		return u.Callback.Message, u.Callback.Message.Chat.Private(), nil
	}
	private, err := h.store.Private(ctx, u.Callback.From.ID)
	return &wire.Message{Chat: wire.Chat{ID: u.Callback.From.ID, Type: "private"}}, private, err
}
