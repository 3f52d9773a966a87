package config

import (
	"fmt"
	"io"
	"log/slog"
	"strings"
)

// String shows every key, one per line, without secrets.
func (c Config) String() string {
	var b strings.Builder
	for _, k := range keys {
		b.WriteString(k.name + ": " + k.in(&c).String() + "\n")
	}
	return b.String()
}

// Format keeps the other verbs from going around String.
func (c Config) Format(w fmt.State, _ rune) { _, _ = io.WriteString(w, c.String()) }

// LogValue shows what differs from the defaults, without secrets.
func (c Config) LogValue() slog.Value {
	var attrs []slog.Attr
	standard := Default()
	for _, k := range keys {
		if s := k.in(&c).String(); s != k.in(&standard).String() {
			attrs = append(attrs, slog.String(k.name, strings.Trim(s, `"`)))
		}
	}
	return slog.GroupValue(attrs...)
}
