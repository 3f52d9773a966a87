package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
)

// healthCheck looks whether the bot has what it needs.
type healthCheck struct {
	*base
	logs  logChannels
	sizes *sizes
}

// health is /health: every right and setting that matters, in words, with what breaks without it.
func (h healthCheck) health(ctx context.Context, cmd *request.Command) ([]wire.Call, error) {
	chat := cmd.Group
	me, err := h.find.Member(ctx, chat.ID, h.find.Me().ID)
	if err != nil {
		return nil, err
	}
	if rights := lookup.RightsOf(me); rights != chat.Rights {
		// Telegram's word of it never came, such as when the bot was down for more than a day.
		if err := h.court.Status(ctx, 0, chat.ID, request.KindOf(&cmd.Message.Chat), rights); err != nil {
			return nil, err
		}
	}
	found, err := h.find.Admins(ctx, chat.ID)
	if err != nil {
		return nil, lookup.Unsure(ctx, err)
	}
	c := view.NewHealth(cmd.Printer)
	if h.ClockOff != nil {
		c.Clock(h.ClockOff())
	}
	c.Rights(me, h.find.Me(), request.KindOf(&cmd.Message.Chat))
	others := c.OtherBots(found, h.find.Me().ID)
	members, err := h.find.CountMembers(ctx, chat.ID)
	if err != nil {
		return nil, lookup.Unsure(ctx, err)
	}
	if err := h.sizes.noteSize(ctx, &chat, members); err != nil {
		return nil, err
	}
	c.Votes(chat, members, others)
	var wrong, title string
	if chat.Log != 0 {
		if wrong, title, err = h.logs.logState(ctx, cmd.Printer, chat.Log); err != nil {
			return nil, err
		}
	}
	c.Log(wrong, title)
	if h.Full != nil {
		c.Files(h.Full())
	}
	return cmd.Answer(c.Text(), nil), h.noted(ctx, cmd)
}
