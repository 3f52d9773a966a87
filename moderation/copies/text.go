package copies

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// span is a part of a text that leads somewhere, in bytes.
type span struct {
	from, to int
	form     func(text string) string // what is compared of it
}

// textForm is what is compared of a text.
func textForm(text string, entities []Entity) string {
	var form words
	form.grow(len(text))
	at := 0
	for _, s := range spans(text, entities) {
		if s.from < at {
			continue // it overlaps the one before
		}
		form.add(text[at:s.from])
		form.address(s.form(text[s.from:s.to]))
		at = s.to
	}
	form.add(text[at:])
	return form.String()
}

// spans are the parts that lead somewhere, in their order.
func spans(text string, entities []Entity) []span {
	var all []span
	for _, e := range entities {
		if form := formOf(e); form != nil {
			from, to := within(text, e.Offset, e.Length)
			all = append(all, span{from, to, form})
		}
	}
	all = append(all, unmarked(text)...)
	slices.SortStableFunc(all, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	return all
}

// formOf says what is compared of the words of an entity. It is nil if they are words like others.
func formOf(e Entity) func(text string) string {
	switch e.Type {
	case "url":
		return address
	case "text_link":
		return func(text string) string { return Fold(text) + between + address(e.URL) }
	case "email", "mention":
		return name
	case "text_mention":
		return func(text string) string { return Fold(text) + between + strconv.FormatInt(e.User, 10) }
	default:
		return nil
	}
}

// between stands between words and where they lead. No text contains it, for it cannot be seen.
const between = "\x00"

// name is what is compared of an @username or an email address.
func name(text string) string { return strings.ToLower(visible(text)) }

// within turns an offset and a length in UTF-16 units into bytes of the text.
func within(text string, offset, length int) (from, to int) {
	from = bytesOf(text, offset)
	return from, from + bytesOf(text[from:], length)
}

// bytesOf is how many bytes the first units of the text have.
func bytesOf(text string, units int) int {
	for i, r := range text {
		if units <= 0 {
			return i
		}
		units--
		if r > 0xFFFF {
			units--
		}
	}
	return len(text)
}

// unmarked are the addresses and @usernames that can be seen in the text alone.
func unmarked(text string) (found []span) {
	if strings.IndexByte(text, '@') < 0 && !strings.Contains(text, "://") {
		return nil
	}
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == ':' && strings.HasPrefix(text[i:], "://"):
			to := wordEnd(text, i)
			found, i = append(found, span{schemeBefore(text, i), to, address}), to
		case text[i] == '@' && i+nameMin < len(text) && !wordBefore(text, i):
			if to := nameEnd(text, i+1); to-i > nameMin {
				found = append(found, span{i, to, name})
			}
		}
	}
	return found
}

// nameMin is how many characters a username has at least.
const nameMin = 4

// schemeBefore is where the scheme begins that ends before i.
func schemeBefore(text string, i int) int {
	for i > 0 && nameByte(text[i-1]) {
		i--
	}
	return i
}

// wordEnd is where the next space is.
func wordEnd(text string, i int) int {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if space(r) {
			return i
		}
		i += size
	}
	return i
}

// wordBefore reports whether a letter or a digit stands before i, as in an email address.
func wordBefore(text string, i int) bool { return i > 0 && nameByte(text[i-1]) }

// nameEnd is where the username ends that begins at i.
func nameEnd(text string, i int) int {
	for i < len(text) && nameByte(text[i]) {
		i++
	}
	return i
}

func nameByte(b byte) bool {
	return b == '_' || '0' <= b && b <= '9' || 'a' <= b|0x20 && b|0x20 <= 'z'
}
