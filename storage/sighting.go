package storage

import (
	"context"
	"fmt"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// ringSize is how many recent messages of a group are kept.
const ringSize = 512

// sealedSighting is what a sighting's sealed bytes say. Fields may be added.
type sealedSighting struct {
	Author moderation.Author    `json:"a"`
	Name   string               `json:"n,omitempty"`
	Words  string               `json:"w,omitempty"` // the first words, before all of them were kept
	Said   *moderation.Evidence `json:"e,omitempty"`
	Album  string               `json:"g,omitempty"`
	Thread int64                `json:"t,omitempty"`
	Role   moderation.Role      `json:"r"`
}

// saveSighting writes into the ring over what was there, unless that is newer: an old message
// that arrives late does not push out the present, nor the first form of a message a later one.
func (u *unit) saveSighting(chat int64, sight moderation.Sighting, album []byte) error {
	row, err := u.s.sightingRow(chat, sight, album)
	if err != nil {
		return err
	}
	return u.exec(sightingInsert+sightingValues+sightingConflict+` OR ? <> 0 AND excluded.message = sighting.message`,
		append(row, sight.Edited)...)
}

const (
	sightingInsert   = `INSERT INTO sighting (chat, slot, message, at, album, sealed) VALUES `
	sightingValues   = `(?, ?, ?, ?, ?, ?)`
	sightingConflict = ` ON CONFLICT (chat, slot) DO UPDATE SET message = excluded.message, at = excluded.at, album = excluded.album,
		sealed = excluded.sealed WHERE excluded.message > sighting.message`
)

// sightingRow is a sighting as the database has it.
func (s *Store) sightingRow(chat int64, sight moderation.Sighting, album []byte) ([]any, error) {
	sealed, err := s.sealJSON(sealSighting, sealedSighting{
		sight.Author, sight.Name, "", &sight.Said, sight.Album, sight.Thread, sight.Role,
	})
	return []any{chat, sight.Message % ringSize, sight.Message, unix(sight.At), album, sealed}, err
}

// Sighting returns a recent message of a group. It says false if the index does not hold it.
func (s *Store) Sighting(ctx context.Context, chat, message int64) (moderation.Sighting, bool, error) {
	sights, err := s.sightings(ctx, chat, `s.slot = ? AND s.message = ?`, 1, message%ringSize, message)
	if err != nil || len(sights) == 0 {
		return moderation.Sighting{}, false, err
	}
	return sights[0], true, nil
}

// Recent returns the latest messages of a group, the newest first.
func (s *Store) Recent(ctx context.Context, chat int64, limit int) ([]moderation.Sighting, error) {
	return s.sightings(ctx, chat, `true`, limit)
}

func (s *Store) sightings(ctx context.Context, chat int64, where string, limit int, args ...any) ([]moderation.Sighting, error) {
	args = append(append([]any{chat}, args...), limit)
	rows, err := s.reader.QueryContext(ctx, `SELECT s.message, s.at, s.sealed FROM sighting s
		WHERE s.chat = `+ofNumber+` AND `+where+` ORDER BY s.message DESC LIMIT ?`, args...)
	if err != nil {
		return nil, fmt.Errorf("read recent messages: %w", available(err))
	}
	defer rows.Close()
	var sights []moderation.Sighting
	for rows.Next() {
		sight, err := s.scanSighting(rows, chat)
		if err != nil {
			return nil, fmt.Errorf("read a recent message: %w", err)
		}
		sights = append(sights, sight)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read recent messages: %w", err)
	}
	return sights, nil
}

func (s *Store) scanSighting(row scanner, chat int64) (moderation.Sighting, error) {
	var message, at int64
	var sealed []byte
	if err := row.Scan(&message, &at, &sealed); err != nil {
		return moderation.Sighting{}, err
	}
	var hidden sealedSighting
	if err := s.openJSON(sealSighting, sealed, &hidden); err != nil {
		return moderation.Sighting{}, err
	}
	said := moderation.Evidence{Text: hidden.Words}
	if hidden.Said != nil {
		said = *hidden.Said
	}
	return moderation.Sighting{
		Chat: chat, Message: message, At: fromUnix(at), Author: hidden.Author, Name: hidden.Name, Said: said,
		Album: hidden.Album, Thread: hidden.Thread, Role: hidden.Role,
	}, nil
}

// forgetSightings takes messages out of the index.
func (u *unit) forgetSightings(chat int64, messages []int64) error {
	for _, m := range messages {
		err := u.exec(`DELETE FROM sighting WHERE chat = ? AND slot = ? AND message = ?`, chat, m%ringSize, m)
		if err != nil {
			return fmt.Errorf("forget a message: %w", err)
		}
	}
	return nil
}
