package bot

import (
	"unicode/utf16"
	"unicode/utf8"
)

// escapes are the characters that a single letter after a backslash stands for.
var escapes = [256]byte{
	'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t',
}

// unescape gives the text of a string with escapes, or with bytes that are not
// UTF-8, which become U+FFFD. Telegram escapes everything outside of ASCII, so in
// much of the world this is most of the work.
func (r *reader) unescape(raw []byte) string {
	text := make([]byte, 0, len(raw))
	for i := 0; i < len(raw); {
		switch c := raw[i]; {
		case c == '\\':
			char, size := escape(raw[i:])
			if size == 0 {
				r.fail("proper string")
				return ""
			}
			text = utf8.AppendRune(text, char)
			i += size
		case c < utf8.RuneSelf:
			text = append(text, c)
			i++
		default:
			char, size := utf8.DecodeRune(raw[i:])
			text = utf8.AppendRune(text, char)
			i += size
		}
	}
	return string(text)
}

// escape reads one escape, a pair of surrogates being one; size 0 means that it
// is none. Half a pair becomes U+FFFD.
func escape(raw []byte) (char rune, size int) {
	if len(raw) > 1 && raw[1] != 'u' {
		if c := escapes[raw[1]]; c != 0 {
			return rune(c), 2
		}
		return 0, 0
	}
	char, ok := unit(raw)
	if !ok {
		return 0, 0
	}
	if !utf16.IsSurrogate(char) {
		return char, 6
	}
	if low, ok := unit(raw[6:]); ok {
		if pair := utf16.DecodeRune(char, low); pair != utf8.RuneError {
			return pair, 12
		}
	}
	return utf8.RuneError, 6
}

// unit reads one UTF-16 unit, \uXXXX.
func unit(raw []byte) (rune, bool) {
	if len(raw) < 6 || raw[0] != '\\' || raw[1] != 'u' {
		return 0, false
	}
	var value rune
	for _, c := range raw[2:6] {
		switch {
		case '0' <= c && c <= '9':
			c -= '0'
		case 'a' <= c && c <= 'f':
			c -= 'a' - 10
		case 'A' <= c && c <= 'F':
			c -= 'A' - 10
		default:
			return 0, false
		}
		value = value<<4 | rune(c)
	}
	return value, true
}
