package view

import (
	"slices"
	"strconv"
	"strings"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// What the buttons of a practice carry behind the practice's number: a side, or one of these.
const (
	practiceGo   = "go" // instead of a number: begin one
	practiceUndo = "undo"
	practiceRule = "=" // and the rule
	practicePick = "+" // and the rule, which may be empty
)

// practiceCase stands where the id of a case would.
const practiceCase = "🎬"

// PracticeCallback is what a button of a practice asks for. One of its fields says what that is.
type PracticeCallback struct {
	Number int64 // of the practice
	Start  bool
	Side   moderation.Side
	Undo   bool
	Named  bool // the rule, for a report
	Picked bool // the message, and perhaps the rule
	Rule   rulebook.RuleID
}

// ParsePractice reads what a button of a practice carries: what it is about, and the choice. It returns false for what no such
// button carries.
func ParsePractice(subject, choice string) (p PracticeCallback, ok bool) {
	if subject == practiceGo {
		return PracticeCallback{Start: true}, choice == ""
	}
	number, err := strconv.ParseInt(subject, 36, 64)
	if err != nil || number <= 0 {
		return p, false
	}
	p.Number = number
	rule, named := strings.CutPrefix(choice, practiceRule)
	pick, picked := strings.CutPrefix(choice, practicePick)
	switch {
	case moderation.Side(choice).Valid():
		p.Side = moderation.Side(choice)
	case choice == practiceUndo:
		p.Undo = true
	case named:
		p.Named, p.Rule = true, rulebook.RuleID(rule)
	case picked:
		p.Picked, p.Rule = true, rulebook.RuleID(pick)
	default:
		return p, false
	}
	return p, true
}

// practiceData is what a button of a practice carries.
func practiceData(ref, number int64, choice string) string {
	return ButtonPractice + ":" + inGroup(strconv.FormatInt(number, 36), ref) + ":" + choice
}

// PickPracticeData reports the message of a practice that was picked.
func PickPracticeData(ref, number int64, rule rulebook.RuleID, seen bool) string {
	return markSeen(practiceData(ref, number, practicePick+string(rule)), seen)
}

// TryData begins a practice.
func TryData(ref int64) string { return ButtonPractice + ":" + inGroup(practiceGo, ref) }

// TryButtons offer a practice, if the bot has the rights that takes.
func TryButtons(p locale.Printer, chat moderation.Chat) [][]wire.Button {
	if !chat.CanPractise() {
		return nil
	}
	return [][]wire.Button{{{Text: p.Text("practice.try", nil), Data: TryData(chat.Ref)}}}
}

// GreetingButtons stand under the greeting: the practice, if there can be one, and the rules.
func GreetingButtons(p locale.Printer, chat moderation.Chat) [][]wire.Button {
	row := slices.Concat(TryButtons(p, chat)...)
	return [][]wire.Button{append(row, wire.Button{Text: p.Text("button.rules", nil), Data: ButtonRules + ":" + inGroup("all", chat.Ref)})}
}

// PracticeText is the message of a practice.
func PracticeText(p locale.Printer, say ReportTexts) string {
	return p.Text("practice.message", locale.Args{"title": PracticeTitle(p), "way": say.Way(p)})
}

// PracticeTitle is what the message of a practice says, in one line.
func PracticeTitle(p locale.Printer) string { return p.Text("practice.title", nil) }

// PracticeToast marks a toast as one of a practice.
func PracticeToast(text string) string { return practiceCase + " " + text }

func markPractice(p locale.Printer, text string) string {
	return p.Text("practice.marked", locale.Args{"text": text})
}

// PracticeCard is the card of a practice: that of a case, marked.
func PracticeCard(p locale.Printer, chat moderation.Chat, pr moderation.Practice) (string, [][]wire.Button) {
	tally := pr.Tally()
	cs := moderation.Case{ID: practiceCase, Chat: chat.ID, Verdict: pr.Verdict, Rule: pr.Rule, Votes: tally.Votes(), Breaks: tally.Breaks}
	return markPractice(p, CardText(p, chat, cs)), practiceRows(chat.Ref, pr.Number(), CardButtons(p, chat, cs, ""))
}

// PracticeConfirmation answers who reported the message of a practice: as they would be answered of a case, marked.
func PracticeConfirmation(p locale.Printer, chat moderation.Chat, number int64, r moderation.Receipt, seen *ReportTexts) (string, [][]wire.Button) {
	r.Case = practiceCase
	text, rows := Confirmation(p, chat, r, seen)
	return markPractice(p, text), practiceRows(chat.Ref, number, rows)
}

// practiceConfirmationIn is one in private.
func practiceConfirmationIn(p locale.Printer, chat moderation.Chat, title string, number int64, r moderation.Receipt) (string, [][]wire.Button) {
	r.Case = practiceCase
	text, rows := ConfirmationIn(p, chat, title, r)
	return markPractice(p, text), practiceRows(chat.Ref, number, rows)
}

// PracticeOutcomeText tells a reporter how a practice ended, as they would be told of a case, marked.
func PracticeOutcomeText(p locale.Printer, e moderation.SendPracticeOutcome) string {
	told := moderation.SendOutcome{Case: practiceCase, Verdict: e.Verdict, Rule: e.Rule, Step: ladder.Step{Kind: ladder.Warn}}
	return markPractice(p, OutcomeText(p, told, moderation.Case{ID: practiceCase, Verdict: e.Verdict, Rule: e.Rule}))
}

// PracticeUndone tells a reporter that they took their report back.
func PracticeUndone(p locale.Printer) string { return markPractice(p, p.Text("report.undone", nil)) }

// practiceRows are the buttons of a case made those of a practice. Those that a practice has not are left out.
func practiceRows(ref, number int64, rows [][]wire.Button) (all [][]wire.Button) {
	for _, row := range rows {
		var kept []wire.Button
		for _, b := range row {
			if choice, ok := practiceChoice(b.Data); ok {
				b.Data = practiceData(ref, number, choice)
				kept = append(kept, b)
			}
		}
		if len(kept) > 0 {
			all = append(all, kept)
		}
	}
	return all
}

// practiceChoice is what a button of a case would be in a practice.
func practiceChoice(data string) (choice string, ok bool) {
	was, ok := ParseCallbackData(data)
	switch {
	case !ok:
		return "", false
	case was.Button == ButtonVote:
		return was.Part(1), true
	case was.Button == ButtonUndo:
		return practiceUndo, true
	case was.Button == ButtonRule:
		return markSeen(practiceRule+was.Part(1), was.Part(2) == ChoiceSeen), true
	}
	return "", false
}

// HasPracticeButton reports whether a message has this button of a practice. What a press carries may be forged, and not which
// buttons stand below a message of the bot's.
func HasPracticeButton(m *wire.Message, data string) bool { return slices.Contains(m.Buttons, data) }

// SideOfPractice is what the button of a press on a card carries.
func SideOfPractice(ref int64, p PracticeCallback) string {
	return practiceData(ref, p.Number, string(p.Side))
}
