package handlers

import (
	"context"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// linkCodes finds the group that linkCodes a code; the error is moderation.ErrNoChat if nobody did, or too long ago.
type linkCodes interface {
	ChatByCode(ctx context.Context, code string, now time.Time) (moderation.Chat, error)
}

// logChannels links a group to its log channel.
type logChannels struct {
	*base
	store linkCodes
	tg    lookup.Caller
}

// logState is how it stands with a log channel.
type logState struct {
	wrong   string // why nothing is written there, in words; empty if something is
	title   string
	readers int           // who cannot be admins of the group, at the least
	bots    []wire.Member // that read along and are no admins of the group
}

// logState asks Telegram how it stands with the log channel of a group. A failure that was noted before may have been repaired
// since.
func (h logChannels) logState(ctx context.Context, p locale.Printer, chat moderation.Chat) (logState, error) {
	var me wire.Member
	var members int
	var noMe, noMembers error
	found, err := h.find.LogChat(ctx, chat.ID, chat.Log)
	gone := logState{wrong: p.Text("health.log_gone", nil)}
	switch kind := wire.KindOf(err); {
	case lookup.OfGroup(err), kind == wire.KindTemporary, kind == wire.KindTooMany:
		return logState{}, lookup.Unsure(ctx, err)
	case err != nil:
		return gone, nil
	case found.Open:
		return logState{wrong: p.Text("health.log_public", locale.Args{"title": view.TitleText(found.Chat.Title)})}, nil
	case len(found.Others) > 0:
		return logState{wrong: p.Text("health.log_foreign", locale.Args{"names": view.OthersNamed(p, found.Others)})}, nil
	case !found.Owned:
		return logState{wrong: p.Text("health.log_unowned", nil)}, nil
	}
	_ = lookup.All(
		func() error { me, noMe = h.find.Member(ctx, chat.Log, h.find.Me().ID); return nil },
		func() error { members, noMembers = h.find.CountMembers(ctx, chat.Log); return nil },
	)
	switch {
	case noMe != nil:
		return logState{}, noMe
	case !me.CanSend || found.Chat.Type == "channel" && !me.CanPost:
		return gone, nil
	case noMembers != nil:
		return logState{}, lookup.Unsure(ctx, noMembers)
	}
	return logState{title: view.TitleText(found.Chat.Title), readers: found.Beyond(members), bots: found.Silent}, nil
}
