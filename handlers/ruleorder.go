package handlers

import (
	"slices"
	"strconv"
	"strings"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// order is what an admin typed after /rule. If nothing is wrong, it is an amendment, or, without a kind, a
// wish to see the book or, with a rule, its page.
type order struct {
	moderation.Amendment
	wrong string // a key of the locale: the sentence that says what is allowed
	typed string // what names no rule
}

// wrong is an order that is none.
func wrong(key string) order { return order{wrong: key} }

// readOrder takes apart what was typed after /rule, for a group with this book.
//
//	add <name> [1-3] <sentence>
//	edit <name> <sentence>
//	edit <name> severity|place <number>
//	edit <name> name|breaks|fine <text>
//	edit <name> examples clear
//	remove <name>
//
// A name is a word, in which underscores stand for blanks, or stands in quotes. Of a rule that is in the
// book it may also be its number there, or several words without quotes. A name alone shows its page.
func readOrder(book moderation.Book, typed string) order {
	verb, rest := cutWord(typed)
	switch strings.ToLower(verb) {
	case "":
		return order{}
	case "add", "new":
		return readAdd(book, rest)
	case "edit", "change":
		return readEdit(book, rest)
	case "remove", "delete":
		return readRemove(book, rest)
	}
	if id, rest, found := listedRule(book, typed); found && rest == "" {
		return order{Amendment: moderation.Amendment{Rule: id}}
	}
	return wrong("book.wrong")
}

func readAdd(book moderation.Book, typed string) order {
	name, rest, ok := cutName(typed)
	if !ok || name == "" {
		return wrong("book.wrong_add")
	}
	a := moderation.Amendment{Kind: moderation.AmendAdded, Text: name}
	if word, after := cutWord(rest); len(word) == 1 && word[0] >= '0' && word[0] <= '9' {
		a.Number, rest = int(word[0]-'0'), after
		if a.Number == 0 {
			a.Number = -1 // not what stands for none
		}
	}
	a.Why = unquote(rest)
	if _, taken := calledSo(book.Listed(), name, false); taken {
		return wrong("refuse." + string(moderation.RefuseRuleTaken))
	}
	if id, removed := calledSo(book, name, true); removed {
		a.Kind, a.Rule, a.Text = moderation.AmendRestored, id, ""
		return order{Amendment: a}
	}
	if a.Why == "" {
		return wrong("book.wrong_add")
	}
	return order{Amendment: a}
}

func readRemove(book moderation.Book, typed string) order {
	if typed == "" {
		return wrong("book.wrong_remove")
	}
	id, rest, found := listedRule(book, typed)
	if !found || rest != "" { // "remove" takes nothing that was not meant
		return order{wrong: "book.unknown", typed: typed}
	}
	return order{Amendment: moderation.Amendment{Kind: moderation.AmendRemoved, Rule: id}}
}

func readEdit(book moderation.Book, typed string) order {
	if typed == "" {
		return wrong("book.wrong_edit")
	}
	id, rest, found := listedRule(book, typed)
	switch {
	case !found:
		return order{wrong: "book.unknown", typed: typed}
	case rest == "":
		return order{Amendment: moderation.Amendment{Rule: id}}
	}
	o := readChange(rest)
	o.Rule = id
	if o.Kind == moderation.AmendName {
		other, taken := calledSo(book.Listed(), o.Text, false)
		if taken && other != id {
			return wrong("refuse." + string(moderation.RefuseRuleTaken))
		}
	}
	return o
}

// readChange reads what is to be changed about a rule. Its words are small letters, so that a sentence may
// begin with them; what can be no sentence is not taken for one.
func readChange(typed string) order {
	word, rest := cutWord(typed)
	number, err := strconv.Atoi(rest)
	numbered := err == nil && number != 0
	if !numbered {
		number = -1
	}
	amend := func(kind moderation.AmendKind) order {
		return order{Amendment: moderation.Amendment{Kind: kind, Number: number}}
	}
	small := strings.ToLower(word)
	if small != word && !numbered && !strings.EqualFold(rest, "clear") {
		small = "" // the first word of a sentence
	}
	var o order
	switch small {
	case "severity":
		return amend(moderation.AmendSeverity)
	case "place":
		return amend(moderation.AmendPlace)
	case "examples":
		if o = amend(moderation.AmendCleared); !strings.EqualFold(rest, "clear") {
			return wrong("book.wrong_edit")
		}
		return o
	case "name":
		o = amend(moderation.AmendName)
		o.Text = moderation.RuleName(unquote(rest))
	case "breaks":
		o = amend(moderation.AmendBreaks)
		o.Text = unquote(rest)
	case "fine":
		o = amend(moderation.AmendFine)
		o.Text = unquote(rest)
	default:
		if n, err := strconv.Atoi(typed); err == nil {
			return order{Amendment: moderation.Amendment{Kind: moderation.AmendSeverity, Number: n}}
		}
		return order{Amendment: moderation.Amendment{Kind: moderation.AmendWhy, Why: unquote(typed)}}
	}
	if o.Text == "" {
		return wrong("book.wrong_edit")
	}
	return o
}

// listedRule finds the rule that is named at the beginning of what was typed, by its number in the book
// too.
func listedRule(book moderation.Book, typed string) (id moderation.RuleID, rest string, found bool) {
	if id, rest, found = findRule(book, typed); found {
		return id, rest, true
	}
	word, rest := cutWord(typed)
	n, err := strconv.Atoi(strings.Trim(word, "#.:)"))
	listed := book.Listed()
	if err != nil || n < 1 || n > len(listed) || len(word) > 4 { // "0012" is the id of a case
		return "", typed, false
	}
	return listed[n-1].ID, behind("", rest), true
}

// What opens and closes a quote, as phones write it.
const (
	openers = "\"'“”„«‘「『"
	closers = "\"'”“»’」』"
)

// cutName cuts a new name off: what stands in quotes, else a word. It says false for a quote that is not
// closed.
func cutName(typed string) (name, rest string, ok bool) {
	typed = strings.TrimSpace(typed)
	runes := []rune(typed)
	if len(runes) == 0 || !strings.ContainsRune(openers, runes[0]) {
		name, rest = cutWord(typed)
		return moderation.RuleName(name), rest, true
	}
	end := slices.IndexFunc(runes[1:], func(r rune) bool { return strings.ContainsRune(closersOf(runes[0]), r) })
	if end < 0 {
		return "", "", false
	}
	return moderation.RuleName(string(runes[1 : 1+end])), strings.TrimSpace(string(runes[2+end:])), true
}

// unquote takes the quotes off that stand around all of a text, and the white space.
func unquote(text string) string {
	text = strings.TrimSpace(text)
	runes := []rune(text)
	if n := len(runes); n > 2 && strings.ContainsRune(openers, runes[0]) && strings.ContainsRune(closersOf(runes[0]), runes[n-1]) {
		return strings.TrimSpace(string(runes[1 : n-1]))
	}
	return text
}

// closersOf are what can close a quote that begins so. An apostrophe closes no double quote.
func closersOf(opener rune) string {
	switch opener {
	case '\'', '‘':
		return "'’"
	case '「', '『':
		return "」』"
	case '«':
		return "»"
	default:
		return "\"”“"
	}
}
