package handlers

import (
	"strings"
	"unicode"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
)

// nameKept is how much of a name is shown.
const nameKept = 60

// fullName is how Telegram shows somebody; [nameText] shows it.
func fullName(u *bot.User) string { return shorten(u.FirstName+" "+u.LastName, nameKept) }

// firstName is what somebody is called in short.
func firstName(u *bot.User) string {
	if !legible(u.FirstName) && legible(u.LastName) {
		return shorten(u.LastName, wordsKept)
	}
	return shorten(u.FirstName, wordsKept)
}

// nameText is the name of a person or channel as others read it. Telegram leaves the name of a deleted account empty.
// A name can also be made of characters that nobody sees, or of marks that turn the rest of the line around.
func nameText(p locale.Printer, name string) string {
	switch {
	case strings.TrimSpace(name) == "":
		return p.Text("name.deleted", nil)
	case !legible(name):
		return p.Text("name.none", nil)
	}
	return unturned(name)
}

// titleText is the title of a chat as others read it.
func titleText(title string) string {
	if !legible(title) {
		return untitled
	}
	return shorten(unturned(title), nameKept)
}

// legible reports whether there is something to see in a text.
func legible(text string) bool { return strings.ContainsFunc(text, visible) }

// blankPattern is a character of Braille that has no dots.
const blankPattern = '\u2800'

func visible(r rune) bool {
	return unicode.IsGraphic(r) && r != blankPattern && !unicode.IsSpace(r) && !unicode.Is(unicode.M, r) &&
		!unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r)
}

// marksKept is how many marks a letter may have. More are in no language: they are there to cover the lines around.
const marksKept = 4

// unturned is a text without the marks that change the direction of writing, without control characters, and with no more
// than a few marks on a letter.
func unturned(text string) string {
	marks := 0
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if marks++; !unicode.Is(unicode.M, r) {
			marks = 0
		}
		if unicode.Is(unicode.Bidi_Control, r) || unicode.IsControl(r) || marks > marksKept {
			return -1
		}
		return r
	}, text))
}
