// Package richtext finds and checks the entities of texts as Telegram does.
//
// It finds commands, mentions and links in plain text, turns HTML into text with
// entities, and says what is wrong with entities that a bot sends. It knows
// neither chats nor people.
package richtext

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

var (
	commandForm = regexp.MustCompile(`(?:^|\s)(/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?:$|[^A-Za-z0-9_@/])`)
	mentionForm = regexp.MustCompile(`(?:^|\s)(@[A-Za-z0-9_]{4,32})`)
)

// WithFound adds to the entities that a text was given those that are found in
// it, but inside links and code nothing is looked for.
func WithFound(given []wire.Entity, text string) []wire.Entity {
	all := slices.Clone(given)
	for _, e := range EntitiesOf(text) {
		if !slices.ContainsFunc(given, func(g wire.Entity) bool {
			return closed(g) && g.Offset < e.Offset+e.Length && e.Offset < g.Offset+g.Length
		}) {
			all = append(all, e)
		}
	}
	slices.SortStableFunc(all, func(a, b wire.Entity) int { return a.Offset - b.Offset })
	return all
}

// closed says whether the entity suffers no links and the like inside.
func closed(e wire.Entity) bool {
	return slices.Contains([]string{"text_link", "text_mention", "code", "pre", "custom_emoji"}, e.Type)
}

// EntitiesOf finds the commands, mentions, links and email addresses that apps
// and server mark in plain text by themselves.
func EntitiesOf(text string) []wire.Entity {
	if !strings.ContainsAny(text, "/@.") {
		return nil
	}
	var found []wire.Entity
	add := func(kind string, from, to int) {
		found = append(found, wire.Entity{Type: kind, Offset: Utf16Len(text[:from]), Length: Utf16Len(text[from:to])})
	}
	if strings.Contains(text, "/") {
		for _, m := range commandForm.FindAllStringSubmatchIndex(text, -1) {
			add("bot_command", m[2], m[3])
		}
	}
	if strings.Contains(text, "@") {
		for _, m := range mentionForm.FindAllStringSubmatchIndex(text, -1) {
			add("mention", m[2], m[3])
		}
	}
	for _, l := range linksOf(text) {
		add(l.kind, l.from, l.to)
	}
	slices.SortStableFunc(found, func(a, b wire.Entity) int { return a.Offset - b.Offset })
	return found
}

// Utf16Len is the length of s in UTF-16 code units, Telegram's measure.
func Utf16Len(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}
