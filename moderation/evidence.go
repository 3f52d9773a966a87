package moderation

import (
	"slices"
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/copies"
)

// Evidence is what a case is about, as it was when it came before the court, and how it was changed since. It is kept
// sealed, and not longer than needed. Nobody but admins is shown it, and jurors without a name.
//
// It is kept as JSON: fields may be added, and not renamed while rows are kept.
type Evidence struct {
	Name     string    `json:"n,omitempty"` // the author's, as shown in Telegram
	Handle   string    `json:"h,omitempty"` // their @username without the @, if they have one
	Text     string    `json:"t,omitempty"` // the text, or the caption
	Entities []Entity  `json:"e,omitempty"` // of the text
	Media    string    `json:"m,omitempty"` // "photo", "sticker", … as Telegram calls it; empty = text alone
	Rest     []string  `json:"a,omitempty"` // captions of the rest of its album
	Files    []Medium  `json:"f,omitempty"` // of the message, of the rest of its album, and of its later forms; see [MaxFiles]
	Reply    *Replied  `json:"r,omitempty"` // what it replied to
	Edits    []Edit    `json:"d,omitempty"` // since, in the order of time; see [MaxEdits]
	SentAt   time.Time `json:"s,omitzero"`
}

// Entity is a part of a text that is shown in a way of its own. Offset and length count UTF-16 units.
type Entity struct {
	Type     string `json:"t"`
	Offset   int    `json:"o"`
	Length   int    `json:"l"`
	URL      string `json:"u,omitempty"`
	Language string `json:"p,omitempty"` // of a block of code
	User     int64  `json:"w,omitempty"` // who is meant by words that are no @username
	Emoji    string `json:"c,omitempty"` // the id of one that is a picture
}

// Medium is a file. What is in it is kept beside, if it is small enough.
type Medium struct {
	Kind   string `json:"k"`           // as in Evidence.Media
	ID     string `json:"i"`           // by which Telegram gives it to this bot; it may change
	Unique string `json:"u,omitempty"` // which stays the same, and by which it cannot be had
	Name   string `json:"n,omitempty"` // as its sender called it
	Size   int64  `json:"s,omitempty"` // bytes; 0 = unknown
}

// MaxFile is how large a file may be to be kept, in bytes. Of a larger one the id, the name and the size are.
const MaxFile = 2 << 20

// Small reports whether the file may be small enough to be kept.
func (m Medium) Small() bool { return m.ID != "" && m.Size <= MaxFile }

// is reports whether it is the same file as another.
func (m Medium) is(o Medium) bool { return m.ID == o.ID || m.Unique != "" && m.Unique == o.Unique }

// MaxFiles is how many files are kept of a message: twice an album, so that nobody fills the disk by changing a picture
// again and again.
const MaxFiles = 20

// WithFiles adds the files that are not there yet, as long as there is room.
func (e Evidence) WithFiles(more []Medium) Evidence {
	for _, f := range more {
		if len(e.Files) < MaxFiles && !slices.ContainsFunc(e.Files, f.is) {
			e.Files = append(e.Files[:len(e.Files):len(e.Files)], f)
		}
	}
	return e
}

// With adds another message of the same album.
func (e Evidence) With(sibling Evidence) Evidence {
	if sibling.Text != "" && sibling.Text != e.Text && !slices.Contains(e.Rest, sibling.Text) {
		e.Rest = append(e.Rest[:len(e.Rest):len(e.Rest)], sibling.Text)
	}
	return e.WithFiles(sibling.Files)
}

// Words are all that was written: the text, and below it the captions of the rest of the album.
func (e Evidence) Words() string {
	return strings.TrimLeft(strings.Join(append([]string{e.Text}, e.Rest...), "\n"), "\n")
}

// Marks are what all its copies share one of, see [copies.Of].
func (e Evidence) Marks() []string {
	m := copies.Message{Text: e.Text}
	for _, x := range e.Entities {
		m.Entities = append(m.Entities, copies.Entity{Type: x.Type, Offset: x.Offset, Length: x.Length, URL: x.URL, User: x.User})
	}
	for _, f := range e.Files {
		m.Files = append(m.Files, copies.File{Kind: f.Kind, Unique: f.Unique})
	}
	marks := copies.Of(m)
	for _, caption := range e.Rest {
		marks = append(marks, copies.Of(copies.Message{Text: caption})...)
	}
	return marks
}

// Replied is the message that another replied to.
type Replied struct {
	Name  string `json:"n,omitempty"`
	Text  string `json:"t,omitempty"`
	Media string `json:"m,omitempty"`
}

// Edit is a later form of a message.
type Edit struct {
	At       time.Time `json:"a"`
	Message  int64     `json:"i,omitempty"` // which of an album; 0 in evidence of earlier versions
	Text     string    `json:"t,omitempty"`
	Entities []Entity  `json:"e,omitempty"`
	Media    string    `json:"m,omitempty"`
}

// MaxEdits is how many later forms are kept: the first ones, and the last in place of those between.
const MaxEdits = 20

// Edited adds a later form of the message, and its file if that is another. It says false if nothing changed that can be
// seen: Telegram tells of edits also when nothing did.
func (e Evidence) Edited(message int64, later Evidence, at time.Time) (Evidence, bool) {
	last := Edit{Text: e.Text, Entities: e.Entities, Media: e.Media}
	if n := len(e.Edits); n > 0 {
		last = e.Edits[n-1]
	}
	files := e.WithFiles(later.Files).Files
	if last.Text == later.Text && slices.Equal(last.Entities, later.Entities) && last.Media == later.Media && len(files) == len(e.Files) {
		return e, false
	}
	edits := slices.Clone(e.Edits)
	if len(edits) >= MaxEdits {
		edits = edits[:MaxEdits-1]
	}
	e.Edits = append(edits, Edit{At: at, Message: message, Text: later.Text, Entities: later.Entities, Media: later.Media})
	e.Files = files
	return e, true
}

// fetch has the files of a new case's evidence kept, as far as they are small enough.
func (e Evidence) fetch(id string) []Effect {
	if !slices.ContainsFunc(e.Files, Medium.Small) {
		return nil
	}
	return []Effect{FetchFiles{Case: id}}
}
