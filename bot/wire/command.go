package wire

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Command is a command that somebody wrote.
type Command struct {
	Name      string // in lower case, without slash and bot
	Args      string // the rest, without white space around it
	Addressed bool   // it named this bot: "/report@ThisBot"
}

// Command reads the command at the start of the message. It is not ok if there is none, or
// if it is addressed to a bot that has none of these names.
func (m *Message) Command(ours ...string) (cmd Command, ok bool) {
	word, rest, ok := m.commandWord()
	if !ok || m.Rich {
		return Command{}, false
	}
	name, bot, addressed := strings.Cut(word, "@")
	if addressed && !slices.ContainsFunc(ours, func(name string) bool { return strings.EqualFold(bot, name) }) {
		return Command{}, false
	}
	return Command{Name: strings.ToLower(name), Args: strings.TrimSpace(rest), Addressed: addressed}, true
}

// commandWord cuts "name" or "name@bot" off the text. After it the text must end or go on
// with white space, or Telegram must have marked exactly this much as a command
// ("/rules, please").
func (m *Message) commandWord() (word, rest string, ok bool) {
	copied := strings.TrimLeft(m.Text, directions)
	text, slash := strings.CutPrefix(copied, "/")
	if !slash {
		return "", "", false
	}
	begin := utf8.RuneCountInString(m.Text) - utf8.RuneCountInString(copied)
	end := strings.IndexFunc(text, func(r rune) bool { return !commandRune(r) })
	if end < 0 {
		end = len(text)
	}
	word, rest = text[:end], text[end:]
	next, _ := utf8.DecodeRuneInString(rest)
	clean := rest == "" || unicode.IsSpace(next) || m.markedCommand(begin, end+len("/"))
	return word, rest, clean && wellFormed(word)
}

// directions are letters that nobody sees and that say from which side others are read. A command that somebody copied out of a
// text which is read from the right begins with some.
const directions = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

// markedCommand reports whether Telegram marked length characters from begin on as a command. They are all ASCII, and what
// stands before them are [directions], each of one UTF-16 unit.
func (m *Message) markedCommand(begin, length int) bool {
	for _, e := range m.Entities {
		if e.Type == "bot_command" && e.Offset == begin && e.Length == length {
			return true
		}
	}
	return false
}

func commandRune(r rune) bool {
	return r == '_' || r == '@' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
}

// wellFormed reports whether the word is a name, or a name and one bot.
func wellFormed(word string) bool {
	name, bot, addressed := strings.Cut(word, "@")
	return name != "" && !strings.Contains(bot, "@") && (!addressed || bot != "")
}
