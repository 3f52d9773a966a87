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
	if place == nil || !place.Group() || h.court.Allows(place.ID, 0) {
		return true, nil
	}
	known, err := h.chats.Chat(ctx, place.ID)
	if err != nil || h.court.Allows(place.ID, known.Former) {
		return err == nil, err
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
