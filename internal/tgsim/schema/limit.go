package schema

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A limit is a bound such as "1-64 bytes". Remarks that are not of that form ("JPEG < 200 kB") are not checked here.
// Neither is the length of text after markup parsing, which the methods count that parse the markup.
type limit struct {
	min, max int64
	unit     string // "chars", "bytes", "items", "value"; empty for no limit
	alphabet string // for example "a-z 0-9 _"; empty for any
}

var limitForm = regexp.MustCompile(`^(-?\d+)-(\d+)( chars| bytes| items)?( after markup parsing)?(;.*)?$`)

func parseLimit(s string) limit {
	m := limitForm.FindStringSubmatch(s)
	if m == nil || m[4] != "" {
		return limit{}
	}
	unit := strings.TrimSpace(m[3])
	if unit == "" {
		if m[5] != "" {
			return limit{} // "60-86400; or 2147483647 for no end"
		}
		unit = "value"
	}
	lo, _ := strconv.ParseInt(m[1], 10, 64)
	hi, _ := strconv.ParseInt(m[2], 10, 64)
	_, alphabet, _ := strings.Cut(m[5], "alphabet ")
	return limit{min: lo, max: hi, unit: unit, alphabet: alphabet}
}

// text checks a string against the limit.
func (l limit) text(s string) error {
	var n int64
	switch l.unit {
	case "chars":
		n = int64(utf8.RuneCountInString(s))
	case "bytes":
		n = int64(len(s))
	default:
		return nil
	}
	if n < l.min || n > l.max {
		return fmt.Errorf("must have %d-%d %s, has %d", l.min, l.max, l.unit, n)
	}
	if l.alphabet != "" && strings.ContainsFunc(s, func(r rune) bool { return !InAlphabet(r, l.alphabet) }) {
		return fmt.Errorf("may only have the characters %s", l.alphabet)
	}
	return nil
}

func (l limit) items(n int) error {
	if l.unit == "items" && (int64(n) < l.min || int64(n) > l.max) {
		return fmt.Errorf("must have %d-%d items, has %d", l.min, l.max, n)
	}
	return nil
}

func (l limit) value(n float64) error {
	if l.unit == "value" && (n < float64(l.min) || n > float64(l.max)) {
		return fmt.Errorf("must be between %d and %d, is %v", l.min, l.max, n)
	}
	return nil
}

// InAlphabet says whether r is in an alphabet such as "A-Z a-z 0-9 _ -".
func InAlphabet(r rune, alphabet string) bool {
	for part := range strings.FieldsSeq(alphabet) {
		lo, hi, ranged := strings.Cut(part, "-")
		if ranged && lo != "" && hi != "" {
			if r >= rune(lo[0]) && r <= rune(hi[0]) {
				return true
			}
		} else if string(r) == part {
			return true
		}
	}
	return false
}
