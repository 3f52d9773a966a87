package handlers

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/agext/levenshtein"

	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// findRule finds the rule that somebody names at the beginning of what they typed: by what the group
// calls it, by a name that some language has for it, whatever they speak, or by its id or an alias. Rest
// is what was typed behind.
func findRule(book moderation.Book, typed string) (id moderation.RuleID, rest string, found bool) {
	if typed == "" {
		return "", "", false
	}
	length := 0
	longest := func(r moderation.RuleID, names []string) {
		for _, name := range names {
			if n := moderation.Leads(name, typed); n > length {
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
	_, rest = cutWord(typed)
	return id, behind(typed, rest), true
}

// behind is what follows a name, without what closes its quote, and what people put between.
func behind(typed, rest string) string {
	if len(typed) > 0 && strings.ContainsRune(openers, []rune(typed)[0]) {
		rest = strings.TrimLeft(rest, closers)
	}
	return strings.TrimLeft(rest, " \t\r\n\u00a0:,;")
}

// cutWord cuts the first word off.
func cutWord(text string) (word, rest string) {
	text = strings.TrimSpace(text)
	i := strings.IndexAny(text, " \t\r\n\u00a0")
	if i < 0 {
		return text, ""
	}
	return text[:i], strings.TrimSpace(text[i:])
}

// localNames are what people of all languages call the rules that every group starts with.
var localNames = sync.OnceValue(findLocalNames)

func findLocalNames() map[moderation.RuleID][]string {
	names := map[moderation.RuleID][]string{}
	for _, r := range moderation.DefaultBook() {
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

// called is everything that a rule is shown as: its name, or those of all languages.
func called(r moderation.Rule) (names []string) {
	if r.Name != "" {
		return []string{r.Name}
	}
	for _, lang := range locale.Languages() {
		names = append(names, view.RuleName(locale.In(lang), r))
	}
	return append(names, string(r.ID))
}

// isCalled reports whether a rule is shown by that name, in any case.
func isCalled(r moderation.Rule, name string) bool {
	return slices.ContainsFunc(called(r), func(known string) bool { return strings.EqualFold(known, name) })
}

// calledSo finds the rule, among those that hold or those that do not, that is shown by that name.
func calledSo(book moderation.Book, name string, removed bool) (moderation.RuleID, bool) {
	for _, r := range book {
		if r.Removed == removed && isCalled(r, name) {
			return r.ID, true
		}
	}
	return "", false
}

const (
	maxNear      = 3   // suggestions
	alike        = 0.6 // of 1, how much of a name must be as it was typed
	shortestWord = 4   // letters, of a name of several words that one may have meant by one of them
)

// nearRules are what the rules are called whose names are most like what was typed, the best first.
func nearRules(p locale.Printer, book moderation.Book, typed string) []string {
	type guess struct {
		name  string
		score float64
	}
	var guesses []guess
	for _, r := range book.Listed() {
		best := 0.0
		for _, name := range slices.Concat(called(r), localNames()[r.ID]) {
			best = max(best, similarity(firstRunes(typed, name), name))
			for _, word := range strings.Fields(name) {
				if utf8.RuneCountInString(word) >= shortestWord {
					best = max(best, similarity(firstRunes(typed, word), word))
				}
			}
		}
		if best >= alike {
			guesses = append(guesses, guess{view.RuleName(p, r), best})
		}
	}
	slices.SortStableFunc(guesses, func(a, b guess) int { return cmp.Compare(b.score, a.score) })
	var near []string
	for _, g := range guesses[:min(len(guesses), maxNear)] {
		near = append(near, g.name)
	}
	return near
}

// firstRunes is what was typed, cut at the blank that is nearest behind the length of a name.
func firstRunes(typed, name string) string {
	words := strings.Fields(typed)
	said := ""
	for _, word := range words {
		if said != "" && utf8.RuneCountInString(said+word) > utf8.RuneCountInString(name) {
			break
		}
		said = strings.TrimSpace(said + " " + word)
	}
	return said
}

// similarity is how much of two texts is the same. Letters in the wrong order are the commonest slip.
func similarity(a, b string) float64 {
	a, b = strings.ToLower(a), strings.ToLower(b)
	alphabetical := func(s string) []rune { return slices.Sorted(slices.Values([]rune(s))) }
	if slices.Equal(alphabetical(a), alphabetical(b)) {
		return 1
	}
	return levenshtein.Similarity(a, b, nil)
}
