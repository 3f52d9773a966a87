package view

import (
	"sort"
	"strings"

	"github.com/ostrakon-bot/ostrakon/internal/locale"
)

// shortestTitle and longestTitle are how many columns of a group's title stand in a text that has few lines.
const shortestTitle, longestTitle = 8, 24

// cutTitle puts as much of a group's title into a text as lets it keep to its lines.
func cutTitle(title string, lines int, text func(title string) string) string {
	for room := longestTitle; room > shortestTitle; room-- {
		if said := text(narrowed(title, room)); locale.Lines(said) <= lines {
			return said
		}
	}
	return text(narrowed(title, shortestTitle))
}

// narrowed is the beginning of a text of one line, of at most so many columns.
func narrowed(text string, room int) string {
	if locale.Width(text) <= room {
		return text
	}
	inside := strings.TrimSuffix(strings.TrimPrefix(text, firstStrong), popIsolate)
	runes := len([]rune(inside))
	cut := sort.Search(runes, func(n int) bool { return locale.Width(Shorten(inside, n+1)) > room })
	if cut == 0 {
		return ""
	}
	return isolated(Shorten(inside, cut))
}
