package config

import (
	"errors"
	"fmt"
	"math"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/settings"
)

// A value is a field that reads itself from text and prints itself for people:
// flag.Value by another name. The error of Set says what is allowed.
type value interface {
	Set(string) error
	String() string
}

// text is a string kept as it is.
type text string

// Set implements [value].
func (t *text) Set(s string) error { *t = text(s); return nil }

// String implements [value].
func (t *text) String() string { return shown(string(*t)) }

// whole is a count.
type whole int

// Set implements [value].
func (w *whole) Set(s string) error {
	i, err := strconv.Atoi(s)
	if err != nil {
		return errors.New("allowed is a whole number such as 2")
	}
	*w = whole(i)
	return nil
}

// String implements [value].
func (w *whole) String() string { return strconv.Itoa(int(*w)) }

// setting is what a new group starts with, among all that it starts with.
type setting struct {
	all Defaults
	settings.Setting
}

// Set implements [value].
func (s setting) Set(text string) error {
	if s.Count {
		var n whole
		if err := n.Set(text); err != nil {
			return err
		}
		text = n.String()
	}
	s.all[s.Key] = text
	return nil
}

// String implements [value].
func (s setting) String() string {
	if s.Count {
		return s.all[s.Key]
	}
	return shown(s.all[s.Key])
}

// span is a length of time as people write it: 30m, 12h, 90d.
type span time.Duration

// Set implements [value].
func (d *span) Set(s string) error {
	t, ok := parseSpan(s)
	if !ok {
		return errors.New(settings.AllowedSpan)
	}
	*d = span(t)
	return nil
}

// String implements [value].
func (d *span) String() string {
	for _, u := range units {
		if t := time.Duration(*d); t != 0 && t%u.length == 0 {
			return fmt.Sprintf("%d%c", t/u.length, u.letter)
		}
	}
	return time.Duration(*d).String()
}

// units are the letters of a span; weeks are read but printed as days.
var units = []struct {
	letter byte
	length time.Duration
}{
	{'d', 24 * time.Hour}, {'h', time.Hour}, {'m', time.Minute}, {'s', time.Second}, {'w', 7 * 24 * time.Hour},
}

var spanForm = regexp.MustCompile(`^[0-9]{1,9}[smhdw]$`)

// parseSpan reads a span; ok is false if it has another form or is too long to hold.
func parseSpan(s string) (t time.Duration, ok bool) {
	s = strings.ToLower(s)
	if !spanForm.MatchString(s) {
		return 0, false
	}
	last := len(s) - 1
	n, _ := strconv.ParseInt(s[:last], 10, 64) // nine digits cannot fail
	for _, u := range units {
		if u.letter == s[last] && n <= math.MaxInt64/int64(u.length) {
			return time.Duration(n) * u.length, true
		}
	}
	return 0, false
}

// address is a URL. It loses its closing slash, and prints without what may be a secret: who and what path.
type address string

// Set implements [value].
func (a *address) Set(s string) error { *a = address(strings.TrimRight(s, "/")); return nil }

// String implements [value].
func (a *address) String() string {
	u, err := url.Parse(string(*a))
	switch {
	case *a == "":
		return `""`
	case err != nil || u.Host == "" || u.User != nil || strings.Contains(string(*a), "@"):
		return hidden
	case strings.Trim(u.Path, "/")+u.RawQuery+u.Fragment != "":
		return strconv.Quote(u.Scheme + "://" + u.Host + "/…")
	default:
		return shown(u.Scheme + "://" + u.Host)
	}
}

// dsn names a database. No part of it is printed but the word for the kind of database.
type dsn string

// Set implements [value].
func (d *dsn) Set(s string) error { *d = dsn(s); return nil }

// String implements [value].
func (d *dsn) String() string {
	switch scheme, _, _ := strings.Cut(string(*d), ":"); {
	case *d == defaultDSN:
		return strconv.Quote(string(*d))
	case oneOf(scheme, "sqlite", "postgres", "postgresql"):
		return scheme + ": " + hidden
	default:
		return hidden
	}
}

// defaultDSN is a file where the bot was started.
const defaultDSN = "sqlite:ostrakon.db"

func oneOf(s string, words ...string) bool { return slices.Contains(words, s) }
