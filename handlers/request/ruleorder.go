package request

import (
	"slices"
	"strconv"
	"strings"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// Order is what an admin typed after /rule. If nothing is wrong, it is an amendment, or, without a kind, a
// wish to see the book or, with a rule, its page.
type Order struct {
	rulebook.Amendment
	Wrong string // a key of the locale: the sentence that says what is allowed
	Typed string // what names no rule
}

// wrong is an order that is none.
func wrong(key string) Order { return Order{Wrong: key} }

// ReadOrder takes apart what was typed after /rule, for a group with this book.
//
//	add <name> [1-3] <sentence>
//	edit <name> <sentence>
//	edit <name> severity|place <number>
//	edit <name> sweep on|off
//	edit <name> name|breaks|fine <text>
//	edit <name> examples clear
//	remove <name>
//
// A name is a word, in which underscores stand for blanks, or stands in quotes. Of a rule that is in the
// book it may also be its number there, or several words without quotes. A name alone shows its page.
func ReadOrder(book rulebook.Book, typed string) Order {
	verb, rest := CutWord(typed)
	switch strings.ToLower(verb) {
	case "":
		return Order{}
	case "add", "new":
		return readAdd(book, rest)
	case "edit", "change":
		return readEdit(book, rest)
	case "remove", "delete":
		return readRemove(book, rest)
	}
	if id, rest, found := ListedRule(book, typed); found && rest == "" {
		return Order{Amendment: rulebook.Amendment{Rule: id}}
	}
	return wrong("book.wrong")
}

func readAdd(book rulebook.Book, typed string) Order {
	name, rest, ok := cutName(typed)
	if !ok || name == "" {
		return wrong("book.wrong_add")
	}
	a := rulebook.Amendment{Kind: rulebook.AmendAdded, Text: name}
	if word, after := CutWord(rest); len(word) == 1 && word[0] >= '0' && word[0] <= '9' {
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
		a.Kind, a.Rule, a.Text = rulebook.AmendRestored, id, ""
		return Order{Amendment: a}
	}
	if a.Why == "" {
		return wrong("book.wrong_add")
	}
	return Order{Amendment: a}
}

func readRemove(book rulebook.Book, typed string) Order {
	if typed == "" {
		return wrong("book.wrong_remove")
	}
	id, rest, found := ListedRule(book, typed)
	if !found || rest != "" { // "remove" takes nothing that was not meant
		return Order{Wrong: "book.unknown", Typed: typed}
	}
	return Order{Amendment: rulebook.Amendment{Kind: rulebook.AmendRemoved, Rule: id}}
}

func readEdit(book rulebook.Book, typed string) Order {
	if typed == "" {
		return wrong("book.wrong_edit")
	}
	id, rest, found := ListedRule(book, typed)
	switch {
	case !found:
		return Order{Wrong: "book.unknown", Typed: typed}
	case rest == "":
		return Order{Amendment: rulebook.Amendment{Rule: id}}
	}
	o := readChange(rest)
	o.Rule = id
	if o.Kind == rulebook.AmendName {
		other, taken := calledSo(book.Listed(), o.Text, false)
		if taken && other != id {
			return wrong("refuse." + string(moderation.RefuseRuleTaken))
		}
	}
	return o
}

// switches are words after which nothing follows, so that they end no sentence.
var switches = []string{"clear", string(rulebook.SweepOn), string(rulebook.SweepOff)}

// readChange reads what is to be changed about a rule. Its words are small letters, so that a sentence may
// begin with them; what can be no sentence is not taken for one.
func readChange(typed string) Order {
	word, rest := CutWord(typed)
	number, err := strconv.Atoi(rest)
	numbered := err == nil && number != 0
	if !numbered {
		number = -1
	}
	amend := func(kind rulebook.AmendKind) Order {
		return Order{Amendment: rulebook.Amendment{Kind: kind, Number: number}}
	}
	small := strings.ToLower(word)
	if small != word && !numbered && !slices.Contains(switches, strings.ToLower(rest)) {
		small = "" // the first word of a sentence
	}
	var o Order
	switch small {
	case "severity":
		return amend(rulebook.AmendSeverity)
	case "place":
		return amend(rulebook.AmendPlace)
	case "examples":
		if o = amend(rulebook.AmendCleared); !strings.EqualFold(rest, "clear") {
			return wrong("book.wrong_edit")
		}
		return o
	case "sweep":
		o = amend(rulebook.AmendSweep)
		o.Text = strings.ToLower(rest)
	case "name":
		o = amend(rulebook.AmendName)
		o.Text = rulebook.RuleName(unquote(rest))
	case "breaks":
		o = amend(rulebook.AmendBreaks)
		o.Text = unquote(rest)
	case "fine":
		o = amend(rulebook.AmendFine)
		o.Text = unquote(rest)
	default:
		if n, err := strconv.Atoi(typed); err == nil {
			return Order{Amendment: rulebook.Amendment{Kind: rulebook.AmendSeverity, Number: n}}
		}
		return Order{Amendment: rulebook.Amendment{Kind: rulebook.AmendWhy, Why: unquote(typed)}}
	}
	if o.Text == "" {
		return wrong("book.wrong_edit")
	}
	return o
}
