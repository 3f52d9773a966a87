package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
)

// receiptStore proves to a person what the ledger says of a case that concerns them. It is nil as long as no checkpoint
// covers that.
type receiptStore interface {
	Receipt(ctx context.Context, chat int64, id string, person int64) (receipt []byte, found bool, err error)
}

// receipts hands out receipts.
type receipts struct {
	*base
	store receiptStore
}

// receipt is 🧾: a file that proves what the ledger says of a case.
func (h receipts) receipt(ctx context.Context, cb *request.Callback) ([]wire.Call, error) {
	receipt, found, err := h.store.Receipt(ctx, cb.ChatID, cb.Subject, cb.Who.ID)
	if err != nil {
		return nil, err
	}
	switch {
	case !found:
		return h.toast(ctx, cb, "receipt.none")
	case receipt == nil:
		return h.toast(ctx, cb, "receipt.soon")
	}
	if _, err := h.court.Note(ctx, cb.Update, cb.ChatID); err != nil {
		return nil, err
	}
	caption := cb.Printer.Text("receipt.caption", locale.Args{"case": cb.Subject})
	file := wire.SendDocument(cb.Message.Chat.ID, "receipt-"+cb.Subject+".json", receipt, caption)
	if cb.Message.Chat.Group() {
		file = file.Thread(request.TopicAt(cb.Message)).Ephemeral(cb.Who.ID, cb.ID, 0)
	}
	return []wire.Call{wire.AnswerCallback(cb.ID, "", false), file}, nil
}
