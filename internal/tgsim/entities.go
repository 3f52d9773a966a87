package tgsim

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"
)

var (
	commandForm = regexp.MustCompile(`(?:^|\s)(/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?:$|[^A-Za-z0-9_@/])`)
	mentionForm = regexp.MustCompile(`(?:^|\s)(@[A-Za-z0-9_]{4,32})`)
)

// withFound adds to the entities that a text was given those that are found in
// it, but inside links and code nothing is looked for.
func withFound(given []Entity, text string) []Entity {
	all := slices.Clone(given)
	for _, e := range entitiesOf(text) {
		if !slices.ContainsFunc(given, func(g Entity) bool { return g.closed() && g.Offset < e.Offset+e.Length && e.Offset < g.Offset+g.Length }) {
			all = append(all, e)
		}
	}
	slices.SortStableFunc(all, func(a, b Entity) int { return a.Offset - b.Offset })
	return all
}

// closed says whether the entity suffers no links and the like inside.
func (e Entity) closed() bool {
	return slices.Contains([]string{"text_link", "text_mention", "code", "pre", "custom_emoji"}, e.Type)
}

// entitiesOf finds the commands, mentions, links and email addresses that apps
// and server mark in plain text by themselves.
func entitiesOf(text string) []Entity {
	if !strings.ContainsAny(text, "/@.") {
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
	for _, l := range linksOf(text) {
		add(l.kind, l.from, l.to)
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
