package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/go-faster/jx"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage/messagelog"
)

// sealedMessage is the body of a message in the log. Fields may be added.
type sealedMessage struct {
	Message int64                `json:"m,omitempty"` // missing in old bodies, as is the time; then the block says it
	At      int64                `json:"i,omitempty"`
	Author  moderation.Author    `json:"a"`
	Name    string               `json:"n,omitempty"`
	Words   string               `json:"w,omitempty"` // only the first words, in bodies from before evidence was kept
	Said    *moderation.Evidence `json:"e,omitempty"`
	Album   string               `json:"g,omitempty"`
	Thread  int64                `json:"t,omitempty"`
	Role    moderation.Role      `json:"r"`
}

// write returns it as JSON. It does so by hand since every message is written so, and [json.Marshal] takes three times as long.
func (h *sealedMessage) write() (json.RawMessage, error) {
	var e jx.Encoder
	e.ObjStart()
	e.FieldStart("m")
	e.Int64(h.Message)
	e.FieldStart("i")
	e.Int64(h.At)
	e.FieldStart("a")
	e.ObjStart()
	e.FieldStart("ID")
	e.Int64(h.Author.ID)
	e.FieldStart("Channel")
	e.Bool(h.Author.Channel)
	e.FieldStart("Bot")
	e.Bool(h.Author.Bot)
	writeText(&e, "Language", h.Author.Language)
	e.ObjEnd()
	writeText(&e, "n", h.Name)
	writeText(&e, "w", h.Words)
	if h.Said != nil {
		e.FieldStart("e")
		if err := writeSaid(&e, h.Said); err != nil {
			return nil, err
		}
	}
	writeText(&e, "g", h.Album)
	e.FieldStart("t")
	e.Int64(h.Thread)
	writeText(&e, "r", string(h.Role))
	e.ObjEnd()
	return e.Bytes(), nil
}

// writeSaid writes evidence, and does so by hand if that is text alone, as in most messages.
func writeSaid(e *jx.Encoder, said *moderation.Evidence) error {
	if len(said.Entities)+len(said.Rest)+len(said.Files)+len(said.Edits) > 0 || said.Reply != nil || !said.SentAt.IsZero() {
		all, err := json.Marshal(said)
		e.Raw(all)
		return err
	}
	e.ObjStart()
	writeText(e, "n", said.Name)
	writeText(e, "h", said.Handle)
	writeText(e, "t", said.Text)
	writeText(e, "m", said.Media)
	e.ObjEnd()
	return nil
}

// writeText writes a text, unless it is empty.
func writeText(e *jx.Encoder, name, text string) {
	if text != "" {
		e.FieldStart(name)
		e.Str(text)
	}
}

// openSeen reads the body of a message in the log.
func openSeen(m messagelog.Message) (sealedMessage, error) {
	var hidden sealedMessage
	if err := json.Unmarshal(m.Body, &hidden); err != nil {
		return hidden, fmt.Errorf("read a recent message: %w", err)
	}
	return hidden, nil
}

// seenMessage converts a message in the log. Its chat is called by Telegram's number.
func seenMessage(chat int64, m messagelog.Message) (moderation.SeenMessage, error) {
	hidden, err := openSeen(m)
	said := moderation.Evidence{Text: hidden.Words}
	if hidden.Said != nil {
		said = *hidden.Said
	}
	return moderation.SeenMessage{
		Chat: chat, Message: m.Number, At: fromUnix(m.At), Author: hidden.Author, Name: hidden.Name, Said: said,
		Album: hidden.Album, Thread: hidden.Thread, Role: hidden.Role, Origin: fromUnix(m.Origin),
	}, err
}

// appendSeen appends a message to the log, together with what it tells about its author.
func (u caseTx) appendSeen(chat int64, m *moderation.SeenMessage, note messagelog.Note) error {
	hidden := sealedMessage{
		m.Message, unix(m.At), m.Author, m.Name, "", &m.Said, m.Album, m.Thread, m.Role,
	}
	text, err := hidden.write()
	if err != nil {
		return fmt.Errorf("write a recent message: %w", err)
	}
	u.log.Append(messagelog.Message{Chat: chat, Number: m.Message, At: unix(m.At), Origin: unix(m.Origin), Edited: m.Edited, Body: text, Note: note})
	return nil
}

// SeenMessage returns a recent message of a group. It says false if the log does not hold it.
func (s *Store) SeenMessage(ctx context.Context, chat, message int64) (moderation.SeenMessage, bool, error) {
	id, found, err := s.numberHere(ctx, chat)
	if err != nil || !found {
		return moderation.SeenMessage{}, false, err
	}
	seen, found, err := s.log.Find(ctx, id, message)
	if err != nil || !found {
		return moderation.SeenMessage{}, false, available(err)
	}
	m, err := seenMessage(chat, seen)
	return m, err == nil, err
}

// Recent returns the latest messages of a group, the newest first.
func (s *Store) Recent(ctx context.Context, chat int64, limit int) ([]moderation.SeenMessage, error) {
	id, found, err := s.numberHere(ctx, chat)
	if err != nil || !found {
		return nil, err
	}
	latest, err := s.log.Latest(ctx, id, messagelog.All, limit)
	if err != nil {
		return nil, available(err)
	}
	var messages []moderation.SeenMessage
	for _, seen := range latest {
		m, err := seenMessage(chat, seen)
		if err != nil {
			return nil, err
		}
		messages = append(messages, m)
	}
	return messages, nil
}

// numberHere finds the number of a group in this database.
func (s *Store) numberHere(ctx context.Context, chat int64) (id int64, found bool, err error) {
	err = s.reader.QueryRowContext(ctx, `SELECT id FROM chat WHERE number = ?`, chat).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, false, nil
	}
	if err != nil {
		return 0, false, fmt.Errorf("find a group: %w", available(err))
	}
	return id, true, nil
}
