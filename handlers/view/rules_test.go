package view_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

func TestExamplesOfRules(t *testing.T) {
	t.Parallel()
	for _, lang := range locale.Languages() {
		p := locale.In(lang)
		for _, r := range rulebook.DefaultBook() {
			breaks, fine := view.RuleExamples(p, r)
			if len(breaks) != 2 || len(fine) != 2 {
				t.Errorf("%s %s: %q, %q", lang, r.ID, breaks, fine)
			}
			for _, e := range append(breaks, fine...) {
				if n := utf8.RuneCountInString(e); n < 10 || n > 90 {
					t.Errorf("%s %s: %d characters in %q", lang, r.ID, n, e)
				}
			}
		}
		own := rulebook.Rule{ID: rulebook.Spam, Breaks: []string{"Buy"}}
		if breaks, fine := view.RuleExamples(p, own); len(breaks) != 1 || len(fine) != 2 {
			t.Errorf("%s: %q, %q", lang, breaks, fine)
		}
		if breaks, fine := view.RuleExamples(p, rulebook.Rule{ID: "r1"}); breaks != nil || fine != nil {
			t.Errorf("%s: %q, %q", lang, breaks, fine)
		}
	}
}

// However much a group writes, /rules fits into a message: with an example each, without, or cut, which is said.
func TestRulesFit(t *testing.T) {
	t.Parallel()
	for _, lang := range locale.Languages() {
		p := locale.In(lang)
		for n := range rulebook.MaxRules - 7 {
			for _, long := range []string{"word ", "жук ", "🦊 a "} {
				book := rulebook.DefaultBook()
				for i := range n {
					book = append(book, rulebook.Rule{
						ID: rulebook.RuleID(fmt.Sprintf("r%d", i+1)), Severity: 3, Name: fmt.Sprintf("Rule number %d", i),
						Why: string([]rune(strings.Repeat(long, 100))[:299]) + ".", Breaks: []string{"An example of mine"},
					})
				}
				text := view.RulesText(p, book, 4096)
				if size := len(utf16.Encode([]rune(text))); size > 4096 {
					t.Errorf("%s, %d rules: %d", lang, len(book), size)
				}
				left := len(book) - strings.Count(text, "• ") // each begins so
				if said := strings.Contains(text, p.Text("rules.more", locale.Args{"count": left})); said != (left > 0) {
					t.Errorf("%s, %d rules: %d left out, said: %v", lang, len(book), left, said)
				}
				if left > 0 && strings.Contains(text, "An example of mine") {
					t.Errorf("%s, %d rules: examples instead of rules", lang, len(book))
				}
			}
		}
	}
}

// Buttons of the fullest book fit: what they carry, and what they are under.
func TestRuleButtonsFit(t *testing.T) {
	t.Parallel()
	id := rulebook.RuleID("r99999999")
	for _, data := range []string{
		view.RuleData(math.MaxInt64, longID, id, true), view.PickedData(math.MaxInt64, math.MaxInt64, id, true),
		view.GroupData("b", math.MaxInt64, string(id), "remove"), view.GroupData("c", math.MaxInt64, longID, string(id)),
	} {
		if _, _, _, ok := parsed(data); !ok || len(data) > 64 {
			t.Errorf("%q is no button: %d bytes", data, len(data))
		}
	}
	words := strings.Repeat("ж", rulebook.MaxExample)
	five := []string{words, words, words, words, words}
	r := rulebook.Rule{ID: id, Severity: 3, Name: strings.Repeat("ж", rulebook.MaxName), Why: strings.Repeat("ж", rulebook.MaxWhy), Breaks: five, Fine: five}
	chat := moderation.Chat{Ref: math.MaxInt64, Book: append(rulebook.DefaultBook(), r)}
	for len(chat.Book) < rulebook.MaxRules {
		more := r
		more.ID = rulebook.RuleID(fmt.Sprintf("r%d", len(chat.Book)))
		chat.Book = append(chat.Book, more)
	}
	for _, lang := range locale.Languages() {
		texts, rows := pages(locale.In(lang), chat, id)
		for i, text := range texts {
			if n := len(utf16.Encode([]rune(text))); n > 4096 {
				t.Errorf("%s: %d characters", lang, n)
			}
			for _, row := range rows[i] {
				for _, b := range row {
					if len(b.Data) == 0 || len(b.Data) > 64 || len(row) > 3 {
						t.Errorf("%s: %+v", lang, row)
					}
				}
			}
		}
	}
}

// pages are the book and one rule's page, with their buttons.
func pages(p locale.Printer, chat moderation.Chat, id rulebook.RuleID) (texts []string, rows [][][]wire.Button) {
	book, listed := view.BookPage(p, chat)
	page, below := view.RulePage(p, chat, chat.Book.Rule(id))
	sure, asked := view.SurePage(p, chat, chat.Book.Rule(id))
	return []string{book, page, sure}, [][][]wire.Button{listed, below, asked}
}
