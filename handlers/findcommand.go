package handlers

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/internal/settings"
)

// named is a command and what people may call it, in any language.
type named struct {
	command string
	words   []string // folded
}

// helpIndex finds the command that somebody means.
type helpIndex struct {
	all    []named
	admins map[string]bool // the commands for admins alone
}

// newHelpIndex lists all commands with all that they are called: those of members, those of private chats, and those for admins
// alone. Who reports spam is told how to report.
func newHelpIndex(members, private, admins []string) helpIndex {
	x := helpIndex{admins: map[string]bool{}}
	add := func(names []string, forAdmins bool) {
		for _, name := range names {
			if name == "spam" || slices.ContainsFunc(x.all, func(n named) bool { return n.command == name }) {
				continue
			}
			x.all = append(x.all, named{name, wordsFor(name)})
			x.admins[name] = forAdmins
		}
	}
	add(members, false)
	add(private, false)
	add(admins, true)
	// Whoever asks where to set something means that, and not all settings.
	general := func(n named) int { return slices.Index([]string{"settings", "help"}, n.command) }
	slices.SortStableFunc(x.all, func(a, b named) int { return general(a) - general(b) })
	return x
}

// wordsFor are all words for a command, folded.
func wordsFor(command string) []string {
	words := []string{command}
	for _, lang := range locale.Languages() {
		p := locale.In(lang)
		words = append(words, strings.Split(p.Text("help.words."+command, nil), ",")...)
		if _, known := settings.Find(command); known || command == "pause" {
			words = append(words, view.SettingName(p, command))
		}
	}
	for i, word := range words {
		words[i] = folded(word)
	}
	return words
}

// folded is a word without what people type or leave out: capitals, blanks, marks, the slash and the bot's name.
func folded(word string) string {
	word, _, _ = strings.Cut(strings.TrimPrefix(strings.TrimSpace(word), "/"), "@")
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, word)
}

const (
	longestQuestion = 64   // letters; behind them nobody names a command
	likeEnough      = 0.65 // of 1, how much of a word must be as it was typed
	shortestSound   = 3    // letters, of a part that means something where letters stand for sounds
	shortestSign    = 2    // likewise where they stand for words
)

// find is the command that a word means; empty if it means none. A word that is right comes before one that begins so, that
// before one within a question, and that before one that is only like it.
func (x helpIndex) find(typed string) string {
	if letters(typed) > longestQuestion {
		typed = string([]rune(typed)[:longestQuestion])
	}
	word := folded(typed)
	if word == "" {
		return ""
	}
	if name := x.best(func(known string) float64 { return fit(typed, word, known) }); name != "" {
		return name
	}
	return x.best(func(known string) float64 { return likeness(word, known) })
}

// best is the command with the word of the highest score; empty if none has one. Of equals it is the first.
func (x helpIndex) best(score func(known string) float64) string {
	best, most := "", 0.0
	for _, n := range x.all {
		for _, known := range n.words {
			if s := score(known); known != "" && s > most {
				best, most = n.command, s
			}
		}
	}
	return best
}

// fit is how well a word fits what is known: 3 if it is the same, more than 2 if it begins so, more than 1 if it stands in the
// question, else 0.
func fit(typed, word, known string) float64 {
	share := float64(letters(word)) / float64(max(1, letters(known)))
	switch {
	case word == known:
		return 3
	case strings.HasPrefix(known, word) && longEnough(word):
		return 2 + share/2
	case isPart(typed, word, known):
		return 1 + 1/share
	}
	return 0
}

// likeness is how much of a word is as it is known; 0 if that is too little.
func likeness(word, known string) float64 {
	if share := float64(letters(word)) / float64(max(1, letters(known))); share < likeEnough || share > 1/likeEnough {
		return 0
	}
	if alike := request.Similarity(word, known); alike >= likeEnough {
		return alike
	}
	return 0
}

// longEnough reports whether a part of a word means something by itself.
func longEnough(part string) bool {
	if alphabetical(part) {
		return letters(part) >= shortestSound
	}
	return letters(part) >= shortestSign
}

func letters(word string) int { return utf8.RuneCountInString(word) }

// isPart reports whether a known word stands in a question. Where words have blanks between them it must be a whole one.
func isPart(typed, word, known string) bool {
	if !longEnough(known) {
		return false
	}
	if !alphabetical(known) {
		return strings.Contains(word, known)
	}
	words := strings.Fields(typed)
	for from := range words {
		joined := ""
		for _, next := range words[from:] {
			if joined += folded(next); joined == known {
				return true
			}
		}
	}
	return false
}

// alphabetical reports whether a word is written with letters that stand for sounds, so that one of them alone means nothing.
func alphabetical(word string) bool {
	return !strings.ContainsFunc(word, func(r rune) bool { return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) })
}
