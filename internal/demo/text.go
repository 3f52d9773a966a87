package demo

import (
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
)

// Widths are measured and lines broken by github.com/rivo/uniseg rather than mattn/go-runewidth or
// lipgloss. It alone counts ↩️ and flags as two cells, as terminals do today. It knows where Unicode
// lets a line break (Chinese has no spaces), and it needs no other module. Looked at: Nov 2026,
// uniseg 0.4.7, runewidth 0.0.24, lipgloss 1.1.0.

// width is how many cells a text takes in a terminal.
func width(s string) int { return uniseg.StringWidth(s) }

// slash stands in for the slash of a command, after which Unicode would break and before which never.
const slash = "\ue000"

// wrap breaks a text into lines of at most room cells; the first has only what lead leaves of it.
func wrap(text string, room, lead int) (lines []string) {
	line, left := "", room-lead
	flush := func() {
		lines = append(lines, strings.TrimRight(strings.ReplaceAll(line, slash, "/"), " "))
		line, left = "", room
	}
	for rest, state := strings.ReplaceAll(clean(text), "/", slash), -1; rest != ""; {
		var word string
		var must bool
		word, rest, must, state = uniseg.FirstLineSegmentInString(rest, state)
		word = strings.TrimRight(word, "\n")
		black := width(strings.TrimRight(word, " ")) // spaces may stand out
		if black > left && left < room {
			flush() // something is there already
		}
		for black > left {
			if line, word = cut(word, left); line == "" {
				break // not even one sign fits
			}
			black -= width(line)
			flush()
		}
		line, left = line+word, left-width(word)
		if must && rest != "" {
			flush()
		}
	}
	flush()
	return lines
}

// clean leaves out what would command the terminal rather than be shown.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case r != '\n' && unicode.IsControl(r):
			return -1
		default:
			return r
		}
	}, text)
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
	text = clean(strings.Join(strings.Fields(text), " "))
	if width(text) <= room {
		return text
	}
	head, _ := cut(text, max(0, room-1))
	return strings.TrimRight(head, " ") + "…"
}

func begins(s, with string) bool { return strings.HasPrefix(s, with) }
