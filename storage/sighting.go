package storage

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/go-faster/jx"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// keptMessages is how many recent messages of a group are known, counted back from the newest by their numbers.
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

// sighted is a recent message as it waits and lies among others: its number, when it was written, and the rest as JSON.
type sighted struct {
	message, at int64
	edited      bool // it replaces an earlier form
	text        json.RawMessage
}

func byMessage(s sighted, message int64) int { return cmp.Compare(s.message, message) }

func (s sighted) open() (sealedSighting, error) {
	var hidden sealedSighting
	if err := json.Unmarshal(s.text, &hidden); err != nil {
		return hidden, fmt.Errorf("read a recent message: %w", err)
	}
	return hidden, nil
}

func (s sighted) sighting(chat int64) (moderation.Sighting, error) {
	hidden, err := s.open()
	said := moderation.Evidence{Text: hidden.Words}
	if hidden.Said != nil {
		said = *hidden.Said
	}
	return moderation.Sighting{
		Chat: chat, Message: s.message, At: fromUnix(s.at), Author: hidden.Author, Name: hidden.Name, Said: said,
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
	u.arrived = append(u.arrived, arrival{Chat: chat, Message: sight.Message, At: unix(sight.At), Edited: sight.Edited, Text: text})
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
	all, err := s.allSighted(ctx, s.reader, id, limit)
	if err != nil {
		return nil, err
	}
	var sights []moderation.Sighting
	for _, seen := range all {
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

// sighted finds a message in the index.
func (s *Store) sighted(ctx context.Context, q querier, chat, message int64) (sighted, bool, error) {
	if seen, ok := s.arrivals.find(chat, message); ok {
		return seen, true, nil
	}
	_, seen, err := s.stretchOf(ctx, q, chat, message)
	if err != nil {
		return sighted{}, false, err
	}
	i, ok := slices.BinarySearchFunc(seen, message, byMessage)
	if !ok {
		return sighted{}, false, nil
	}
	return seen[i], true, nil
}

// allSighted are the latest messages in the index, the newest first.
func (s *Store) allSighted(ctx context.Context, q querier, chat int64, limit int) ([]sighted, error) {
	waiting := s.arrivals.of(chat) // first: what is put down meanwhile is then in both rather than in neither
	all, err := s.latest(ctx, q, chat, limit)
	if err != nil {
		return nil, err
	}
	for _, seen := range waiting {
		i, found := slices.BinarySearchFunc(all, seen.message, byMessage)
		switch {
		case !found:
			all = slices.Insert(all, i, seen)
		case seen.edited:
			all[i] = seen
		}
	}
	slices.Reverse(all)
	if len(all) > 0 {
		oldest := all[0].message - keptMessages
		all = slices.DeleteFunc(all, func(seen sighted) bool { return seen.message <= oldest })
	}
	return all[:min(len(all), limit)], nil
}

// forgetSightings takes messages out of the index.
func (u *unit) forgetSightings(chat int64, messages []int64) error {
	for _, m := range messages {
		if u.waits(chat, m) {
			u.arrived = append(u.arrived, arrival{Chat: chat, Message: m})
		}
		lies, seen, err := u.s.stretchOf(u.ctx, u, chat, m)
		if err != nil {
			return err
		}
		i, found := slices.BinarySearchFunc(seen, m, byMessage)
		if !found {
			continue
		}
		if err := u.saveStretch(chat, lies, slices.Delete(seen, i, i+1)); err != nil {
			return fmt.Errorf("forget a message: %w", err)
		}
	}
	return nil
}

// forgetSightingsOf takes what somebody wrote out of the index of recent messages.
func (u *unit) forgetSightingsOf(chat, person int64) error {
	if err := u.putDownWaiting(chat); err != nil {
		return err
	}
	lie, err := u.stretches(chat)
	if err != nil {
		return err
	}
	for _, l := range lie {
		var others []sighted
		for _, seen := range l.messages {
			hidden, err := seen.open()
			if err != nil {
				return err
			}
			if hidden.Author.ID != person {
				others = append(others, seen)
			}
		}
		if len(others) == len(l.messages) {
			continue
		}
		if err := u.saveStretch(chat, l.stretch, others); err != nil {
			return fmt.Errorf("forget what somebody wrote: %w", err)
		}
	}
	return nil
}
