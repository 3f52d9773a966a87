package richtext

import (
	"strings"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/schema"
)

// Command splits "/name@bot rest" into name and bot, both possibly empty; ok
// says whether the text begins with a command at all.
func Command(text string) (name, bot string, ok bool) {
	if !strings.HasPrefix(text, "/") {
		return "", "", false
	}
	word := text[1:]
	if i := strings.IndexFunc(word, func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' }); i >= 0 {
		word = word[:i]
	}
	name, bot, _ = strings.Cut(word, "@")
	if name == "" || len(name) > 64 || strings.ContainsFunc(name, func(r rune) bool { return !schema.InAlphabet(r, "a-z A-Z 0-9 _") }) {
		return "", "", false
	}
	return name, bot, true
}
