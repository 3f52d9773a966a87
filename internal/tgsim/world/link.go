package world

import (
	"strings"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/schema"
)

// TMe is how links to Telegram begin.
const TMe = "https://t.me/"

// StartLink takes a link such as "https://t.me/OstrakonBot?start=7" apart.
func StartLink(link string) (bot, payload string, ok bool) {
	rest, ok := CutTMe(link)
	bot, query, _ := strings.Cut(rest, "?")
	payload, start := strings.CutPrefix(query, "start=")
	fits := len(payload) <= 64 && !strings.ContainsFunc(payload, func(r rune) bool { return !schema.InAlphabet(r, "A-Z a-z 0-9 _ -") })
	return bot, payload, ok && start && bot != "" && fits
}

// CutTMe is what follows t.me/ in a link to Telegram.
func CutTMe(link string) (rest string, ok bool) {
	for _, prefix := range []string{TMe, "http://t.me/", "t.me/"} {
		if rest, ok := strings.CutPrefix(link, prefix); ok {
			return rest, true
		}
	}
	return "", false
}
