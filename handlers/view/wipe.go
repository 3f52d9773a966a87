package view

import (
	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
)

// ChoiceWipe is what 🧹 carries: there is nothing to choose.
const ChoiceWipe = "now"

// WipeButton wipes what a person was shown of their own reports and votes.
func WipeButton(p locale.Printer) wire.Button {
	return wire.Button{Text: p.Text("button.wipe", nil), Data: ButtonWipe + ":" + ChoiceWipe}
}

// Wipeable puts 🧹 below a message to one person about their own reports and votes, and has it noted which message that becomes.
func Wipeable(p locale.Printer, call wire.Call) wire.Call {
	return call.Below(WipeButton(p), ButtonUndo+":").Wipeable()
}

// WipeableOutcome does so for one whose only button is that of its receipt.
func WipeableOutcome(p locale.Printer, call wire.Call) wire.Call {
	return call.Below(WipeButton(p), ButtonReceipt+":").Wipeable()
}

// AllWipeable does so for those of some answers that are messages, or edits of them.
func AllWipeable(p locale.Printer, calls []wire.Call) []wire.Call {
	all := make([]wire.Call, len(calls))
	for i, call := range calls {
		if all[i] = call; call.Shows() {
			all[i] = Wipeable(p, call)
		}
	}
	return all
}
