package config

import (
	"fmt"
	"io"
	"log/slog"
	"regexp"
	"strconv"
)

const hidden = "(hidden)"

// Secret is text that no format verb, log line or JSON encoder will show.
// Convert it to string where it is used, and nowhere else.
type Secret string

// Set takes the text.
func (s *Secret) Set(v string) error { *s = Secret(v); return nil }

// String says only whether there is a secret.
func (s Secret) String() string {
	if s == "" {
		return "(none)"
	}
	return hidden
}

// Format keeps every verb from showing it, %x and %d among them.
func (s Secret) Format(w fmt.State, _ rune) { _, _ = io.WriteString(w, s.String()) }

// MarshalText keeps encoders from showing it.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// LogValue keeps logs from showing it.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// sensitive is what somebody may have put into the wrong place: a token or half of one, another long secret, or an address
// with a password.
var sensitive = regexp.MustCompile(`(?i)[0-9]{5,}:[\w-]{5,}|[\w-]{30,}|@|://[^/]*:[^/]*|password`)

// shown is a value for people, unless it looks like a secret.
func shown(s string) string {
	if sensitive.MatchString(s) {
		return hidden
	}
	return strconv.Quote(s)
}
