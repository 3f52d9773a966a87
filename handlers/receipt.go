package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
)

// receiptsKept proves to a person what the ledger says of a case that concerns them. It is nil as long as no checkpoint
// covers that.
type receiptsKept interface {
	Receipt(ctx context.Context, chat int64, id string, person int64) (receipt []byte, found bool, err error)
}

// receipts hands out receipts.
type receipts struct {
	*base
	memory receiptsKept
}

// receipt is 🧾: a file that proves what the ledger says of a case.
func (h receipts) receipt(ctx context.Context, t *request.Callback) ([]bot.Call, error) {
	receipt, found, err := h.memory.Receipt(ctx, t.ChatID, t.Subject, t.Who.ID)
	if err != nil {
		return nil, err
	}
	switch {
	case !found:
		return h.toast(ctx, t, "receipt.none")
	case receipt == nil:
		return h.toast(ctx, t, "receipt.soon")
	}
	if _, err := h.court.Note(ctx, t.Update, t.ChatID); err != nil {
		return nil, err
	}
	caption := t.Printer.Text("receipt.caption", locale.Args{"case": t.Subject})
	file := bot.SendDocument(t.Message.Chat.ID, "receipt-"+t.Subject+".json", receipt, caption)
	if t.Message.Chat.Group() {
		file = file.Thread(request.TopicAt(t.Message)).Ephemeral(t.Who.ID, t.ID, 0)
	}
	return []bot.Call{bot.AnswerCallback(t.ID, "", false), file}, nil
}
