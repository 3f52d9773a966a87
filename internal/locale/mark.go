package locale

import (
	"crypto/rand"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

// A text that holds times is a string in which each of them is marked, so that texts can be joined like any others. Before
// it is sent, [Split] takes the marks out. A mark holds a secret of this process, so nobody can write one into a name.
const markBegins, markMiddle, markEnds = "\uFDD0", "\uFDD1", "\uFDD2" // none of them is a character

var markSecret = rand.Text()

// mark wraps the words for a moment.
func mark(t time.Time, words string) string {
	return markBegins + markSecret + strconv.FormatInt(t.Unix(), 10) + markMiddle + words + markEnds
}

// A Moment is where a text tells a time. Offset and Length count UTF-16 units.
type Moment struct {
	Offset, Length int
	Time           time.Time
}

// Split takes the marks out of a text, and says where which times stand.
func Split(text string) (plain string, moments []Moment) {
	if !strings.Contains(text, markBegins) {
		return text, nil
	}
	var b strings.Builder
	at := 0
	for {
		before, rest, found := strings.Cut(text, markBegins+markSecret)
		b.WriteString(before)
		if !found {
			return b.String(), moments
		}
		at += width(before)
		unix, rest, _ := strings.Cut(rest, markMiddle)
		words, rest, _ := strings.Cut(rest, markEnds)
		seconds, _ := strconv.ParseInt(unix, 10, 64) // we wrote it
		moments = append(moments, Moment{Offset: at, Length: width(words), Time: time.Unix(seconds, 0).UTC()})
		b.WriteString(words)
		at += width(words)
		text = rest
	}
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
