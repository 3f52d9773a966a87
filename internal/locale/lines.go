package locale

import (
	"strings"
	"unicode"

	eastasian "golang.org/x/text/width"
)

// Columns is how many letters stand in a line of a message on a narrow phone (360 px). A wide letter counts two.
const Columns = 42

// Lines is how many lines a text takes on such a phone: a line that is too long goes on in the next one, at a space or at a wide
// letter, and a word that is longer than a line is broken. Marks count nothing. It measures texts while they are put together,
// and any package may use it in a test that holds a text to some lines.
func Lines(text string) int {
	n := 0
	for line := range strings.SplitSeq(Plain(text), "\n") {
		n += wrapped(line)
	}
	return n
}

// Width is how many columns the longest line of a text would take if none were broken.
func Width(text string) int {
	most := 0
	for line := range strings.SplitSeq(Plain(text), "\n") {
		sum := 0
		for _, w := range columns(line) {
			sum += w
		}
		most = max(most, sum)
	}
	return most
}

// wrapped is how many lines one line becomes.
func wrapped(line string) int {
	n, at, word, space := 1, 0, 0, 0 // the line, the columns taken in it, those of the word that is read, and of the space before it
	end := func() {
		switch {
		case at+space+word <= Columns:
			at += space + word
		case word > Columns:
			at += space + word
			n, at = n+(at-1)/Columns, (at-1)%Columns+1
		default:
			n, at = n+1, word
		}
		word, space = 0, 0
	}
	runes, widths := []rune(line), columns(line)
	for i, r := range runes {
		switch {
		case r == ' ':
			end()
			space = 1
		case isWide(r):
			end()
			word = widths[i]
			end()
		default:
			word += widths[i]
		}
	}
	end()
	return n
}

// columns are the widths of the letters of a line, one for each rune.
func columns(line string) []int {
	var all []int
	for _, r := range line {
		switch {
		case r < 0x80: // most are, so it is asked first
			all = append(all, 1)
		case r == '\ufe0f' && len(all) > 0:
			all[len(all)-1] = 2 // the sign before it is shown as an emoji
			all = append(all, 0)
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
			all = append(all, 0)
		case isWide(r):
			all = append(all, 2)
		default:
			all = append(all, 1)
		}
	}
	return all
}

// isWide reports whether a letter takes two columns: Chinese, Japanese and Korean ones, and emoji.
func isWide(r rune) bool {
	if r < 0x1100 {
		return false
	}
	kind := eastasian.LookupRune(r).Kind()
	return kind == eastasian.EastAsianWide || kind == eastasian.EastAsianFullwidth
}
