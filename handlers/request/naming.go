package request

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// reference is a word that names somebody.
type reference struct {
	at     int    // which of the words it is
	id     int64  // their number, or
	handle string // their @username without the @; empty if there is an @ and no name
}

// naming is what stands behind a command: the words, and those among them that name somebody.
type naming struct {
	words []string
	found []reference
}

// shortestID is the length of the shortest number that is taken for somebody's id and not for a typing
// error of a time.
const shortestID = 5

// readNaming takes apart what stands behind a command. What an app marked as a name is one word, whatever blanks are in
// it. Numbers are ids only where a name is expected: first, or behind a time.
func readNaming(m *wire.Message, args string) naming {
	words, ids := markedWords(m, args)
	n := naming{words: words}
	first := ladder.TimeWords(words)
	for i, word := range words {
		handle, isHandle := readHandle(word)
		id, isID := readID(word)
		switch {
		case ids[i] != 0:
			n.found = append(n.found, reference{at: i, id: ids[i]})
		case isHandle && (handle != "" || i == 0):
			n.found = append(n.found, reference{at: i, handle: handle})
		case isID && (i == 0 || i == first):
			n.found = append(n.found, reference{at: i, id: id})
		}
	}
	return n
}

// leading reports whether a reference stands where a name is expected: first, or behind a time.
func (n naming) leading(r reference) bool {
	return r.at == 0 || r.at == ladder.TimeWords(n.words)
}

// without is the words but for one.
func (n naming) without(r reference) string {
	return strings.Join(slices.Delete(slices.Clone(n.words), r.at, r.at+1), " ")
}

// readHandle reads an @username, or a link to one.
func readHandle(word string) (handle string, ok bool) {
	rest, ok := strings.CutPrefix(word, "@")
	if !ok {
		rest = strings.TrimPrefix(strings.TrimPrefix(word, "https://"), "http://")
		if rest, ok = strings.CutPrefix(rest, "t.me/"); !ok || strings.ContainsAny(rest, "/+?") {
			return "", false
		}
	}
	end := strings.IndexFunc(rest, func(r rune) bool {
		return r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	})
	if end >= 0 {
		rest = rest[:end]
	}
	return rest, true
}

// readID reads somebody's number.
func readID(word string) (id int64, ok bool) {
	id, err := strconv.ParseInt(strings.TrimRight(word, ",:;"), 10, 64)
	return id, err == nil && len(word) >= shortestID
}

// markedWords splits what stands behind a command into words, and says which of them are marked as the name of whom.
// What is nothing but punctuation is left out: it stood beside a name.
func markedWords(m *wire.Message, args string) (words []string, ids map[int]int64) {
	ids = map[int]int64{}
	rest, from := args, view.Length(strings.TrimRightFunc(m.Text, unicode.IsSpace))-view.Length(args)
	add := func(text string) {
		for word := range strings.FieldsSeq(text) {
			if strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsPunct(r) || r == '@' }) {
				words = append(words, word)
			}
		}
	}
	for _, e := range m.Entities {
		id := namedBy(e)
		before := cutUnits(rest, e.Offset-from)
		if id == 0 || e.Offset < from || len(before) == len(rest) {
			continue
		}
		add(before)
		name := cutUnits(rest[len(before):], e.Length)
		ids[len(words)] = id
		words = append(words, name)
		rest, from = rest[len(before)+len(name):], e.Offset+e.Length
	}
	add(rest)
	return words, ids
}

// namedBy is whom an entity names by number; 0 if nobody.
func namedBy(e wire.Entity) int64 {
	switch number, ok := strings.CutPrefix(e.URL, "tg://user?id="); {
	case e.Type == "text_mention":
		return e.User
	case e.Type == "text_link" && ok:
		id, _ := strconv.ParseInt(number, 10, 64) // 0 names nobody
		return id
	}
	return 0
}

// cutUnits is the beginning of a text, as many UTF-16 units of it as are asked for.
func cutUnits(text string, units int) string {
	for at, r := range text {
		if units <= 0 {
			return text[:at]
		}
		units -= utf16.RuneLen(r)
	}
	return text
}
