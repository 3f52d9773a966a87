package copies

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold is what is compared of words that are no address. Folding it again changes nothing.
func Fold(text string) string {
	var w words
	w.grow(len(text))
	w.add(text)
	return w.String()
}

// words puts together what is compared of a text.
type words struct {
	strings.Builder
	gap bool // a space comes before the next word
}

func (w *words) grow(size int) { w.Grow(size + size/8) }

// add folds words and adds them.
func (w *words) add(text string) {
	if !ascii(text) {
		w.addLetters(norm.NFKC.String(visible(text)))
		return
	}
	for i := range len(text) {
		w.letter(rune(text[i]))
	}
}

// addLetters adds a text whose letters are composed with their marks, as far as a letter with these marks exists.
func (w *words) addLetters(text string) {
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		i += size
		if heaped := marksAt(text[i:]); heaped > 0 {
			i += heaped
			r, _ = utf8.DecodeRuneInString(norm.NFD.String(string(r)))
		}
		w.letter(r)
	}
}

// letter adds one character in the form that all have that look like it.
func (w *words) letter(r rune) {
	switch {
	case space(r):
		w.gap = true
	case hidden(r) || diacritic(r):
	case r == 'ß' || r == 'ẞ':
		w.put('s')
		w.put('s')
	case r < alphabets:
		w.put(likenesses()[r])
	default:
		w.put(likeness(r))
	}
}

func (w *words) put(r rune) {
	if w.gap && w.Len() > 0 {
		w.WriteByte(' ')
	}
	w.gap = false
	w.WriteRune(r)
}

// address adds where the words lead.
func (w *words) address(to string) {
	if w.gap && w.Len() > 0 {
		w.WriteByte(' ')
	}
	w.gap = false
	w.WriteString(between)
	w.WriteString(to)
	w.WriteString(between)
}

func ascii(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// visible is the text without characters that cannot be seen.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		if hidden(r) {
			return -1
		}
		return r
	}, text)
}

// hidden reports whether a character cannot be seen and takes no space.
func hidden(r rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return r < ' ' && !space(r) || r == 0x7F
	case 0xAD < r && r < 0x34F, 0x34F < r && r < 0x600:
		return false
	default:
		return unicode.In(r, unicode.Cf, unicode.Cc, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point) && !space(r)
	}
}

// space reports whether there is only space where a character stands.
func space(r rune) bool { return unicode.IsSpace(r) || r == blankBraille }

// blankBraille is the Braille pattern without dots.
const blankBraille = 0x2800

// marksAt is how many bytes of marks a text begins with. Here they are too many for its language's spelling, because those that
// belong to a letter are a part of it already.
func marksAt(text string) int {
	for i, r := range text {
		if !diacritic(r) {
			return i
		}
	}
	return len(text)
}

// diacritic reports whether a character is a mark on the letter before it. Vowels of scripts such as Hindi are not among them.
func diacritic(r rune) bool { return r >= 0x300 && unicode.Is(diacritics, r) }

var diacritics = &unicode.RangeTable{R16: []unicode.Range16{
	{Lo: 0x0300, Hi: 0x036F, Stride: 1}, // combining diacritical marks
	{Lo: 0x0483, Hi: 0x0489, Stride: 1}, // of Cyrillic
	{Lo: 0x1AB0, Hi: 0x1AFF, Stride: 1}, // extended
	{Lo: 0x1DC0, Hi: 0x1DFF, Stride: 1}, // supplement
	{Lo: 0x20D0, Hi: 0x20FF, Stride: 1}, // for symbols, such as the frame of a key
	{Lo: 0xFE20, Hi: 0xFE2F, Stride: 1}, // halves
}}
