package storage

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/go-faster/jx"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// keptMessages is how many recent messages of a group are offered, counted back from the newest by their numbers.
const keptMessages = 512

// sealedSighting is what is kept of a recent message. Fields may be added.
type sealedSighting struct {
	Message int64                `json:"m,omitempty"` // if not, it stands beside, as does the time
	At      int64                `json:"i,omitempty"`
	Author  moderation.Author    `json:"a"`
	Name    string               `json:"n,omitempty"`
	Words   string               `json:"w,omitempty"` // the first words, before all of them were kept
	Said    *moderation.Evidence `json:"e,omitempty"`
	Album   string               `json:"g,omitempty"`
	Thread  int64                `json:"t,omitempty"`
	Role    moderation.Role      `json:"r"`
}

// write is the JSON of it, by hand: every message is written so, and [json.Marshal] takes three times as long.
func (h *sealedSighting) write() (json.RawMessage, error) {
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

// writeSaid writes by hand what is text alone, as most messages are.
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

// open reads what a recent message says.
func (a arrival) open() (sealedSighting, error) {
	var hidden sealedSighting
	if err := json.Unmarshal(a.text, &hidden); err != nil {
		return hidden, fmt.Errorf("read a recent message: %w", err)
	}
	return hidden, nil
}

func (a arrival) sighting(chat int64) (moderation.Sighting, error) {
	hidden, err := a.open()
	said := moderation.Evidence{Text: hidden.Words}
	if hidden.Said != nil {
		said = *hidden.Said
	}
	return moderation.Sighting{
		Chat: chat, Message: a.message, At: fromUnix(a.at), Author: hidden.Author, Name: hidden.Name, Said: said,
		Album: hidden.Album, Thread: hidden.Thread, Role: hidden.Role,
	}, err
}

// keepSighting has a message put into the index when the transaction ends.
func (u *unit) keepSighting(chat int64, sight *moderation.Sighting) error {
	hidden := sealedSighting{
		sight.Message, unix(sight.At), sight.Author, sight.Name, "", &sight.Said, sight.Album, sight.Thread, sight.Role,
	}
	text, err := hidden.write()
	if err != nil {
		return fmt.Errorf("write a recent message: %w", err)
	}
	u.arrived = append(u.arrived, arrival{chat: chat, message: sight.Message, at: unix(sight.At), edited: sight.Edited, text: text})
	return nil
}

// Sighting returns a recent message of a group. It says false if the index does not hold it.
func (s *Store) Sighting(ctx context.Context, chat, message int64) (moderation.Sighting, bool, error) {
	id, found, err := s.numberHere(ctx, chat)
	if err != nil || !found {
		return moderation.Sighting{}, false, err
	}
	seen, found, err := s.sighted(ctx, s.reader, id, message)
	if err != nil || !found {
		return moderation.Sighting{}, false, err
	}
	sight, err := seen.sighting(chat)
	return sight, err == nil, err
}

// Recent returns the latest messages of a group, the newest first.
func (s *Store) Recent(ctx context.Context, chat int64, limit int) ([]moderation.Sighting, error) {
	id, found, err := s.numberHere(ctx, chat)
	if err != nil || !found {
		return nil, err
	}
	latest, err := s.allSighted(ctx, s.reader, id, all, limit)
	if err != nil {
		return nil, err
	}
	var sights []moderation.Sighting
	for _, seen := range latest {
		sight, err := seen.sighting(chat)
		if err != nil {
			return nil, err
		}
		sights = append(sights, sight)
	}
	return sights, nil
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

// sighted finds a message in the index, in its latest form.
func (s *Store) sighted(ctx context.Context, q querier, chat, message int64) (latest arrival, found bool, err error) {
	in, err := s.spotsOf(ctx, q, chat, between{message, message})
	if err != nil {
		return arrival{}, false, err
	}
	for _, lies := range in {
		came, err := s.arrivalsIn(ctx, q, chat, lies)
		if err != nil {
			return arrival{}, false, err
		}
		for _, a := range slices.Backward(came) {
			switch {
			case a.message != message:
			case a.edited:
				return a, true, nil
			default:
				latest, found = a, true
			}
		}
	}
	return latest, found, nil
}

// allSighted are the latest messages in the index with such numbers, the newest first.
func (s *Store) allSighted(ctx context.Context, q querier, chat int64, b between, limit int) ([]arrival, error) {
	in, err := s.spotsOf(ctx, q, chat, b)
	if err != nil {
		return nil, err
	}
	forms := map[int64]arrival{} // by message, the latest
	for n, lies := range in {
		if n > 0 && reaches(forms, in[n:], limit) {
			break
		}
		came, err := s.arrivalsIn(ctx, q, chat, lies)
		if err != nil {
			return nil, err
		}
		for _, a := range slices.Backward(came) {
			if known, ok := forms[a.message]; !ok || a.edited && !known.edited {
				forms[a.message] = a
			}
		}
	}
	known := slices.SortedFunc(maps.Values(forms), func(a, b arrival) int { return cmp.Compare(b.message, a.message) })
	if len(known) > 0 {
		oldest := known[0].message - keptMessages
		known = slices.DeleteFunc(known, func(a arrival) bool { return a.message <= oldest })
	}
	return known[:min(len(known), limit)], nil
}

// reaches says whether so many of the messages that are known have greater numbers than any in the rows that are left.
func reaches(known map[int64]arrival, left []spot, limit int) bool {
	if len(known) < limit {
		return false
	}
	greatest := slices.MaxFunc(left, func(a, b spot) int { return cmp.Compare(a.last, b.last) }).last
	for message := range known {
		if message > greatest {
			limit--
		}
	}
	return limit <= 0
}

// forgetSightings takes messages out of the index.
func (u *unit) forgetSightings(chat int64, messages []int64) error {
	if len(messages) == 0 {
		return nil
	}
	gone := func(a arrival) bool { return a.chat == chat && slices.Contains(messages, a.message) }
	u.arrived = slices.DeleteFunc(u.arrived, gone)
	in, err := u.s.spotsOf(u.ctx, u, chat, between{slices.Min(messages), slices.Max(messages)})
	if err != nil {
		return err
	}
	return u.strike(chat, in, func(a arrival) (bool, error) { return gone(a), nil })
}

// forgetSightingsOf takes what somebody wrote out of the index of recent messages.
func (u *unit) forgetSightingsOf(chat, person int64) error {
	in, err := u.s.spotsOf(u.ctx, u, chat, all)
	if err != nil {
		return err
	}
	return u.strike(chat, in, func(a arrival) (bool, error) {
		hidden, err := a.open()
		return hidden.Author.ID == person, err
	})
}
