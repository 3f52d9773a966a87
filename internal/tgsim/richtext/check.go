package richtext

import (
	"regexp"
	"slices"
	"unicode/utf16"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// entityTypes are the types of MessageEntity.
var entityTypes = []string{
	"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bold", "italic", "underline", "strikethrough",
	"spoiler", "blockquote", "expandable_blockquote", "code", "pre", "text_link", "text_mention", "custom_emoji", "date_time", "ton_address",
}

// dateFormat is what date_time_format may be: relative, or a day of the week, a date and a time, each if wanted.
var dateFormat = regexp.MustCompile(`^(r|w?[dD]?[tT]?)$`)

// Wrong says what is wrong with an entity of a text.
func Wrong(e wire.Entity, units []uint16) string {
	switch {
	case !slices.Contains(entityTypes, e.Type):
		return "unsupported entity type"
	case e.Length <= 0 || e.Offset < 0 || e.Offset+e.Length > len(units):
		return "entity is outside of the text"
	case splits(units, e.Offset) || splits(units, e.Offset+e.Length):
		return "entity begins or ends in a middle of a UTF-16 symbol"
	case (e.Type == "date_time") != (e.UnixTime != 0), e.DateFormat != "" && e.Type != "date_time":
		return "unix_time belongs to date_time"
	case !dateFormat.MatchString(e.DateFormat):
		return "invalid date_time_format"
	case (e.Type == "text_link") != (e.URL != ""):
		return "url belongs to text_link"
	}
	return ""
}

// WrongTogether says what is wrong with how the entities of a text stand in each other: a quotation is in none, code is in
// quotations alone, and one entity is inside of another or beside it.
func WrongTogether(all []wire.Entity) string {
	for i, a := range all {
		for _, b := range all[i+1:] {
			if b.Offset < a.Offset {
				a, b = b, a
			}
			aEnds, bEnds := a.Offset+a.Length, b.Offset+b.Length
			switch {
			case b.Offset >= aEnds:
			case b.Offset > a.Offset && bEnds > aEnds:
				return "entities overlap"
			case isQuote(a) && isQuote(b):
				return "quotation inside of a quotation"
			case isCode(a) && !isQuote(b), isCode(b) && !isQuote(a):
				return "code with other entities"
			}
			a = all[i]
		}
	}
	return ""
}

func isQuote(e wire.Entity) bool { return e.Type == "blockquote" || e.Type == "expandable_blockquote" }

func isCode(e wire.Entity) bool { return e.Type == "code" || e.Type == "pre" }

// splits says whether a place in a text is between the halves of a surrogate pair.
func splits(units []uint16, at int) bool {
	return at > 0 && at < len(units) && utf16.IsSurrogate(rune(units[at-1])) && utf16.DecodeRune(rune(units[at-1]), rune(units[at])) != '\uFFFD'
}
