package copies

import "unicode"

// How many digits make a number that leads to somebody, such as a telephone number or the number of a bank card. One with spaces,
// dots, hyphens or brackets in it needs more, so that a date is none.
const (
	numberMin = 6
	spacedMin = 9
)

// hasNumber reports whether there is such a number in the text.
func hasNumber(text string) bool {
	if !hasDigits(text) {
		return false
	}
	row, all, gap := 0, 0, 0 // digits since the last gap, digits in all, and how wide the gap is
	for _, r := range text {
		switch {
		case isDigit(r):
			row, all, gap = row+1, all+1, 0
			if row >= numberMin || all >= spacedMin {
				return true
			}
		case all == 0:
		case gap < gapMax && separates(r):
			row, gap = 0, gap+1
		case !hidden(r) && !diacritic(r):
			row, all, gap = 0, 0, 0
		}
	}
	return false
}

// hasDigits reports whether there may be enough digits in the text. Most texts have none, and this finds out fast.
func hasDigits(text string) bool {
	found := 0
	for i := range len(text) {
		if b := text[i]; '0' <= b && b <= '9' || b >= arabicLead {
			found++
		}
	}
	return found >= numberMin
}

// arabicLead is the first byte of Arabic digits in UTF-8. All other digits that are not ASCII begin with a greater one.
const arabicLead = 0xD9

// gapMax is how many characters stand between two groups of digits at most, as in "(912) 345".
const gapMax = 2

// separates reports whether a character may stand between two groups of digits.
func separates(r rune) bool {
	switch r {
	case ' ', '\u00A0', '\u202F', '\u2009', '-', '\u2010', '\u2011', '\u2013', '.', '(', ')':
		return true
	default:
		return false
	}
}

// isDigit reports whether a character is a digit of any script. Letters of most messages are told apart before the table is read.
func isDigit(r rune) bool {
	switch {
	case r < 0x660:
		return '0' <= r && r <= '9'
	case 0x2000 <= r && r < 0xA000:
		return false
	default:
		return unicode.IsDigit(r)
	}
}
