package wire

// Entity marks part of a text; offsets and lengths count UTF-16 units.
type Entity struct {
	Type        string
	Offset      int
	Length      int
	URL         string
	Language    string // of a block of code
	User        int64  // the user whom words without an @username mention
	CustomEmoji string // its id
	Time        int64  // the time that the words tell, unix seconds
}

// link reports whether the entity is a link. Mentions, phone numbers and email
// addresses are not links.
func (e Entity) link() bool { return e.Type == "url" || e.Type == "text_link" }

// dateTime is the type of words that tell a time. An app that knows it shows the time in its own time zone instead of the words.
const dateTime = "date_time"

// The types of quotations and of text that is shown as it is. In the latter nothing can be tapped.
const (
	Quote       = "blockquote"
	FoldedQuote = "expandable_blockquote" // folded up until it is tapped
	Code        = "code"                  // in a line
	Pre         = "pre"                   // lines of their own
)

// Italic is the type of a text that is stressed.
const Italic = "italic"

// TimeEntity marks words of a text that tell a time. Offset and length count UTF-16 units.
func TimeEntity(offset, length int, unix int64) Entity {
	return Entity{Type: dateTime, Offset: offset, Length: length, Time: unix}
}

func (r *reader) entity() (e Entity) {
	r.object(func(key []byte) {
		switch string(key) {
		case "type":
			e.Type = r.word()
		case "offset":
			e.Offset = int(r.whole())
		case "length":
			e.Length = int(r.whole())
		case "url":
			e.URL = r.text()
		case "language":
			e.Language = r.text()
		case "user":
			e.User = r.user().ID
		case "unix_time":
			e.Time = int64(r.whole())
		case "custom_emoji_id":
			e.CustomEmoji = r.text()
		default:
			r.skip()
		}
	})
	return e
}
