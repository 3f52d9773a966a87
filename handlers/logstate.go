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

// logState asks Telegram what is wrong with a log channel, in words; empty if nothing is. A failure that was noted
// before may have been repaired since.
func (h logChannels) logState(ctx context.Context, p locale.Printer, log int64) (wrong, title string, err error) {
	found, open, err := h.find.Readable(ctx, log)
	switch kind := wire.KindOf(err); {
	case kind == wire.KindTemporary || kind == wire.KindTooMany:
		return "", "", lookup.Unsure(ctx, err)
	case err != nil:
		return p.Text("health.log_gone", nil), "", nil
	case open:
		return p.Text("health.log_public", locale.Args{"title": view.TitleText(found.Title)}), "", nil
	}
	me, err := h.find.Member(ctx, log, h.find.Me().ID)
	if err != nil {
		return "", "", err
	}
	if !me.CanSend || found.Type == "channel" && !me.CanPost {
		return p.Text("health.log_gone", nil), "", nil
	}
	return "", view.TitleText(found.Title), nil
}
