package view

import (
	"strings"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// The checkpoint of the ledger stands below what is logged, folded up: whoever keeps the message can prove later that
// nothing before it was changed. It begins so.
const checkpointBegin = "ostrakon.ledger/"

// CheckpointText is the text of a log entry with a checkpoint below. It says where the checkpoint in it begins and how long that is, in UTF-16 units.
type CheckpointText struct {
	Text           string
	offset, length int // both 0 = there is no checkpoint
}

// Sealed adds a checkpoint below a text, unless that is empty.
func Sealed(text, checkpoint string) CheckpointText {
	if checkpoint == "" {
		return CheckpointText{Text: text}
	}
	checkpoint = strings.TrimSpace(checkpoint)
	text += "\n\n"
	return CheckpointText{text + checkpoint, Length(text), Length(checkpoint)}
}

// Fold folds up the checkpoint in a call with this text.
func (t CheckpointText) Fold(c wire.Call) wire.Call {
	if t.length == 0 {
		return c
	}
	return c.Fold(t.offset, t.length)
}

// SealOf is the checkpoint below a log entry, empty if there is none.
func SealOf(text string) string {
	i := strings.LastIndex(text, "\n\n"+checkpointBegin)
	if i < 0 {
		return ""
	}
	return text[i+2:]
}
