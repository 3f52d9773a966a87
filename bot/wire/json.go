package wire

import (
	"bytes"
	"errors"
	"unicode/utf8"

	"github.com/go-faster/jx"
)

// reader reads JSON once, from front to back, straight into our structs. Updates are the hot path:
// encoding/json reads each byte four times and takes longer than all the handling that follows.
//
// Its methods read one value each; null reads as the zero value. After the first value that is not as
// expected, bad is set and what is read has no meaning.
type reader struct {
	d   *jx.Decoder
	bad error
}

func newReader(data []byte) *reader { return &reader{d: jx.DecodeBytes(data)} }

// fail ends the reading. An error says what was expected, never what was found instead.
func (r *reader) fail(wanted string) {
	if r.bad == nil {
		r.bad = errors.New("json: no " + wanted + " where one is expected")
	}
}

// expect fails if err is an error. The library's message is left out, because it quotes the text.
func (r *reader) expect(wanted string, err error) {
	if err != nil {
		r.fail(wanted)
	}
}

// null reports whether the next value is null, and reads it if so.
func (r *reader) null() bool {
	if r.bad != nil || r.d.Next() != jx.Null {
		return r.bad != nil
	}
	r.expect("value", r.d.Null())
	return true
}

// object calls field for each key; field must read the value.
func (r *reader) object(field func(key []byte)) {
	if r.null() {
		return
	}
	r.expect("object", r.d.ObjBytes(func(_ *jx.Decoder, key []byte) error {
		field(key)
		return r.bad
	}))
}

// array calls item for each element; item must read it.
func (r *reader) array(item func()) {
	if r.null() {
		return
	}
	r.expect("array", r.d.Arr(func(*jx.Decoder) error {
		item()
		return r.bad
	}))
}

// text reads a string; what is not UTF-8 in it becomes U+FFFD.
func (r *reader) text() string {
	if r.null() {
		return ""
	}
	text, err := r.d.Str()
	r.expect("string", err)
	if !utf8.ValidString(text) {
		return string([]rune(text))
	}
	return text
}

// words are strings that occur in nearly every update, so that one copy of each is enough.
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
	if r.null() {
		return ""
	}
	raw, err := r.d.StrBytes()
	r.expect("string", err)
	if word, ok := words[string(raw)]; ok {
		return word
	}
	return string(raw)
}

// whole reads a whole number.
func (r *reader) whole() int64 {
	if r.null() {
		return 0
	}
	n, err := r.d.Int64()
	r.expect("whole number", err)
	return n
}

// flag reads true or false.
func (r *reader) flag() bool {
	if r.null() {
		return false
	}
	set, err := r.d.Bool()
	r.expect("true or false", err)
	return set
}

// list reports whether the next value is an array.
func (r *reader) list() bool { return r.d.Next() == jx.Array }

// raw returns the next value unparsed.
func (r *reader) raw() []byte {
	raw, err := r.d.Raw()
	r.expect("value", err)
	return raw
}

// skip passes over the next value.
func (r *reader) skip() {
	if r.bad == nil {
		r.expect("value", r.d.Skip())
	}
}

// end checks that nothing follows the value that was read.
func (r *reader) end() {
	if r.bad == nil && r.d.Next() != jx.Invalid {
		r.fail("end")
	}
}

// maybe reads a value behind a pointer; null is nil.
func maybe[T any](r *reader, read func(*reader) T) *T {
	if r.null() {
		return nil
	}
	value := read(r)
	return &value
}

// list reads an array.
func list[T any](r *reader, read func(*reader) T) (out []T) {
	r.array(func() { out = append(out, read(r)) })
	return out
}

// loose reads a string; anything else is none.
func (r *reader) loose() string {
	if r.bad == nil && r.d.Next() != jx.String {
		r.skip()
		return ""
	}
	return r.text()
}

// loosely reads a value by itself, so that an error in it spoils nothing else.
func (r *reader) loosely(read func(*reader)) {
	raw := bytes.Clone(r.raw())
	if r.bad == nil {
		read(newReader(raw))
	}
}
