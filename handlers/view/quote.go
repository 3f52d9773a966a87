package view

import (
	"strings"
	"unicode"
	"unicode/utf16"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// quoted puts what somebody wrote into quotation marks, and into a quotation of Telegram's, which nothing in it can end.
func quoted(p locale.Printer, words string) string {
	return locale.Quote(p.Text("quoted", locale.Args{"text": words}))
}

// tidyLines is a text of several lines as others read it: without characters that turn the writing around, hide, or cover the
// lines around, and without more than one empty line in a row.
func tidyLines(text string) string {
	var kept []string
	empty := true
	for line := range strings.SplitSeq(strings.Map(lineEnd, strings.ReplaceAll(text, "\r\n", "\n")), "\n") {
		line = strings.TrimRight(cleaned(line), " ")
		if line == "" && empty {
			continue
		}
		empty = line == ""
		kept = append(kept, line)
	}
	return strings.TrimSpace(strings.Join(kept, "\n"))
}

// lineEnd makes one of all characters that end a line.
func lineEnd(r rune) rune {
	switch r {
	case '\r', '\v', '\f', '\u0085', '\u2028', '\u2029':
		return '\n'
	case '\t':
		return ' '
	}
	return r
}

// mostDead is how many words are marked as dead one by one. Telegram takes 100 entities and drops the others.
const mostDead = 20

// unlinked marks all words in which an app or Telegram might find a link, a mention, a command or the like, so that it finds
// none. It rather marks too many than too few.
func unlinked(text string) string {
	parts := wordsOf(text)
	dead := 0
	for _, part := range parts {
		if linkable(part) {
			dead++
		}
	}
	if dead > mostDead {
		return locale.Dead(text)
	}
	var b strings.Builder
	for _, part := range parts {
		if linkable(part) {
			part = locale.Dead(part)
		}
		b.WriteString(part)
	}
	return b.String()
}

// wordsOf splits a text into words and the white space between them.
func wordsOf(text string) (parts []string) {
	from, space := 0, false
	for i, r := range text {
		if unicode.IsSpace(r) != space && i > from {
			parts, from = append(parts, text[from:i]), i
		}
		space = unicode.IsSpace(r)
	}
	return append(parts, text[from:])
}

// linkable reports whether a word may be, or hold, something that can be tapped. Each such thing has one of these signs
// before another character: a.b, @a, /a, a:b, #a, $A. A telephone number has seven digits or more.
func linkable(word string) bool {
	const signs = ".@/:#$。．｡"
	digits, after := 0, false
	for _, r := range word {
		if after && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '/' || r == '_' || r == '+') {
			return true
		}
		after = strings.ContainsRune(signs, r)
		if unicode.IsDigit(r) {
			digits++
		}
	}
	return digits >= 7
}

// mostAddresses is how many hidden addresses are shown, and addressKept how much of each.
const mostAddresses, addressKept = 3, 150

// addresses are those behind words of a text, which its readers would go to without seeing them, a line each.
func addresses(all []moderation.Entity) string {
	var text strings.Builder
	n := 0
	for _, e := range all {
		if e.URL == "" || n == mostAddresses {
			continue
		}
		n++
		text.WriteString("\n🔗 " + Cut(unturned(e.URL), addressKept))
	}
	return text.String()
}

// placeOf is where words stand in a line, in UTF-16 units. They are the last there.
func placeOf(words, line string) int {
	line = locale.Plain(line)
	return Length(line[:max(0, strings.LastIndex(line, locale.Plain(words)))])
}

// styled are the entities of a message that only change how its words look, moved to where the words stand now. There are none
// if the words are not shown as they were written.
func styled(m moderation.Evidence, words string, at int) []wire.Entity {
	plain, dead := locale.Split(words)
	before, _, found := strings.Cut(plain, m.Text)
	if !found || m.Text == "" {
		return nil
	}
	from, units := Length(before), utf16.Encode([]rune(m.Text))
	var entities []wire.Entity
	for _, e := range m.Entities {
		if styles[e.Type] && within(e, units) && len(entities) < mostStyles && !touches(e, from, dead) {
			entities = append(entities, wire.Entity{Type: e.Type, Offset: at + from + e.Offset, Length: e.Length})
		}
	}
	return entities
}

const mostStyles = 50

// within reports whether an entity is inside of a text, and cuts no character of it.
func within(e moderation.Entity, text []uint16) bool {
	if e.Offset < 0 || e.Length <= 0 || e.Length > len(text) || e.Offset > len(text)-e.Length {
		return false
	}
	return !lowSurrogate(text, e.Offset) && !lowSurrogate(text, e.Offset+e.Length)
}

// lowSurrogate reports whether the second half of a character stands at a place.
func lowSurrogate(text []uint16, at int) bool { return at < len(text) && text[at]&0xfc00 == 0xdc00 }

// styles are the types of entities that only change how words look.
var styles = map[string]bool{"bold": true, "italic": true, "underline": true, "strikethrough": true, "spoiler": true}

func touches(e moderation.Entity, from int, marks []locale.Mark) bool {
	for _, m := range marks {
		if e.Offset+from < m.Offset+m.Length && m.Offset < e.Offset+from+e.Length {
			return true
		}
	}
	return false
}

// OwnWords are the words of a message of the bot itself: its text without the quotations in it.
func OwnWords(m *wire.Message) string {
	units := utf16.Encode([]rune(m.Text))
	own := make([]uint16, 0, len(units))
	at := 0
	for _, e := range m.Entities {
		if e.Type != wire.Quote && e.Type != wire.FoldedQuote || e.Offset < at || e.Offset+e.Length > len(units) {
			continue
		}
		own, at = append(own, units[at:e.Offset]...), e.Offset+e.Length
	}
	return string(utf16.Decode(append(own, units[at:]...)))
}
