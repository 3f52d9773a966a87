package view

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/bidi"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// byName is what an admin is called who did something.
func byName(p locale.Printer, by moderation.Admin) string {
	if by.Name == "" {
		return p.Text("entry.anonymous", nil)
	}
	return BriefName(p, by.Name)
}

// briefKept is how many characters of a name are shown where the line must stay short.
const briefKept = 24

// BriefName is the name of a person or channel in a line that must stay short.
func BriefName(p locale.Printer, name string) string { return NameText(p, Shorten(name, briefKept)) }

// NameKept is how many characters of a name are shown.
const NameKept = 60

// FullName is the name of a user as Telegram shows it.
func FullName(u *wire.User) string { return Shorten(u.FirstName+" "+u.LastName, NameKept) }

// FirstName is the short name of a user.
func FirstName(u *wire.User) string {
	if !legible(u.FirstName) && legible(u.LastName) {
		return Shorten(u.LastName, WordsKept)
	}
	return Shorten(u.FirstName, WordsKept)
}

// NameText is the name of a person or channel as others read it. It replaces the empty name of a deleted account and
// names that nobody can see. It drops characters that turn the rest of the line around.
func NameText(p locale.Printer, name string) string {
	switch {
	case strings.TrimSpace(name) == "":
		return p.Text("name.deleted", nil)
	case !legible(name):
		return p.Text("name.none", nil)
	}
	return isolated(apart(unturned(name)))
}

// titleKept is how many characters of a chat's title are shown: a line of them.
const titleKept = 40

// TitleText is the title of a chat as others read it.
func TitleText(title string) string {
	if !legible(title) {
		return Untitled
	}
	return isolated(apart(Shorten(unturned(title), titleKept)))
}

// legible reports whether there is something to see in a text.
func legible(text string) bool { return strings.ContainsFunc(text, visible) }

// blankPattern is a character of Braille that has no dots.
const blankPattern = '\u2800'

func visible(r rune) bool {
	return unicode.IsGraphic(r) && r != blankPattern && !unicode.IsSpace(r) && !unicode.Is(unicode.M, r) &&
		!unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r)
}

// isolated is a text of one line that does not turn the rest of its line around, even if it is written from right to left.
func isolated(text string) string {
	if strings.ContainsFunc(text, leftwards) {
		return firstStrong + text + popIsolate
	}
	return text
}

// The characters of Unicode around a text of its own direction, and one that is invisible and ends a word.
const firstStrong, popIsolate, wordJoiner = "\u2068", "\u2069", "\u2060"

// leftwards reports whether a character is written from right to left.
func leftwards(r rune) bool {
	p, _ := bidi.LookupRune(r)
	return p.Class() == bidi.R || p.Class() == bidi.AL || p.Class() == bidi.AN
}

// apart puts an invisible character around the signs by which apps find links, mentions and commands.
func apart(text string) string {
	var b strings.Builder
	for i, word := range strings.Fields(text) {
		if i > 0 {
			b.WriteByte(' ')
		}
		if linkable(word) {
			word = linkSigns.Replace(word)
		}
		b.WriteString(word)
	}
	return b.String()
}

var linkSigns = strings.NewReplacer(
	".", wordJoiner+"."+wordJoiner, "@", "@"+wordJoiner, "/", "/"+wordJoiner, ":", ":"+wordJoiner, "#", "#"+wordJoiner, "$", "$"+wordJoiner,
)

// marksKept is how many marks a letter may have. More are in no language: they are there to cover the lines around.
const marksKept = 4

// unturned is a text without the marks that change the direction of writing, without control characters and others that nobody
// can see, and with no more than a few marks on a letter.
func unturned(text string) string { return strings.TrimSpace(cleaned(text)) }

// cleaned is such a text with the white space around it.
func cleaned(text string) string {
	marks := 0
	return strings.Map(func(r rune) rune {
		if marks++; !unicode.Is(unicode.M, r) {
			marks = 0
		}
		if unicode.Is(unicode.Bidi_Control, r) || unicode.IsControl(r) || hidden(r) || marks > marksKept {
			return -1
		}
		return r
	}, text)
}

// hidden reports whether a character is shown as nothing, and belongs neither to an emoji nor to how a language is written.
func hidden(r rune) bool {
	switch r {
	case '\u200c', '\u200d', '\ufe0e', '\ufe0f':
		return false
	case '\u00ad', '\u180e', '\u200b', '\u2028', '\u2029', '\ufeff', '\ufffc':
		return true
	}
	return r >= 0x2060 && r <= 0x206f || r >= 0xe0000 && r <= 0xe007f || r >= 0xfdd0 && r <= 0xfdef || r&0xfffe == 0xfffe
}

// Untitled stands for the title of a chat if Telegram does not tell it.
const Untitled = "?"

// WordsKept is how many characters of a message the picker shows.
const WordsKept = 40
