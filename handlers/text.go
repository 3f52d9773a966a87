package handlers

import (
	"strings"
	"unicode/utf16"

	"github.com/ostrakon-bot/ostrakon/internal/locale"
)

// maxText is how long a message may be, in the units of UTF-16.
const maxText = 4096

// shorten makes one line of at most n characters.
func shorten(text string, n int) string {
	line := strings.Join(strings.Fields(text), " ")
	runes := []rune(line)
	if len(runes) <= n {
		return line
	}
	return strings.TrimSpace(string(runes[:n-1])) + "…"
}

// paged joins texts, none of which is too long for a message, to as few as can be sent.
func paged(texts []string, between string) []string {
	var pages []string
	for _, text := range texts {
		if n := len(pages); n > 0 && utf16Len(pages[n-1]+between+text) <= maxText {
			pages[n-1] += between + text
		} else {
			pages = append(pages, strings.TrimLeft(text, "\n"))
		}
	}
	return pages
}

// utf16Len is the length of a text as Telegram counts it, once its times are no longer marked.
func utf16Len(text string) int {
	n := 0
	for _, r := range locale.Plain(text) {
		n += utf16.RuneLen(r)
	}
	return n
}

// utf16Cut is as much of the beginning of a text as has at most that length, as Telegram counts it.
func utf16Cut(text string, most int) string {
	n := 0
	for i, r := range text {
		if n += utf16.RuneLen(r); n > most {
			return text[:i]
		}
	}
	return text
}
