package request

import (
	"slices"
	"strings"

	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// CutWord cuts the first word off.
func CutWord(text string) (word, rest string) {
	text = strings.TrimSpace(text)
	i := strings.IndexAny(text, " \t\r\n\u00a0")
	if i < 0 {
		return text, ""
	}
	return text[:i], strings.TrimSpace(text[i:])
}

// What opens and closes a quote, as phones write it.
const (
	Openers = "\"'“”„«‘「『"
	closers = "\"'”“»’」』"
)

// cutName cuts a new name off: what stands in quotes, else a word. It says false for a quote that is not
// closed.
func cutName(typed string) (name, rest string, ok bool) {
	typed = strings.TrimSpace(typed)
	runes := []rune(typed)
	if len(runes) == 0 || !strings.ContainsRune(Openers, runes[0]) {
		name, rest = CutWord(typed)
		return rulebook.RuleName(name), rest, true
	}
	end := slices.IndexFunc(runes[1:], func(r rune) bool { return strings.ContainsRune(closersOf(runes[0]), r) })
	if end < 0 {
		return "", "", false
	}
	return rulebook.RuleName(string(runes[1 : 1+end])), strings.TrimSpace(string(runes[2+end:])), true
}

// unquote takes the quotes off that stand around all of a text, and the white space.
func unquote(text string) string {
	text = strings.TrimSpace(text)
	runes := []rune(text)
	if n := len(runes); n > 2 && strings.ContainsRune(Openers, runes[0]) && strings.ContainsRune(closersOf(runes[0]), runes[n-1]) {
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
