package view

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// CaseButtons offers what an admin can do about a case. The decision on a waiting penalty comes first.
func CaseButtons(p locale.Printer, chat moderation.Chat, cs moderation.Case, now time.Time) [][]wire.Button {
	button := func(key, kind string, parts ...string) wire.Button {
		return Coloured(wire.Button{Text: p.Text(key, nil), Data: GroupData(kind, chat.Ref, append([]string{cs.ID}, parts...)...)})
	}
	show := button("button.evidence", ButtonEvidence)
	switch {
	case cs.Verdict == moderation.Open:
		return [][]wire.Button{{
			button("button.uphold", ButtonDecide, string(moderation.Upheld)), button("button.dismiss", ButtonDecide, string(moderation.Dismissed)),
		}, {show}}
	case cs.Verdict != moderation.Upheld || cs.Reversed != "":
		return [][]wire.Button{{show}}
	}
	var rows [][]wire.Button
	if cs.Waits(now) {
		waits := cs.Pending.String()
		rows = append(rows, []wire.Button{button("button.confirm", ButtonConfirm, waits), button("button.drop", ButtonDrop, waits)})
	}
	var row []wire.Button
	if cs.Appeal == moderation.BeforeAdmins {
		row = append(row, button("button.stands", ButtonDecide, ChoiceStands))
	}
	row = append(row, button("button.overturn", ButtonOverturn))
	if cs.Swept() { // there is no penalty to make harder, and the rule is that of another case
		return append(rows, row, []wire.Button{show})
	}
	if _, ok := moderation.Harder(chat.Policy.Ladder, cs, chat.Kind); ok {
		row = append(row, button("button.harsher", ButtonHarsher, cs.Penalty.String()))
	}
	return append(rows, row, []wire.Button{button("button.rule", ButtonCorrect), show})
}

// ForgiveRow is the button that takes a manual penalty back. It holds the penalty, so that it takes back no other.
func ForgiveRow(p locale.Printer, chat moderation.Chat, cs moderation.Case) [][]wire.Button {
	return [][]wire.Button{{{Text: p.Text("button.undo", nil), Data: GroupData(ButtonForgive, chat.Ref, cs.ID, cs.Penalty.String())}}}
}

// ChoiceStands upholds a case against its appeal.
const ChoiceStands = "stands"

// CorrectBack leads from the list of rules back to the case.
const CorrectBack = "-"

// CorrectButtons lists the rules that an upheld case can come under, and the way back.
func CorrectButtons(p locale.Printer, chat moderation.Chat, cs moderation.Case, now time.Time) [][]wire.Button {
	if cs.Verdict != moderation.Upheld || cs.Reversed != "" {
		return CaseButtons(p, chat, cs, now)
	}
	choose := func(choice string) string { return GroupData(ButtonCorrect, chat.Ref, cs.ID, choice) }
	rows := ruleRows(p, chat.Book, func(r rulebook.Rule) string { return choose(string(r.ID)) })
	for _, row := range rows {
		for i := range row {
			if row[i].Data == choose(string(cs.Rule)) {
				row[i].Text = "✅ " + row[i].Text
			}
		}
	}
	return append(rows, []wire.Button{{Text: p.Text("button.back", nil), Data: choose(CorrectBack)}})
}
