package wire

import (
	"regexp"
	"strings"
)

// revealing finds links, tokens and ids inside of a description.
var revealing = regexp.MustCompile(`(?i)[a-z]+://\S+|\d{6,}:[\w-]{20,}|-?\d{6,}`)

// Scrub removes from a description what a log must not hold.
func Scrub(description string) string {
	const enough = 300
	description = revealing.ReplaceAllString(description, "…")
	if len(description) > enough {
		description = strings.ToValidUTF8(description[:enough], "") + "…"
	}
	return description
}
