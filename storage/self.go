package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// What the table meta notes of what the bot set last at Telegram about itself.
const (
	metaTexts    = "texts"    // its texts, JSON: hashes by name
	metaCommands = "commands" // a hash of its menus
	metaSetter   = "setter"   // which replica sets them, as metaPoller says who polls
)

// SelfLease is for how long a replica that sets something about the bot keeps others from doing the same.
const SelfLease = 2 * time.Minute

// SelfTexts returns what the bot noted about the texts that it set, by what the caller calls them.
func (s chatStore) SelfTexts(ctx context.Context) (map[string]string, error) {
	texts := map[string]string{}
	value, err := s.self(ctx, metaTexts)
	if err == nil && value != "" {
		err = json.Unmarshal([]byte(value), &texts)
	}
	if err != nil {
		return nil, fmt.Errorf("read which texts the bot set: %w", available(err))
	}
	return texts, nil
}

// NoteTexts notes what the next start must know of the texts that the bot set. It replaces what was noted before.
func (s chatStore) NoteTexts(ctx context.Context, texts map[string]string) error {
	value, err := json.Marshal(texts)
	if err == nil {
		err = s.noteSelf(ctx, metaTexts, value)
	}
	if err != nil {
		return fmt.Errorf("note which texts the bot set: %w", err)
	}
	return nil
}

// SelfCommands returns the hash of the menus that the bot declared last; empty if it never did.
func (s chatStore) SelfCommands(ctx context.Context) (string, error) {
	sum, err := s.self(ctx, metaCommands)
	if err != nil {
		return "", fmt.Errorf("read which commands the bot declared: %w", available(err))
	}
	return sum, nil
}

// NoteCommands notes the hash of the menus that the bot declared.
func (s chatStore) NoteCommands(ctx context.Context, sum string) error {
	if err := s.noteSelf(ctx, metaCommands, []byte(sum)); err != nil {
		return fmt.Errorf("note which commands the bot declared: %w", err)
	}
	return nil
}

func (s chatStore) self(ctx context.Context, name string) (string, error) {
	var value []byte
	err := s.reader.QueryRowContext(ctx, `SELECT value FROM meta WHERE name = ?`, name).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return string(value), err
}

func (s chatStore) noteSelf(ctx context.Context, name string, value []byte) error {
	return s.withTx(ctx, func(u *Tx) error {
		return u.Exec(`INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value)
	})
}

// SetsSelf reports whether this process is the one that sets what Telegram keeps about the bot. It names itself by a word. If another
// one does, SetsSelf returns until when. Where only one process may run, it is this one.
func (s chatStore) SetsSelf(ctx context.Context, word string) (until time.Time, mine bool, err error) {
	if !s.db.Shared() {
		return s.now().Add(SelfLease), true, nil
	}
	return s.lease(ctx, metaSetter, word, SelfLease)
}

// SelfSet ends that, so that another process can at once.
func (s chatStore) SelfSet(ctx context.Context, word string) error {
	if !s.db.Shared() {
		return nil
	}
	return s.endLease(ctx, metaSetter, word)
}
