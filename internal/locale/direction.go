package locale

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/bidi"
)

// Letters that nobody sees and that keep words of the other direction in their place (Unicode Standard Annex 9). An app finds
// the direction of a line by its first letter, and puts the slash of a command on the side on which the line goes on.
const (
	leftMark     = "\u200e" // stands for a letter that is read from the left
	rightMark    = "\u200f"
	isolateFirst = "\u2068" // begins what has a direction of its own, that of its first letter
	isolateEnd   = "\u2069"
)

// invisible are all letters that say how to read others. Somebody who copies a command out of a text copies them too.
var invisible = regexp.MustCompile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

// Visible is a text without the invisible letters for its direction. What people type is read so.
func Visible(text string) string { return invisible.ReplaceAllString(text, "") }

// fromRight reports whether a language is read from the right.
func fromRight(tag language.Tag) bool {
	script, _ := tag.Script()
	return script.String() == "Arab" || script.String() == "Hebr"
}

// RightToLeft reports whether the printer's language is read from the right.
func (p Printer) RightToLeft() bool { return p.c.right }

// typedIn is a command or the name of an account.
var typedIn = regexp.MustCompile(`(^|[\s(“«‹:])([/@][a-zA-Z{])`)

// signed is a number with its sign, which an app would put behind it.
var signed = regexp.MustCompile(`[+−][0-9{]`)

// turned are arrows as who reads from the right sees them: on goes to the left, back to the right. No app turns them by itself.
var turned = strings.NewReplacer("→", "←", "←", "→")

// readFromRight has a text of a language that is read from the right show in that direction: each line begins from the right,
// whatever its first word is, commands keep their slash in front and numbers their sign, and arrows point on.
func readFromRight(form string) string {
	lines := strings.Split(form, "\n")
	for i, line := range lines {
		line = typedIn.ReplaceAllString(turned.Replace(line), "$1"+leftMark+"$2")
		line = signed.ReplaceAllString(line, leftMark+"$0")
		if line != "" && !beginsFromRight(line) {
			line = rightMark + line
		}
		lines[i] = line
	}
	return strings.Join(lines, "\n")
}

// beginsFromRight reports whether the first letter of a line says that it is read from the right. What is filled in may begin
// with any letter.
func beginsFromRight(line string) bool {
	for _, r := range line {
		if r == '{' {
			return false
		}
		if class, ok := direction(r); ok {
			return class
		}
	}
	return true // signs and numbers alone
}

// direction reports whether a letter is read from the right, and whether it has a direction at all.
func direction(r rune) (right, has bool) {
	p, _ := bidi.LookupRune(r)
	switch p.Class() {
	case bidi.R, bidi.AL:
		return true, true
	case bidi.L:
		return false, true
	}
	return false, false
}

// hasWords reports whether there are letters in a text beside the names of what is filled in.
func hasWords(form string) bool {
	name := false
	for _, r := range form {
		switch {
		case r == '{' || r == '}':
			name = r == '{'
		case !name && unicode.IsLetter(r):
			return true
		}
	}
	return false
}

// isolated is a value that is filled into a text, closed off if it is read in the other direction. What belongs to a word, an
// address or a command before it is left alone, since it would break them; so are quotations, which stand for themselves.
func isolated(value, before string, right bool) string {
	if value == "" || partOf(before) || tappable(value) || strings.Contains(value, begun(MarkQuote)) {
		return value
	}
	for _, r := range Plain(value) {
		if otherWay, has := direction(r); has {
			if otherWay == right {
				return value
			}
			return closedOff(value)
		}
	}
	if right && signed.MatchString(value) {
		return closedOff(value)
	}
	return value
}

// closedOff keeps a value apart from what stands around it. Of several lines that is the first: each of the others has a direction,
// and the end of a line ends what was begun in it.
func closedOff(value string) string {
	if strings.Contains(value, "\n") {
		return isolateFirst + value
	}
	return isolateFirst + value + isolateEnd
}

// tappable reports whether there is an address in a value that an app is to find.
func tappable(value string) bool {
	return strings.Contains(value, "://") && !strings.Contains(value, begun(MarkDead))
}

// begun is what begins a mark of that kind.
func begun(kind MarkKind) string { return markBegins + markSecret + string(kind) }

// partOf reports whether what follows belongs to the word before it, or to a command: "/report@{bot}", "/logchannel {code}".
func partOf(before string) bool {
	line := before[strings.LastIndexByte(before, '\n')+1:]
	if last, _ := utf8.DecodeLastRuneInString(line); unicode.IsLetter(last) || unicode.IsDigit(last) || strings.ContainsRune("@/}", last) {
		return true
	}
	words := strings.Fields(line)
	return len(words) > 0 && strings.HasPrefix(strings.TrimLeft(words[len(words)-1], rightMark+leftMark), "/") && strings.HasSuffix(line, " ")
}
