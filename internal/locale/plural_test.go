package locale_test

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"github.com/ostrakon-bot/ostrakon/internal/locale"
)

var cldr = map[plural.Form]string{
	plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many", plural.Other: "other",
}

// formOf is the form that a language's rules pick for a whole number.
func formOf(lang string, n int) string {
	return cldr[plural.Cardinal.MatchPlural(language.Make(lang), n, 0, 0, 0, 0)]
}

// saidOfOne reports whether a language says a form of a single number only, as English does "one".
// That depends on the language: Russian says it of 1, 21, 31 too.
func saidOfOne(lang, form string) bool {
	said := 0
	for _, n := range manyNumbers() {
		if formOf(lang, n) == form {
			said++
		}
	}
	return said == 1
}

// newerThanTheRules is a form that x/text (CLDR 32) does not pick yet, but CLDR does since 38: for
// whole millions in Spanish, French, Italian, Portuguese ("1 000 000 de votos"). A language may have
// it already.
const newerThanTheRules = "many"

// Each text with a number has the forms that its language's rules pick for whole numbers, and "other", which is said
// when there is no number. It has no form that is never said.
func TestPluralForms(t *testing.T) {
	t.Parallel()
	all := sheets(t)
	for lang, s := range all {
		needed := map[string]bool{"other": true}
		for _, n := range manyNumbers() {
			needed[formOf(lang, n)] = true
		}
		for key, forms := range s {
			if _, plain := forms[""]; plain {
				continue
			}
			for form := range needed {
				if forms[form] == "" {
					t.Errorf("%s.json: %s lacks the form %q", lang, key, form)
				}
			}
			for form := range forms {
				if !needed[form] && form != newerThanTheRules {
					t.Errorf("%s.json: %s has the form %q, which is never said", lang, key, form)
				}
			}
		}
	}
}

// What depends on the number in English does so everywhere, and the other way round; a language
// that has only "other" says so.
func TestPluralTextsAreTheSame(t *testing.T) {
	t.Parallel()
	all := sheets(t)
	for key, forms := range all[locale.Default] {
		_, plain := forms[""]
		for lang, s := range all {
			if _, also := s[key][""]; also != plain {
				t.Errorf("%s.json: %s has plural forms or not, unlike %s.json", lang, key, locale.Default)
			}
		}
	}
}

func TestEveryNumberPicksAForm(t *testing.T) {
	t.Parallel()
	for lang, s := range sheets(t) {
		for key, forms := range s {
			if _, plain := forms[""]; plain {
				continue
			}
			for _, n := range numbersTo(120) {
				form := forms[formOf(lang, n)]
				if form == "" {
					t.Errorf("%s.json: %s has no form for %d", lang, key, n)
					continue
				}
				want := strings.ReplaceAll(form, "{count}", fmt.Sprint(n))
				if got := locale.Visible(locale.In(lang).Text(key, locale.Args{"count": n})); got != want {
					t.Errorf("%s: %s of %d is %q, want %q", lang, key, n, got, want)
				}
			}
		}
	}
}

// manyNumbers are enough to meet every form that whole numbers have.
func manyNumbers() []int {
	return append(numbersTo(1000), 10_000, 100_000, 1_000_000, 1_000_001)
}

func numbersTo(last int) []int {
	all := make([]int, 0, last+1)
	for n := 0; n <= last; n++ {
		all = append(all, n)
	}
	return all
}
