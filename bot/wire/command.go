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
	text, slash := strings.CutPrefix(m.Text, "/")
	if !slash {
		return "", "", false
	}
	end := strings.IndexFunc(text, func(r rune) bool { return !commandRune(r) })
	if end < 0 {
		end = len(text)
	}
	word, rest = text[:end], text[end:]
	next, _ := utf8.DecodeRuneInString(rest)
	clean := rest == "" || unicode.IsSpace(next) || m.markedCommand(end+len("/"))
	return word, rest, clean && wellFormed(word)
}

// markedCommand reports whether Telegram marked the first length characters,
// which are all ASCII, as a command.
func (m *Message) markedCommand(length int) bool {
	for _, e := range m.Entities {
		if e.Type == "bot_command" && e.Offset == 0 && e.Length == length {
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
