package messagelog

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"

	"github.com/go-faster/jx"
)

// A Message is a message as the log keeps it. An edited message is kept again, in its later form.
//
// In a block, a message without a Body was redacted. A message without a Number says that all earlier messages of its
// chat are redacted.
type Message struct {
	Chat   int64 // the chat's number in this database
	Number int64 // the message's number in its chat
	At     int64 // when it was sent, in seconds since 1970
	Origin int64 // of a forwarded message: when the original was sent, in seconds since 1970
	Edited bool
	Body   []byte // JSON; the log reads of it what bodyHead has
	Note   Note   // what is still to be written about its author
}

// A Note is what a message tells about its author besides itself: that they wrote on a day, and which @username they
// have.
type Note struct {
	Chat     int64 // the chat's number in this database
	Person   int64
	Language string
	Day      int64
	Wrote    bool
	Handle   string
}

func (n Note) empty() bool { return !n.Wrote && n.Handle == "" }

// bodyHead is what the log reads in the body of a message.
type bodyHead struct {
	Number int64 `json:"m"` // old messages do not have it, nor the time
	At     int64 `json:"i"`
	Author struct {
		ID       int64
		Language string
	} `json:"a"`
}

func (m *Message) head() (bodyHead, error) {
	var head bodyHead
	if err := json.Unmarshal(m.Body, &head); err != nil {
		return head, fmt.Errorf("read a recent message: %w", err)
	}
	return head, nil
}

// completeNote adds to the note of a message from a block what the block does not say twice. If the message was redacted,
// its note was written before.
func (m *Message) completeNote() error {
	if m.Note.empty() {
		return nil
	}
	if m.Body == nil {
		m.Note = Note{}
		return nil
	}
	head, err := m.head()
	m.Note.Chat, m.Note.Person, m.Note.Language = m.Chat, head.Author.ID, head.Author.Language
	return err
}

// encodeBlock writes messages as JSON. It copies their bodies, which are JSON already.
func encodeBlock(messages []Message) []byte {
	var e jx.Encoder
	e.ArrStart()
	for i := range messages {
		m := &messages[i]
		e.ObjStart()
		e.FieldStart("c")
		e.Int64(m.Chat)
		e.FieldStart("m")
		e.Int64(m.Number)
		e.FieldStart("i")
		e.Int64(m.At)
		if m.Origin != 0 {
			e.FieldStart("o")
			e.Int64(m.Origin)
		}
		e.FieldStart("e")
		e.Bool(m.Edited)
		if !m.Note.empty() {
			e.FieldStart("d")
			e.Int64(m.Note.Day)
			e.FieldStart("w")
			e.Bool(m.Note.Wrote)
			if m.Note.Handle != "" {
				e.FieldStart("h")
				e.Str(m.Note.Handle)
			}
		}
		if m.Body != nil {
			e.FieldStart("t")
			e.Raw(m.Body)
		}
		e.ObjEnd()
	}
	e.ArrEnd()
	return e.Bytes()
}

// decodeBlock is the opposite of encodeBlock.
func decodeBlock(plain []byte) ([]Message, error) {
	if ofOneChat(plain) {
		return decodeOneChat(plain)
	}
	var messages []Message
	err := jx.DecodeBytes(plain).Arr(func(d *jx.Decoder) error {
		var m Message
		err := d.ObjBytes(func(d *jx.Decoder, key []byte) (err error) {
			switch string(key) {
			case "c":
				m.Chat, err = d.Int64()
			case "m":
				m.Number, err = d.Int64()
			case "i":
				m.At, err = d.Int64()
			case "o":
				m.Origin, err = d.Int64()
			case "e":
				m.Edited, err = d.Bool()
			case "d":
				m.Note.Day, err = d.Int64()
			case "w":
				m.Note.Wrote, err = d.Bool()
			case "h":
				m.Note.Handle, err = d.Str()
			case "t":
				m.Body, err = d.Raw()
			default:
				err = d.Skip()
			}
			return err
		})
		messages = append(messages, m)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read recent messages: %w", err)
	}
	return messages, nil
}

// ofOneChat says whether a block is from before blocks held messages of all chats. Such a block does not say of which chat
// it is.
func ofOneChat(plain []byte) bool { return !bytes.HasPrefix(plain, []byte(`[{"c"`)) }

// decodeOneChat reads such a block. If it holds a single message, it may not even say the number and the time of that.
func decodeOneChat(plain []byte) ([]Message, error) {
	bodies := []json.RawMessage{plain}
	if bytes.HasPrefix(plain, []byte{'['}) {
		if err := json.Unmarshal(plain, &bodies); err != nil {
			return nil, fmt.Errorf("read recent messages: %w", err)
		}
	}
	messages := make([]Message, len(bodies))
	for i, body := range bodies {
		messages[i] = Message{Body: body}
		head, err := messages[i].head()
		if err != nil {
			return nil, err
		}
		messages[i].Number, messages[i].At = head.Number, head.At
	}
	return messages, nil
}

// completeOneChat adds to the messages of such a block what the index and the table say: the chat, and the number and time
// of a single message.
func completeOneChat(messages []Message, chat, number, at int64) {
	for i := range messages {
		if m := &messages[i]; m.Chat == 0 {
			m.Chat, m.Number, m.At = chat, cmp.Or(m.Number, number), cmp.Or(m.At, at)
		}
	}
}
