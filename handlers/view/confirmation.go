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
	if r.Complaint || r.Again {
		return briefly(p, knownText(p, r), seen), nil
	}
	first := p.Text("report.done", nil)
	if seen != nil {
		first = p.Text("report.done_public", locale.Args{"seen": seen.Briefly(p)})
	}
	return first + "\n" + nextText(p, chat, r), confirmationButtons(p, chat, r, seen != nil)
}

// knownText answers a report that begins no ballot: it was made before, or is about an admin.
func knownText(p locale.Printer, r moderation.Receipt) string {
	if r.Complaint {
		return p.Text("report.complaint", nil)
	}
	return p.Text("report.again", locale.Args{"case": r.Case})
}

// nextText is the second line of a confirmation: the rule that was named, the question for it, or the case alone.
func nextText(p locale.Printer, chat moderation.Chat, r moderation.Receipt) string {
	switch {
	case !r.Open:
		return r.Case
	case r.Rule != "":
		return p.Text("report.chosen", locale.Args{"rule": RuleName(p, chat.Book.Rule(r.Rule)), "case": r.Case})
	default:
		return p.Text("report.category", locale.Args{"case": r.Case})
	}
}

func confirmationButtons(p locale.Printer, chat moderation.Chat, r moderation.Receipt, public bool) [][]wire.Button {
	if !r.Open {
		return nil
	}
	undo := []wire.Button{{Text: p.Text("button.undo", nil), Data: UndoData(chat.Ref, r.Case)}}
	if r.Rule != "" {
		return [][]wire.Button{undo}
	}
	return append(ruleButtons(p, chat, r.Case, public), undo)
}

// briefly warns somebody whose command everybody saw.
func briefly(p locale.Printer, text string, seen *ReportTexts) string {
	if seen != nil {
		text += "\n" + seen.Briefly(p)
	}
	return text
}

// ruleButtons offer the rules, two in a row.
func ruleButtons(p locale.Printer, chat moderation.Chat, id string, public bool) [][]wire.Button {
	return ruleRows(p, chat.Book, func(r rulebook.Rule) string { return RuleData(chat.Ref, id, r.ID, public) })
}

// PrivateConfirmation answers who reported in private, with the same buttons, or says why the report was refused. It names the
// group.
func PrivateConfirmation(p locale.Printer, chat moderation.Chat, title string, r moderation.PrivateReceipt) (string, [][]wire.Button, error) {
	if r.Refused != "" {
		text, err := Refusal(p, &moderation.Refusal{Code: r.Refused, Case: r.Case, Until: r.Until})
		return InGroupText(p, title, text), nil, err
	}
	receipt := moderation.Receipt{Case: r.Case, Rule: r.Rule, Open: r.Open, Again: r.Again, Complaint: r.Complaint}
	text, rows := ConfirmationIn(p, chat, title, receipt)
	if r.Practice != 0 {
		text, rows = practiceConfirmationIn(p, chat, title, r.Practice, receipt)
	}
	return text, rows, nil
}

// confirmationLines is how many lines a confirmation has at most.
const confirmationLines = 2

// ConfirmationIn is a confirmation in private. It names the group, cut so that the text keeps to its lines.
func ConfirmationIn(p locale.Printer, chat moderation.Chat, title string, r moderation.Receipt) (string, [][]wire.Button) {
	if r.Complaint || r.Again {
		return cutTitle(title, confirmationLines, func(title string) string {
			return p.Text("notice.in", locale.Args{"group": title, "text": knownText(p, r)})
		}), nil
	}
	text := cutTitle(title, confirmationLines, func(title string) string {
		return p.Text("report.done_private", locale.Args{"group": title}) + "\n" + nextText(p, chat, r)
	})
	return text, confirmationButtons(p, chat, r, false)
}
