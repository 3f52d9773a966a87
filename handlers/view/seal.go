package view

import "strings"

// The checkpoint of the ledger stands below what is logged, folded up: whoever keeps the message can prove later that
// nothing before it was changed. It begins so.
const checkpointBegin = "ostrakon.ledger/"

// Sealed adds a checkpoint below a text and says where it begins, in UTF-16 units.
func Sealed(text, checkpoint string) (whole string, offset, length int) {
	checkpoint = strings.TrimSpace(checkpoint)
	text += "\n\n"
	return text + checkpoint, Length(text), Length(checkpoint)
}

// SealOf is the checkpoint below a log entry, empty if there is none.
func SealOf(text string) string {
	i := strings.LastIndex(text, "\n\n"+checkpointBegin)
	if i < 0 {
		return ""
	}
	return text[i+2:]
}
