package locale

import (
	"crypto/rand"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

// A text that holds times, quotations and the like is a string in which each of them is marked, so that texts can be joined
// like any others. Before it is sent, [Split] takes the marks out. A mark holds a secret of this process, so nobody can write
// one into a name or a message, nor end one there.
const markBegins, markMiddle, markEnds = "\uFDD0", "\uFDD1", "\uFDD2" // none of them is a character

var markSecret = rand.Text()

// MarkKind says what a mark is about.
type MarkKind string

// The kinds of marks.
const (
	MarkTime     MarkKind = "time"     // the words tell a time
	MarkQuote    MarkKind = "quote"    // somebody else than the bot chose the words
	MarkDead     MarkKind = "dead"     // the words are shown as they are: nothing in them can be tapped
	MarkVerbatim MarkKind = "verbatim" // the lines are shown as they are, to be copied
	MarkFolded   MarkKind = "folded"   // the bot's own lines, folded up until they are tapped
	MarkEmphasis MarkKind = "emphasis" // the words are a name, such as that of a rule
)

// Quote marks what somebody else than the bot wrote.
func Quote(words string) string { return mark(MarkQuote, "", words) }

// Dead marks words in which an app would find a link, a mention or a command.
func Dead(words string) string { return mark(MarkDead, "", words) }

// Verbatim marks lines of the bot that are to be copied as they are.
func Verbatim(lines string) string { return mark(MarkVerbatim, "", lines) }

// Folded marks lines of the bot that few need.
func Folded(lines string) string { return mark(MarkFolded, "", lines) }

// Emphasis marks a name that stands in a sentence without quotation marks.
func Emphasis(words string) string { return mark(MarkEmphasis, "", words) }

// mark wraps words. The words may hold marks.
func mark(kind MarkKind, value, words string) string {
	return markBegins + markSecret + string(kind) + " " + value + markMiddle + words + markEnds + markSecret
}

// A Mark is where a text tells a time, quotes somebody and so on. Offset and Length count UTF-16 units.
type Mark struct {
	Kind           MarkKind
	Offset, Length int
	Time           time.Time // of MarkTime
}

// Split takes the marks out of a text, and says where they were, in the order in which they begin. Marks without words are
// left out. A mark that is cut off ends with the text.
func Split(text string) (plain string, marks []Mark) {
	if !strings.Contains(text, markBegins+markSecret) {
		return strings.ReplaceAll(text, markEnds+markSecret, ""), nil
	}
	var s splitter
	for text != "" {
		text = s.next(text)
	}
	return s.end()
}

// splitter takes the marks out of a text, one after the other.
type splitter struct {
	plain strings.Builder
	at    int   // the length of plain
	open  []int // the marks that have not ended, by their place in marks
	marks []Mark
}

// next reads words and the mark behind them, and returns what follows.
func (s *splitter) next(text string) string {
	begins, ends := strings.Index(text, markBegins+markSecret), strings.Index(text, markEnds+markSecret)
	switch {
	case begins < 0 && ends < 0:
		s.words(text)
		return ""
	case ends < 0 || begins >= 0 && begins < ends:
		s.words(text[:begins])
		head, rest, _ := strings.Cut(text[begins+len(markBegins+markSecret):], markMiddle)
		s.begin(head)
		return rest
	}
	s.words(text[:ends])
	if n := len(s.open); n > 0 {
		last := &s.marks[s.open[n-1]]
		last.Length, s.open = s.at-last.Offset, s.open[:n-1]
	}
	return text[ends+len(markEnds+markSecret):]
}

func (s *splitter) words(text string) {
	s.plain.WriteString(text)
	s.at += width(text)
}

func (s *splitter) begin(head string) {
	kind, value, _ := strings.Cut(head, " ")
	m := Mark{Kind: MarkKind(kind), Offset: s.at}
	if m.Kind == MarkTime {
		seconds, _ := strconv.ParseInt(value, 10, 64) // we wrote it
		m.Time = time.Unix(seconds, 0).UTC()
	}
	s.open = append(s.open, len(s.marks))
	s.marks = append(s.marks, m)
}

func (s *splitter) end() (plain string, marks []Mark) {
	for _, i := range s.open {
		s.marks[i].Length = s.at - s.marks[i].Offset
	}
	for _, m := range s.marks {
		if m.Length > 0 {
			marks = append(marks, m)
		}
	}
	return s.plain.String(), marks
}

// Plain is the text without marks.
func Plain(text string) string {
	plain, _ := Split(text)
	return plain
}

// width is the length of a text in UTF-16 units.
func width(text string) int {
	n := 0
	for _, r := range text {
		n += utf16.RuneLen(r)
	}
	return n
}
