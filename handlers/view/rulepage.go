package view

import (
	"slices"
	"strconv"
	"strings"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// What the last part of a rule's button can be, beside a severity and a [rulebook.Sweep].
const (
	RuleUp     = "up"
	RuleDown   = "down"
	RuleRemove = "remove" // asks
	RuleGo     = "go"     // removes
)

// BookOrPage shows a rule that is in force, or else the whole rulebook.
func BookOrPage(p locale.Printer, chat moderation.Chat, id rulebook.RuleID) (string, [][]wire.Button) {
	if chat.Book.Has(id) {
		return RulePage(p, chat, chat.Book.Rule(id))
	}
	return BookPage(p, chat)
}

// BookPage lists the rules for admins, with a button for each, and says which commands change them.
func BookPage(p locale.Printer, chat moderation.Chat) (string, [][]wire.Button) {
	lines := []string{p.Text("book.title", nil)}
	for i, r := range chat.Book.Listed() {
		lines = append(lines, bookLine(p, i+1, r))
	}
	lines = append(lines, "", p.Text("book.how", nil))
	rows := ruleRows(p, chat.Book, func(r rulebook.Rule) string { return GroupData(ButtonBook, chat.Ref, string(r.ID)) })
	back := wire.Button{Text: p.Text("button.back", nil), Data: GroupData(ButtonSettings, chat.Ref)}
	return strings.Join(lines, "\n"), append(rows, []wire.Button{back})
}

func bookLine(p locale.Printer, place int, r rulebook.Rule) string {
	key := "book.line"
	if r.Sweeps() {
		key = "book.line_sweep"
	}
	return p.Text(key, locale.Args{"number": strconv.Itoa(place), "rule": RuleName(p, r), "severity": strconv.Itoa(r.Severity)})
}

// ruleRows are the rules that hold as buttons, two in a row.
func ruleRows(p locale.Printer, book rulebook.Book, data func(rulebook.Rule) string) [][]wire.Button {
	var buttons []wire.Button
	for _, r := range book.Listed() {
		buttons = append(buttons, wire.Button{Text: RuleName(p, r), Data: data(r)})
	}
	return slices.Collect(slices.Chunk(buttons, 2))
}

// RulePage shows one rule with all its words, and the buttons that change it.
func RulePage(p locale.Printer, chat moderation.Chat, r rulebook.Rule) (string, [][]wire.Button) {
	place, last := PlaceOf(chat.Book, r.ID), len(chat.Book.Listed())
	lines := []string{
		bookLine(p, place, r), ruleWhy(p, r), costName(p, r.Severity),
	}
	if r.Sweeps() {
		lines = append(lines, p.Text("book.sweep", nil))
	}
	breaks, fine := RuleExamples(p, r)
	lines = append(lines, exampleLines(p, p.Text("book.breaks", nil), breaks)...)
	lines = append(lines, exampleLines(p, p.Text("book.fine", nil), fine)...)
	lines = append(lines, "", p.Text("book.how_rule", locale.Args{"number": strconv.Itoa(place)}))

	choose := func(text, choice string) wire.Button {
		return wire.Button{Text: text, Data: GroupData(ButtonBook, chat.Ref, string(r.ID), choice)}
	}
	var severities, moves []wire.Button
	for s := rulebook.MinSeverity; s <= rulebook.MaxSeverity; s++ {
		text := p.Text("book.severity", locale.Args{"severity": strconv.Itoa(s)})
		if s == r.Severity {
			text = "✅ " + text
		}
		severities = append(severities, choose(text, strconv.Itoa(s)))
	}
	if place > 1 {
		moves = append(moves, choose(p.Text("button.up", nil), RuleUp))
	}
	if place < last {
		moves = append(moves, choose(p.Text("button.down", nil), RuleDown))
	}
	back := []wire.Button{{Text: p.Text("button.back", nil), Data: GroupData(ButtonBook, chat.Ref)}}
	if r.ID != rulebook.Other {
		back = append([]wire.Button{choose(p.Text("button.remove", nil), RuleRemove)}, back...)
	}
	rows := [][]wire.Button{severities, {choose(sweepChoice(p, r))}, moves, back}
	return strings.Join(lines, "\n"), slices.DeleteFunc(rows, func(row []wire.Button) bool { return len(row) == 0 })
}

// sweepChoice says whether copies go, and what a press on that makes of it.
func sweepChoice(p locale.Printer, r rulebook.Rule) (text, choice string) {
	text = p.Text("book.sweep_button", nil)
	if r.Sweeps() {
		return "✅ " + text, string(rulebook.SweepOff)
	}
	return text, string(rulebook.SweepOn)
}

func exampleLines(p locale.Printer, title string, examples []string) []string {
	if len(examples) == 0 {
		return nil
	}
	lines := []string{"", title}
	for _, e := range examples {
		lines = append(lines, p.Text("book.example", locale.Args{"example": e}))
	}
	return lines
}

// SurePage asks before a rule is removed.
func SurePage(p locale.Printer, chat moderation.Chat, r rulebook.Rule) (string, [][]wire.Button) {
	return p.Text("book.sure", locale.Args{"rule": RuleName(p, r)}), [][]wire.Button{{
		{Text: p.Text("button.remove", nil), Data: GroupData(ButtonBook, chat.Ref, string(r.ID), RuleGo)},
		{Text: p.Text("button.back", nil), Data: GroupData(ButtonBook, chat.Ref, string(r.ID))},
	}}
}

// PlaceOf is the place of a rule in the book, counted from 1; 0 if it is not in force.
func PlaceOf(book rulebook.Book, id rulebook.RuleID) int {
	return slices.IndexFunc(book.Listed(), func(r rulebook.Rule) bool { return r.ID == id }) + 1
}

// amendedText says what an admin changed about the book, in the language of another.
func amendedText(p locale.Printer, book rulebook.Book, e moderation.RuleChanged) string {
	did := e.Amended
	r := book.Rule(did.Rule)
	args := locale.Args{"by": byName(p, e.By), "rule": RuleName(p, r), "from": unturned(did.From), "to": unturned(did.To)}
	if did.Kind == rulebook.AmendSweep {
		args["from"], args["to"] = p.Text("value."+did.From, nil), p.Text("value."+did.To, nil)
	}
	if did.Kind == rulebook.AmendName {
		r.Name = did.From
		args["from"] = RuleName(p, r)
	}
	return p.Text("entry.rule_"+string(did.Kind), args)
}
