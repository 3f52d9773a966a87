package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
)

// fitted makes the answers to a callback as short as Telegram takes them. What is too long for an alert is sent as a
// message that only who pressed sees. An old server cannot do that; there it is cut.
func (h *callbacks) fitted(ctx context.Context, p *wire.CallbackQuery, calls []wire.Call) []wire.Call {
	for i, call := range calls {
		text, is := call.Toast()
		switch {
		case !is || view.Length(text) <= view.LongestToast:
		case h.showAlone(ctx, p, text):
			calls[i] = wire.AnswerCallback(p.ID, "", false)
		default:
			calls[i] = wire.AnswerCallback(p.ID, view.Cut(locale.Plain(text), view.LongestToast-1)+"…", true)
		}
	}
	return calls
}

// showAlone sends a text that only who pressed sees, and reports whether Telegram took it.
func (h *callbacks) showAlone(ctx context.Context, p *wire.CallbackQuery, text string) bool {
	var m wire.Message
	if p.Message != nil {
		m = *p.Message
	}
	call := wire.SendMessage(m.Chat.ID, text).NoPreview()
	switch {
	case m.Chat.Private():
	case m.Chat.Group():
		if m.Topic {
			call = call.Thread(m.Thread)
		}
		call = call.Ephemeral(p.From.ID, p.ID, 0)
	default:
		call = call.ForCallback(p.ID)
	}
	if data, _ := view.ParseCallbackData(p.Data); wipeableKinds[data.Button] {
		call = view.Wipeable(locale.In(locale.Match(p.From.Language, locale.Default)), call)
	}
	if _, err := h.send(ctx, call); err != nil {
		h.log.Debug("handlers: an answer to a press is too long and is cut", "error", err)
		return false
	}
	return true
}
