package bot

import (
	"bytes"
	"errors"
	"unicode/utf8"
)

// reader reads JSON once, from front to back, straight into our structs. Updates
// are the hot path, and encoding/json would look at each byte four times.
//
// Its methods read one value each; null reads as nothing. After the first thing
// that is not as expected, bad is set and nothing more is read. Values that are
// skipped are not checked beyond their brackets and quotes.
type reader struct {
	data []byte
	pos  int
	bad  error
}

// fail ends the reading. Errors tell where, never what stood there.
func (r *reader) fail(wanted string) {
	if r.bad == nil {
		r.bad = errors.New("json: no " + wanted + " where one is expected")
	}
	r.pos = len(r.data)
}

// peek returns the first byte of the next value, or 0 at the end.
func (r *reader) peek() byte {
	for ; r.pos < len(r.data); r.pos++ {
		switch c := r.data[r.pos]; c {
		case ' ', '\t', '\r', '\n':
		default:
			return c
		}
	}
	return 0
}

// accept moves past the next byte if it is c.
func (r *reader) accept(c byte) bool {
	if r.peek() != c {
		return false
	}
	r.pos++
	return true
}

// null reports whether the next value is null, and reads it if so.
func (r *reader) null() bool {
	if r.peek() != 'n' {
		return false
	}
	if string(r.literal()) != "null" {
		r.fail("value")
	}
	return true
}

// object calls field for each key; field must read the value.
func (r *reader) object(field func(key []byte)) {
	if r.null() {
		return
	}
	if !r.accept('{') {
		r.fail("object")
	}
	for first := true; r.bad == nil; first = false {
		if r.accept('}') {
			return
		}
		if !first && !r.accept(',') || r.peek() != '"' {
			r.fail("key")
			return
		}
		key, escaped := r.quoted()
		if escaped {
			key = []byte(r.unescape(key))
		}
		if !r.accept(':') {
			r.fail("colon")
			return
		}
		field(key)
	}
}

// array calls item for each element; item must read it.
func (r *reader) array(item func()) {
	if r.null() {
		return
	}
	if !r.accept('[') {
		r.fail("array")
	}
	for first := true; r.bad == nil; first = false {
		if r.accept(']') {
			return
		}
		if !first && !r.accept(',') {
			r.fail("comma")
			return
		}
		item()
	}
}

// quoted returns what stands between two quotes, and whether it has escapes.
func (r *reader) quoted() (text []byte, escaped bool) {
	r.pos++
	rest := r.data[r.pos:]
	end := bytes.IndexByte(rest, '"')
	if end > 0 && bytes.IndexByte(rest[:end], '\\') >= 0 {
		end, escaped = closing(rest), true
	}
	if end < 0 {
		r.fail("end of string")
		return nil, false
	}
	r.pos += end + 1
	return rest[:end], escaped
}

// closing finds the quote that ends a string with escapes, or -1.
func closing(text []byte) int {
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '"':
			return i
		case '\\':
			i++
		}
	}
	return -1
}

// text reads a string; what is not UTF-8 in it becomes U+FFFD.
func (r *reader) text() string {
	if r.null() {
		return ""
	}
	if r.peek() != '"' {
		r.fail("string")
		return ""
	}
	raw, escaped := r.quoted()
	if escaped || !utf8.Valid(raw) {
		return r.unescape(raw)
	}
	return string(raw)
}

// words are strings that occur in nearly every update; they are kept only once.
var words = func() map[string]string {
	known := map[string]string{}
	for _, word := range []string{
		"private", "group", "supergroup", "channel",
		"creator", "administrator", "member", "restricted", "left", "kicked",
		"mention", "hashtag", "bot_command", "url", "email", "bold", "italic", "code", "text_link", "text_mention",
		"user", "hidden_user", "chat", "en", "ru", "es", "zh-hans", "de", "fr", "it", "pt-br", "uk", "fa", "ar", "tr",
	} {
		known[word] = word
	}
	return known
}()

// word reads a string that is likely one of words.
func (r *reader) word() string {
	if r.peek() != '"' {
		return r.text()
	}
	start := r.pos
	raw, _ := r.quoted()
	if word, ok := words[string(raw)]; ok {
		return word
	}
	if r.bad != nil {
		return ""
	}
	r.pos = start
	return r.text()
}

// whole reads a whole number.
func (r *reader) whole() int64 {
	if r.null() {
		return 0
	}
	negative := r.accept('-')
	start, n := r.pos, int64(0)
	for ; r.pos < len(r.data) && '0' <= r.data[r.pos] && r.data[r.pos] <= '9'; r.pos++ {
		n = n*10 + int64(r.data[r.pos]-'0')
	}
	if digits := r.pos - start; digits == 0 || digits > 18 || !r.ended() {
		r.fail("whole number")
		return 0
	}
	if negative {
		return -n
	}
	return n
}

// flag reads true or false.
func (r *reader) flag() bool {
	if r.null() {
		return false
	}
	switch string(r.literal()) {
	case "true":
		return true
	case "false":
		return false
	}
	r.fail("true or false")
	return false
}

// literal reads what needs no quotes: a number, true, false, null.
func (r *reader) literal() []byte {
	start := r.pos
	for !r.ended() {
		r.pos++
	}
	return r.data[start:r.pos]
}

// ended reports whether a literal cannot go on here.
func (r *reader) ended() bool {
	return r.pos >= len(r.data) || delimits[r.data[r.pos]]
}

// delimits marks the bytes that end a literal.
var delimits = func() (marks [256]bool) {
	for _, c := range []byte(" \t\r\n,:]}[{\"") {
		marks[c] = true
	}
	return marks
}()

// end checks that nothing follows the value that was read.
func (r *reader) end() {
	if r.bad == nil && r.peek() != 0 {
		r.fail("end")
	}
}
