package wire

import (
	"strings"
	"unicode/utf16"

	"github.com/go-faster/jx"
)

// The limits of what is read of a rich message.
const (
	richText     = 8192 // UTF-16 units of text
	richDepth    = 64   // levels of nested blocks and texts
	richEntities = 100
	richFiles    = 20
)

// rich is the content of a rich message: its blocks as lines of text, with entities for their format.
type rich struct {
	text     strings.Builder
	length   int // of the text, in UTF-16 units
	entities []Entity
	files    []Medium
	more     bool // it holds links or buttons, or is longer than the limits
	label    int  // where the label of a list item ends that has no text yet
}

// readRich reads a rich message, or the rich texts of a quotation. It leaves out parts that are new or malformed, so
// that the message itself is never lost.
func readRich(raw []byte) *rich {
	w := &rich{}
	r := newReader(raw)
	w.node(r, richDepth, false)
	return w
}

// said is the text without trailing white space, and the entities cut to its length.
func (w *rich) said() (string, []Entity) {
	text := strings.TrimRight(w.text.String(), "\n ")
	end := len(utf16.Encode([]rune(text)))
	var within []Entity
	for _, e := range w.entities {
		if e.Length = min(e.Length, end-e.Offset); e.Length > 0 {
			within = append(within, e)
		}
	}
	return text, within
}

// node reads a text, a block, or a list of either. Each block of a list is on lines of its own.
func (w *rich) node(r *reader, depth int, blocks bool) {
	if r.bad != nil {
		return
	}
	switch kind := r.d.Next(); {
	case kind == jx.String:
		w.write(r.text())
	case kind == jx.Array && depth > 0:
		r.array(func() {
			if blocks {
				w.line()
			}
			w.node(r, depth-1, blocks)
		})
	case kind == jx.Object && depth > 0:
		w.element(r, depth)
	default:
		w.more = w.more || kind == jx.Array || kind == jx.Object
		r.skip()
	}
}

// element reads one block or text that is an object.
func (w *rich) element(r *reader, depth int) {
	e, from := Entity{Offset: w.length}, w.text.Len()
	r.object(func(key []byte) { w.field(r, depth, string(key), &e) })
	e.Length = w.length - e.Offset
	w.more = w.more || e.URL != "" || e.Type == "url"
	switch {
	case e.URL != "" && w.text.String()[from:] != e.URL:
		e.Type = "text_link"
	case richTypes[e.Type] != "":
		e.Type = richTypes[e.Type]
	case !richKept[e.Type]:
		return
	}
	if e.Length > 0 && len(w.entities) < richEntities {
		w.entities = append(w.entities, e)
	}
}

// richTypes maps types of blocks and texts to types of entities; richKept are those with the same name.
var (
	richTypes = map[string]string{"heading": "bold", "email_address": "email"}
	richKept  = map[string]bool{
		"bold": true, "italic": true, "underline": true, "strikethrough": true, "spoiler": true, "code": true, "pre": true,
		"blockquote": true, "expandable_blockquote": true, "url": true, "text_mention": true, "mention": true, "hashtag": true,
		"cashtag": true, "bot_command": true, "phone_number": true, "custom_emoji": true,
	}
)

func (w *rich) field(r *reader, depth int, key string, e *Entity) {
	switch key {
	case "type":
		e.Type = r.loose()
	case "text", "summary", "button":
		w.more = w.more || key == "button"
		w.node(r, depth-1, false)
	case "blocks", "items", "buttons":
		w.more = w.more || key == "buttons"
		w.node(r, depth-1, true)
		w.line()
	case "caption", "credit":
		w.line()
		w.node(r, depth-1, false)
	case "cells":
		w.table(r, depth-1)
	case "label":
		w.write(r.loose() + " ")
		w.label = w.length
	case "expression", "alternative_text":
		w.write(r.loose())
	case "url":
		e.URL = r.loose()
	case "language":
		e.Language = r.loose()
	case "custom_emoji_id":
		e.CustomEmoji = r.loose()
	default:
		w.attached(r, key, e)
	}
}

// attached reads what a block or text holds besides text.
func (w *rich) attached(r *reader, key string, e *Entity) {
	kind, known := mediaFields[strings.TrimSuffix(key, "_note")]
	switch {
	case r.bad != nil:
	case key == "web_app" || key == "login_url":
		inside := Entity{}
		r.loosely(func(in *reader) {
			in.object(func(key []byte) {
				if string(key) == "url" {
					inside.URL = in.loose()
				} else {
					in.skip()
				}
			})
		})
		e.URL = inside.URL
	case key == "user":
		r.loosely(func(in *reader) { e.User = in.user().ID })
	case known && (kind.file || key == "location"):
		file := MediaFile{}
		r.loosely(func(in *reader) { file = in.mediaFile(kind) })
		if len(w.files) < richFiles {
			w.files = append(w.files, Medium{kind.media, file})
		}
	default:
		r.skip()
	}
}

// table writes each row on a line.
func (w *rich) table(r *reader, depth int) {
	if r.d.Next() != jx.Array || depth <= 0 {
		w.more = true
		r.skip()
		return
	}
	r.array(func() {
		w.line()
		if r.d.Next() != jx.Array {
			w.node(r, depth-1, false)
			return
		}
		first := true
		r.array(func() {
			if !first {
				w.write(" | ")
			}
			first = false
			w.node(r, depth-1, false)
		})
	})
	w.line()
}

// line begins a new line, unless the text is at the start of one, or of a list item.
func (w *rich) line() {
	if text := w.text.String(); text != "" && !strings.HasSuffix(text, "\n") && w.length != w.label {
		w.write("\n")
	}
}

// write adds text up to the limit.
func (w *rich) write(words string) {
	for _, c := range words {
		n := utf16.RuneLen(c)
		if w.length+n > richText {
			w.more = true
			return
		}
		w.text.WriteRune(c)
		w.length += n
	}
}
