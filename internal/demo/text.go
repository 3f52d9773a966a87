package demo

import (
	"strings"

	"github.com/rivo/uniseg"
)

// Widths are measured and lines broken by github.com/rivo/uniseg rather than mattn/go-runewidth or
// lipgloss: it alone counts ↩️ and flags as two cells, as terminals do today, it knows where Unicode
// lets a line break (Chinese has no spaces), and it needs no other module. Looked at: Nov 2026,
// uniseg 0.4.7, runewidth 0.0.24, lipgloss 1.1.0.

// width is how many cells a text takes in a terminal.
func width(s string) int { return uniseg.StringWidth(s) }

// wrap breaks a text into lines of at most room cells; the first has only what lead leaves of it.
func wrap(text string, room, lead int) (lines []string) {
	line, left := "", room-lead
	flush := func() {
		lines = append(lines, strings.TrimRight(line, " "))
		line, left = "", room
	}
	for rest, state := text, -1; rest != ""; {
		var word string
		var must bool
		word, rest, must, state = uniseg.FirstLineSegmentInString(rest, state)
		word = strings.TrimRight(word, "\n")
		if width(strings.TrimRight(word, " ")) > left && line != "" {
			flush()
		}
		for width(strings.TrimRight(word, " ")) > left {
			var head string
			if head, word = cut(word, left); head == "" {
				break // not even one sign fits
			}
			line = head
			flush()
		}
		line, left = line+word, left-width(word)
		if must && rest != "" {
			flush()
		}
	}
	return append(lines, strings.TrimRight(line, " "))
}

// cut takes from the beginning of a text what fits into room cells.
func cut(text string, room int) (head, rest string) {
	rest = text
	for state := -1; rest != ""; {
		sign, after, w, next := uniseg.FirstGraphemeClusterInString(rest, state)
		if w > room {
			break
		}
		head, rest, state, room = head+sign, after, next, room-w
	}
	return head, rest
}

// short is a text on one line of at most room cells.
func short(text string, room int) string {
	text = strings.Join(strings.Fields(text), " ")
	if width(text) <= room {
		return text
	}
	head, _ := cut(text, max(0, room-1))
	return strings.TrimRight(head, " ") + "…"
}
