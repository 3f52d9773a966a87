package handlers

import (
	"context"
	"strings"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
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

// receiptButton offers the receipt of a case.
func receiptButton(p locale.Printer, chat moderation.Chat, id string) bot.Button {
	return bot.Button{Text: p.Text("button.receipt", nil), Data: adminData(dataReceipt, chat.Ref, id)}
}

// The checkpoint of the ledger stands below what is logged, folded up: whoever keeps the message can prove later that
// nothing before it was changed. It begins so.
const checkpointBegin = "ostrakon.ledger/"

// sealed is a text with the checkpoint below it, and where that begins, in UTF-16 units.
func sealed(text, checkpoint string) (whole string, offset, length int) {
	checkpoint = strings.TrimSpace(checkpoint)
	text += "\n\n"
	return text + checkpoint, utf16Len(text), utf16Len(checkpoint)
}

// sealOf is the checkpoint below what was logged, empty if there is none.
func sealOf(text string) string {
	i := strings.LastIndex(text, "\n\n"+checkpointBegin)
	if i < 0 {
		return ""
	}
	return text[i+2:]
}
