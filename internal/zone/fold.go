package zone

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// fold makes alike what people do not tell apart: capitals and small letters, letters with and without
// accents, spaces, underscores and hyphens. Before a digit a hyphen is a minus, and stays.
func fold(s string) string {
	// Up and down again, because some small letters share a capital, like both Greek s.
	plain := []rune(norm.NFKD.String(strings.ToLower(strings.ToUpper(s))))
	var b strings.Builder
	for i, r := range plain {
		number := i+1 < len(plain) && unicode.IsDigit(plain[i+1])
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.Is(unicode.Pd, r) || r == '−':
			b.WriteRune(hyphen(number))
		case r == '_':
			b.WriteRune(' ')
		case strings.ContainsRune("'’ʼ`.,", r) && !number: // St. John's
		default:
			b.WriteRune(r)
		}
	}
	words := strings.Join(strings.Fields(b.String()), " ")
	return slashes.Replace(words)
}

var slashes = strings.NewReplacer(" / ", "/", " /", "/", "/ ", "/")

func hyphen(number bool) rune {
	if number {
		return '-'
	}
	return ' '
}
