package request

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// FindRule finds the rule that is named at the beginning of what was typed. A name is the group's own for it, its name
// in any language, its id, or an alias. Rest is what follows.
func FindRule(book rulebook.Book, typed string) (id rulebook.RuleID, rest string, found bool) {
	if typed == "" {
		return "", "", false
	}
	length := 0
	longest := func(r rulebook.RuleID, names []string) {
		for _, name := range names {
			if n := rulebook.Leads(name, typed); n > length {
				id, length = r, n
			}
		}
	}
	for _, r := range book.Listed() {
		longest(r.ID, []string{r.Name})
	}
	if length == 0 {
		for _, r := range book.Listed() {
			longest(r.ID, localNames()[r.ID])
		}
	}
	if length > 0 {
		return id, behind(typed, typed[length:]), true
	}
	if id, found = book.Named(typed); !found {
		return "", typed, false
	}
	_, rest = CutWord(typed)
	return id, behind(typed, rest), true
}

// behind is what follows a name, without what closes its quote, and what people put between.
func behind(typed, rest string) string {
	if len(typed) > 0 && strings.ContainsRune(Openers, []rune(typed)[0]) {
		rest = strings.TrimLeft(rest, closers)
	}
	return strings.TrimLeft(rest, " \t\r\n\u00a0:,;")
}

// localNames are what people of all languages call the rules that every group starts with.
var localNames = sync.OnceValue(findLocalNames)

func findLocalNames() map[rulebook.RuleID][]string {
	names := map[rulebook.RuleID][]string{}
	for _, r := range rulebook.DefaultBook() {
		key := "rule." + string(r.ID)
		for _, lang := range locale.Languages() {
			p := locale.In(lang)
			names[r.ID] = append(names[r.ID], p.Text(key, nil))
			for word := range strings.SplitSeq(p.Text(key+".words", nil), ",") {
				names[r.ID] = append(names[r.ID], strings.TrimSpace(word))
			}
		}
	}
	return names
}

// Called lists all names under which a rule is shown.
func Called(r rulebook.Rule) (names []string) {
	if r.Name != "" {
		return []string{r.Name}
	}
	for _, lang := range locale.Languages() {
		names = append(names, view.RuleName(locale.In(lang), r))
	}
	return append(names, string(r.ID))
}

// isCalled reports whether a rule is shown by that name, in any case.
func isCalled(r rulebook.Rule, name string) bool {
	return slices.ContainsFunc(Called(r), func(known string) bool { return strings.EqualFold(known, name) })
}

// calledSo finds the rule, among those that hold or those that do not, that is shown by that name.
func calledSo(book rulebook.Book, name string, removed bool) (rulebook.RuleID, bool) {
	for _, r := range book {
		if r.Removed == removed && isCalled(r, name) {
			return r.ID, true
		}
	}
	return "", false
}

// ListedRule finds the rule that is named at the beginning of what was typed, also by its number in the book.
func ListedRule(book rulebook.Book, typed string) (id rulebook.RuleID, rest string, found bool) {
	if id, rest, found = FindRule(book, typed); found {
		return id, rest, true
	}
	word, rest := CutWord(typed)
	n, err := strconv.Atoi(strings.Trim(word, "#.:)"))
	listed := book.Listed()
	if err != nil || n < 1 || n > len(listed) || len(word) > 4 { // "0012" is the id of a case
		return "", typed, false
	}
	return listed[n-1].ID, behind("", rest), true
}
