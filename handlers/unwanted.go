package handlers

import (
	"context"
	"errors"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// wants reports whether an update is to be handled. In a group in which the operator does not want the bot, none is but those
// that tell that the group moves or that the bot is gone; any other has the bot leave.
func (h *Handlers) wants(ctx context.Context, u *wire.Update) (bool, error) {
	place := placeOf(u)
	if place == nil || !place.Group() {
		return true, nil
	}
	allowed, known, err := h.allows(ctx, place.ID)
	if err != nil || allowed {
		return allowed, err
	}
	switch m := u.Message; {
	case m != nil && (m.Service == wire.ServiceMigratedTo || m.Service == wire.ServiceMigratedFrom):
		return true, nil
	case u.MyStatus != nil && !lookup.RightsOf(u.MyStatus.New).Member:
		return true, nil
	case known.Rights.Member, m != nil && m.Service != wire.ServiceNone:
		return false, nil // it is being left, or this may be the word that somebody left
	}
	err = h.court.Leave(ctx, u.ID, place.ID, request.KindOf(place))
	if errors.Is(err, moderation.ErrSeen) {
		err = nil
	}
	return false, err
}

// allows reports whether the operator wants the bot in a group. If it is not listed by its number, it says what is known of it.
func (h *Handlers) allows(ctx context.Context, chat int64) (bool, moderation.Chat, error) {
	if h.court.Allows(chat, 0) {
		return true, moderation.Chat{}, nil
	}
	known, err := h.chats.Chat(ctx, chat)
	return err == nil && h.court.Allows(chat, known.Former), known, err
}

// placeOf is where an update comes from; nil if that is not known.
func placeOf(u *wire.Update) *wire.Chat {
	switch {
	case u.Message != nil:
		return &u.Message.Chat
	case u.Callback != nil && u.Callback.Message != nil:
		return &u.Callback.Message.Chat
	case u.Membership != nil:
		return &u.Membership.Chat
	case u.MyStatus != nil:
		return &u.MyStatus.Chat
	}
	return nil
}
