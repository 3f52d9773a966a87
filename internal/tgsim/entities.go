package tgsim

import (
	"regexp"
	"slices"
	"unicode/utf16"
)

var (
	commandForm = regexp.MustCompile(`(?:^|\s)(/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?:$|[^A-Za-z0-9_@/])`)
	mentionForm = regexp.MustCompile(`(?:^|\s)(@[A-Za-z0-9_]{4,32})`)
	urlForm     = regexp.MustCompile(`https?://[^\s]+|\bt\.me/[^\s]+`)
)

// entitiesOf finds the commands, mentions and links that apps and server mark
// in plain text by themselves.
func entitiesOf(text string) []Entity {
	if !slices.ContainsFunc([]byte(text), func(b byte) bool { return b == '/' || b == '@' }) {
		return nil
	}
	var found []Entity
	add := func(kind string, from, to int) {
		found = append(found, Entity{Type: kind, Offset: utf16Len(text[:from]), Length: utf16Len(text[from:to])})
	}
	for _, m := range commandForm.FindAllStringSubmatchIndex(text, -1) {
		add("bot_command", m[2], m[3])
	}
	for _, m := range mentionForm.FindAllStringSubmatchIndex(text, -1) {
		add("mention", m[2], m[3])
	}
	for _, m := range urlForm.FindAllStringIndex(text, -1) {
		add("url", m[0], m[1])
	}
	slices.SortStableFunc(found, func(a, b Entity) int { return a.Offset - b.Offset })
	return found
}

// utf16Len is the length of s in UTF-16 code units, Telegram's measure.
func utf16Len(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}
