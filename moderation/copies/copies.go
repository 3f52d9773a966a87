// Package copies says which messages are copies of each other.
//
// A message has a mark for its text and one for each of its files. Two messages are copies if they share a mark. A text has a
// mark only if it leads somewhere: it contains a link, a mention or a number. So a greeting is no copy of a greeting. A sticker
// or a GIF has no mark, because people send the same ones.
//
// Two texts have the same mark if they differ in nothing but:
//
//   - upper and lower case, and wide or ornamental forms of the same letters;
//   - letters that look alike, such as those of another script, or I and l;
//   - what cannot be seen, such as characters of no width, and how much space is between two words;
//   - marks that are heaped on a letter and belong to no language's spelling;
//   - the script in which digits are written;
//   - parameters of links that only tell where a reader came from, and other spellings of the same address.
//
// All else counts: each digit, each word, each sign. In links and mentions look-alike letters count, too, because there they
// lead elsewhere. Otherwise a message with the true address would be a copy of one with a false address.
package copies

// Message is what is compared of a message. Each part of an album is a message of its own, and the album has all their marks.
type Message struct {
	Text     string // or the caption
	Entities []Entity
	Files    []File
}

// Entity is a part of the text, as Telegram marks it. Offset and length count UTF-16 units.
type Entity struct {
	Type   string
	Offset int
	Length int
	URL    string // to which the words lead, if they are not the address
	User   int64  // whom the words mean, if they are no @username
}

// File is a file of the message.
type File struct {
	Kind   string // "photo", "sticker", … as Telegram calls it
	Unique string // by which the same file is known in every message
}

// What a mark begins with, so that no text has the mark of a file.
const (
	ofText = "t"
	ofFile = "f"
)

// Of returns the marks of a message, in the order of its parts. Most messages have none. A mark contains the words of the
// message, so whoever keeps one keeps a keyed hash of it.
func Of(m Message) []string {
	var marks []string
	if leads(m.Text, m.Entities) {
		marks = append(marks, ofText+textForm(m.Text, m.Entities))
	}
	for _, f := range m.Files {
		if f.Unique != "" && f.Kind != "sticker" && f.Kind != "animation" {
			marks = append(marks, ofFile+f.Unique)
		}
	}
	return marks
}

// leads reports whether the text contains a link, a mention or a number, marked by Telegram or not: in a block of code it marks
// none, but people copy from there.
func leads(text string, entities []Entity) bool {
	for _, e := range entities {
		if destinations[e.Type] {
			return true
		}
	}
	return hasNumber(text) || len(unmarked(text)) > 0
}

// destinations are the types of entities that lead somewhere.
var destinations = map[string]bool{
	"url": true, "text_link": true, "email": true, "mention": true, "text_mention": true, "phone_number": true,
}
