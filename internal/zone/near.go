package zone

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/agext/levenshtein"
)

const (
	maxNear = 3   // suggestions
	alike   = 0.7 // of 1, how much of a name must be as it was typed
)

// nearest are the zones whose names are most like what was typed, the best first.
func (d *directory) nearest(folded string) []string {
	type guess struct {
		name  string
		score float64
	}
	var guesses []guess
	last := folded[strings.LastIndex(folded, "/")+1:]
	for _, e := range d.spoken {
		if score := max(similarity(folded, e.key), similarity(last, e.key)); score >= alike {
			guesses = append(guesses, guess{e.name, score})
		}
	}
	slices.SortStableFunc(guesses, func(a, b guess) int { return cmp.Compare(b.score, a.score) })
	var near []string
	for _, g := range guesses {
		if !slices.Contains(near, g.name) && len(near) < maxNear {
			near = append(near, g.name)
		}
	}
	return near
}

// similarity is how much of two strings is the same, or 0 if their lengths alone make them too unlike.
// (levenshtein could be told to give up early by MinScore, but v1.2.3 then finds "knox" in "los angelos".)
func similarity(a, b string) float64 {
	m, n := utf8.RuneCountInString(a), utf8.RuneCountInString(b)
	if float64(min(m, n)) < alike*float64(max(m, n)) {
		return 0
	}
	return levenshtein.Similarity(a, b, nil)
}
