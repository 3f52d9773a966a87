package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
)

// receipt is 🧾: a file that proves to the presser what the ledger says of a case that concerns them.
func (h *Handlers) receipt(ctx context.Context, t *tap) ([]bot.Call, error) {
	receipt, found, err := h.memory.Receipt(ctx, t.chat, t.subject, t.who.ID)
	if err != nil {
		return nil, err
	}
	switch {
	case !found:
		return h.toast(ctx, t, "receipt.none")
	case receipt == nil:
		return h.toast(ctx, t, "receipt.soon")
	}
	if _, err := h.court.Note(ctx, t.update, t.chat); err != nil {
		return nil, err
	}
	caption := t.printer.Text("receipt.caption", locale.Args{"case": t.subject})
	file := bot.SendDocument(t.m.Chat.ID, "receipt-"+t.subject+".json", receipt, caption)
	if t.m.Chat.Group() {
		file = file.Thread(topicAt(t.m)).Ephemeral(t.who.ID, t.id, 0)
	}
	return []bot.Call{bot.AnswerCallback(t.id, "", false), file}, nil
}
