package copies

import (
	"sync"
	"unicode"
	"unicode/utf8"

	"go.mau.fi/util/confusable"
)

// likeness is the character that stands for all that look like it.
func likeness(r rune) rune {
	if r < utf8.RuneSelf {
		return lower(r)
	}
	if unicode.IsDigit(r) {
		return '0' + digit(r)
	}
	r = ornament(r)
	if !unicode.IsLetter(r) {
		return unicode.ToLower(r)
	}
	small := unicode.ToLower(unicode.ToUpper(r)) // so that ς is σ
	for _, form := range [...]rune{small, unicode.ToUpper(r)} {
		if l := latin(form); l != 0 {
			return lower(l)
		}
	}
	return small
}

// alphabets is where the scripts end in which most messages are written that have capitals.
const alphabets = 0x530

// likenesses are those of the characters below alphabets, for they are asked for again and again.
var likenesses = sync.OnceValue(func() *[alphabets]rune {
	var all [alphabets]rune
	for r := range all {
		all[r] = likeness(rune(r))
	}
	return &all
})

// lower is the small form of a Latin letter. In many fonts I is l, and in others i.
func lower(r rune) rune {
	if 'A' <= r && r <= 'Z' {
		r += 'a' - 'A'
	}
	if r == 'i' {
		return 'l'
	}
	return r
}

// latin is the Latin letter that a letter looks like; 0 if there is none.
func latin(r rune) rune {
	if l, found := smallCapitals[r]; found || r < utf8.RuneSelf {
		return max(l, asciiLetter(r))
	}
	like, size := utf8.DecodeRuneInString(confusable.GetReplacement(r))
	if size != len(confusable.GetReplacement(r)) {
		return 0 // it looks like several
	}
	if l, found := smallCapitals[like]; found {
		return l
	}
	return asciiLetter(like)
}

// asciiLetter is the letter itself, and 0 for all else.
func asciiLetter(r rune) rune {
	if small := r | 0x20; r < utf8.RuneSelf && 'a' <= small && small <= 'z' {
		return r
	}
	return 0
}

// digit is the value of a digit of any script. Unicode keeps the ten digits of each script in their order.
func digit(r rune) rune {
	for _, t := range unicode.Digit.R16 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return (r - rune(t.Lo)) % 10
		}
	}
	for _, t := range unicode.Digit.R32 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return (r - rune(t.Lo)) % 10
		}
	}
	return 0
}

// ornament is the letter in a black circle or square, which Unicode does not say is one.
func ornament(r rune) rune {
	switch {
	case 0x1F150 <= r && r <= 0x1F169:
		return 'A' + r - 0x1F150
	case 0x1F170 <= r && r <= 0x1F189:
		return 'A' + r - 0x1F170
	default:
		return r
	}
}

// smallCapitals are letters that look like Latin capitals and are as high as small ones. Unicode's list of look-alike letters
// has few of them, because it is about names and not about words.
var smallCapitals = func() map[rune]rune {
	capitals := map[rune]rune{}
	for _, pair := range [...]string{
		"ᴀa", "ʙb", "ᴄc", "ᴅd", "ᴇe", "ꜰf", "ғf", "ɢg", "ʜh", "ɪi", "ᴊj", "ᴋk", "ĸk", "ʟl", "ᴍm", "ʍm", "ɴn", "ᴏo", "ᴘp", "ǫq", "ꞯq", "ʀr",
		"ꜱs", "ᴛt", "ᴜu", "ᴠv", "ᴡw", "ʏy", "ᴢz",
	} {
		from, size := utf8.DecodeRuneInString(pair)
		capitals[from] = rune(pair[size])
	}
	return capitals
}()
