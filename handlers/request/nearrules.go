package request

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/agext/levenshtein"

	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

const (
	maxNear      = 3   // suggestions
	alike        = 0.6 // of 1, how much of a name must be as it was typed
	shortestWord = 4   // letters, of a name of several words that one may have meant by one of them
)

// NearRules lists the names of the rules that are most like what was typed, the best first.
func NearRules(p locale.Printer, book rulebook.Book, typed string) []string {
	type guess struct {
		name  string
		score float64
	}
	var guesses []guess
	for _, r := range book.Listed() {
		best := 0.0
		for _, name := range slices.Concat(Called(r), localNames()[r.ID]) {
			best = max(best, Similarity(firstRunes(typed, name), name))
			for _, word := range strings.Fields(name) {
				if utf8.RuneCountInString(word) >= shortestWord {
					best = max(best, Similarity(firstRunes(typed, word), word))
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

// Similarity is how much of two texts is the same, from 0 to 1. Letters in the wrong order are the commonest slip.
func Similarity(a, b string) float64 {
	a, b = strings.ToLower(a), strings.ToLower(b)
	alphabetical := func(s string) []rune { return slices.Sorted(slices.Values([]rune(s))) }
	if slices.Equal(alphabetical(a), alphabetical(b)) {
		return 1
	}
	return levenshtein.Similarity(a, b, nil)
}
