package view

import (
	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// ReceiptButton offers the receipt of a case.
func ReceiptButton(p locale.Printer, chat moderation.Chat, id string) wire.Button {
	return wire.Button{Text: p.Text("button.receipt", nil), Data: GroupData(ButtonReceipt, chat.Ref, id)}
}

// Confirmation answers a reporter at once, with the buttons that take the report back or choose a rule. If everybody saw the
// command, seen says how to report unseen.
func Confirmation(p locale.Printer, chat moderation.Chat, r moderation.Receipt, seen *ReportTexts) (string, [][]wire.Button) {
	switch {
	case r.Complaint:
		return briefly(p, p.Text("report.complaint", nil), seen), nil
	case r.Again:
		return briefly(p, p.Text("report.again", locale.Args{"case": r.Case}), seen), nil
	}
	text := p.Text("report.done", locale.Args{"case": r.Case})
	if seen != nil {
		text = p.Text("report.done_public", locale.Args{"case": r.Case, "seen": seen.Briefly(p)})
	}
	if !r.Open {
		return text, nil
	}
	undo := []wire.Button{{Text: p.Text("button.undo", nil), Data: UndoData(chat.Ref, r.Case)}}
	if r.Rule != "" {
		return text + "\n" + p.Text("report.chosen", locale.Args{"rule": RuleName(p, chat.Book.Rule(r.Rule))}), [][]wire.Button{undo}
	}
	return text + "\n\n" + p.Text("report.category", nil), append(ruleButtons(p, chat, r.Case, seen != nil), undo)
}

// briefly warns somebody whose command everybody saw.
func briefly(p locale.Printer, text string, seen *ReportTexts) string {
	if seen != nil {
		text += "\n\n" + seen.Briefly(p)
	}
	return text
}

// ruleButtons offer the rules, two in a row.
func ruleButtons(p locale.Printer, chat moderation.Chat, id string, public bool) [][]wire.Button {
	return ruleRows(p, chat.Book, func(r rulebook.Rule) string { return RuleData(chat.Ref, id, r.ID, public) })
}

// PrivateConfirmation answers who reported in private, with the same buttons, or says why the report was refused.
func PrivateConfirmation(p locale.Printer, chat moderation.Chat, r moderation.PrivateReceipt) (string, [][]wire.Button, error) {
	if r.Refused != "" {
		text, err := Refusal(p, &moderation.Refusal{Code: r.Refused, Case: r.Case, Until: r.Until})
		return text, nil, err
	}
	receipt := moderation.Receipt{Case: r.Case, Rule: r.Rule, Open: r.Open, Again: r.Again, Complaint: r.Complaint}
	text, rows := Confirmation(p, chat, receipt, nil)
	if r.Practice != 0 {
		text, rows = PracticeConfirmation(p, chat, r.Practice, receipt, nil)
	}
	return text + "\n" + p.Text("private.deleted", nil), rows, nil
}
