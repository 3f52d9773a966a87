package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
)

// health is /health: every right and setting that matters, in words, with what breaks without it.
func (h *Handlers) health(ctx context.Context, a *request.Command) ([]bot.Call, error) {
	chat, err := h.memory.Chat(ctx, a.Message.Chat.ID)
	if err != nil {
		return nil, err
	}
	me, err := h.find.Member(ctx, chat.ID, h.tg.Me().ID)
	if err != nil {
		return nil, err
	}
	if rights := lookup.RightsOf(me); rights != chat.Rights {
		// Telegram's word of it never came, such as when the bot was down for more than a day.
		if err := h.court.Status(ctx, 0, chat.ID, request.KindOf(&a.Message.Chat), rights); err != nil {
			return nil, err
		}
	}
	found, err := h.find.Admins(ctx, chat.ID)
	if err != nil {
		return nil, lookup.Unsure(ctx, err)
	}
	c := view.NewHealth(a.Printer)
	if h.ClockOff != nil {
		c.Clock(h.ClockOff())
	}
	c.Rights(me, h.tg.Me(), request.KindOf(&a.Message.Chat))
	others := c.OtherBots(found, h.tg.Me().ID)
	members, err := h.find.CountMembers(ctx, chat.ID)
	if err != nil {
		return nil, lookup.Unsure(ctx, err)
	}
	if err := h.noteSize(ctx, &chat, members); err != nil {
		return nil, err
	}
	c.Votes(chat, members, others)
	var wrong, title string
	if chat.Log != 0 {
		if wrong, title, err = h.logState(ctx, a.Printer, chat.Log); err != nil {
			return nil, err
		}
	}
	c.Log(wrong, title)
	return a.Answer(c.Text(), nil), h.noted(ctx, a)
}

// logState asks Telegram what is wrong with a log channel, and says it in words; empty if nothing is.
// What was noted when it could last not be written to may be mended since.
func (h *Handlers) logState(ctx context.Context, p locale.Printer, log int64) (wrong, title string, err error) {
	found, open, err := h.find.Readable(ctx, log)
	switch kind := bot.KindOf(err); {
	case kind == bot.KindTemporary || kind == bot.KindTooMany:
		return "", "", lookup.Unsure(ctx, err)
	case err != nil:
		return p.Text("health.log_gone", nil), "", nil
	case open:
		return p.Text("health.log_public", locale.Args{"title": view.TitleText(found.Title)}), "", nil
	}
	me, err := h.find.Member(ctx, log, h.tg.Me().ID)
	if err != nil {
		return "", "", err
	}
	if !me.CanSend || found.Type == "channel" && !me.CanPost {
		return p.Text("health.log_gone", nil), "", nil
	}
	return "", view.TitleText(found.Title), nil
}
