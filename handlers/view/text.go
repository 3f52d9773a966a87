package view

import (
	"strings"
	"unicode/utf16"

	"github.com/ostrakon-bot/ostrakon/internal/locale"
)

// List joins names as the language does.
func List(p locale.Printer, names []string) string {
	var joined string
	for i, name := range names {
		if i == 0 {
			joined = name
			continue
		}
		joined = p.Text("list.two", locale.Args{"first": joined, "second": name})
	}
	return joined
}

// ListAnd joins names as they stand in a sentence: with a word before the last.
func ListAnd(p locale.Printer, names []string) string {
	last := len(names) - 1
	if last < 1 {
		return List(p, names)
	}
	return p.Text("list.last", locale.Args{"first": List(p, names[:last]), "second": names[last]})
}

// LongestToast is the length that the answer to a callback may have, in UTF-16 units.
const LongestToast = 200

func fits(text string, room int) bool { return Length(text) <= room }

// MaxText is the length that a message may have, in UTF-16 units.
const MaxText = 4096

// Shorten makes one line of at most n characters.
func Shorten(text string, n int) string {
	line := strings.Join(strings.Fields(text), " ")
	runes := []rune(line)
	if len(runes) <= n {
		return line
	}
	return strings.TrimSpace(string(runes[:n-1])) + "…"
}

// Paged joins texts to as few messages as possible. None of the texts may be too long for a message.
func Paged(texts []string, between string) []string {
	var pages []string
	for _, text := range texts {
		if n := len(pages); n > 0 && Length(pages[n-1]+between+text) <= MaxText {
			pages[n-1] += between + text
		} else {
			pages = append(pages, strings.TrimLeft(text, "\n"))
		}
	}
	return pages
}

// Length is the length of a text as Telegram counts it, without the marks around times.
func Length(text string) int {
	n := 0
	for _, r := range locale.Plain(text) {
		n += utf16.RuneLen(r)
	}
	return n
}

// Cut returns the beginning of a text that has at most this length, as Telegram counts it.
func Cut(text string, most int) string {
	n := 0
	for i, r := range text {
		if n += utf16.RuneLen(r); n > most {
			return text[:i]
		}
	}
	return text
}

// InGroupText is what is told in private about a group, below the name of that.
func InGroupText(p locale.Printer, title, text string) string {
	return p.Text("entry.group", locale.Args{"group": title}) + "\n" + text
}
