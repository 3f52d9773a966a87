package tgsim

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf16"
)

// entityTypes are the types of MessageEntity.
var entityTypes = []string{
	"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bold", "italic", "underline", "strikethrough",
	"spoiler", "blockquote", "expandable_blockquote", "code", "pre", "text_link", "text_mention", "custom_emoji", "date_time", "ton_address",
}

// dateFormat is what date_time_format may be: relative, or a day of the week, a date and a time, each if wanted.
var dateFormat = regexp.MustCompile(`^(r|w?[dD]?[tT]?)$`)

// checkEntities refuses entities that are none: outside of the text, inside of a character, or with fields that their type
// does not have. Telegram only drops some of them, but a bot that sends such a thing has counted wrong.
func (c *call) checkEntities(entities []Entity, text string) ([]Entity, *apiError) {
	units := utf16.Encode([]rune(text))
	for _, e := range entities {
		if why := e.wrong(units); why != "" {
			c.violate(c.method + ": " + why + " (" + e.Type + ")")
			return nil, badRequest(why)
		}
	}
	slices.SortStableFunc(entities, func(a, b Entity) int { return a.Offset - b.Offset })
	return entities, nil
}

// wrong says what is wrong with an entity of a text.
func (e Entity) wrong(units []uint16) string {
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

// splits says whether a place in a text is between the halves of a surrogate pair.
func splits(units []uint16, at int) bool {
	return at > 0 && at < len(units) && utf16.IsSurrogate(rune(units[at-1])) && utf16.DecodeRune(rune(units[at-1]), rune(units[at])) != '\uFFFD'
}

// Timed are the words of a message that tell a time, which apps show by the reader's clock.
type Timed struct {
	Words string
	Time  time.Time
}

// Times are all times that the item tells, in order.
func (i Item) Times() []Timed {
	var all []Timed
	units := utf16.Encode([]rune(strings.TrimPrefix(i.Text, forwarded)))
	for _, e := range i.Entities {
		if e.Type == "date_time" {
			words := string(utf16.Decode(units[e.Offset : e.Offset+e.Length]))
			all = append(all, Timed{Words: words, Time: time.Unix(e.UnixTime, 0).UTC()})
		}
	}
	return all
}
