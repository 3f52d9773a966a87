package storage

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
)

// username is an @username in a group, in small letters.
type username struct {
	chat int64
	name string
}

// owner is whom a username meant, on a day.
type owner struct{ person, day int64 }

// handleDays is for how long it is known whom an @username meant who does not write any more.
const handleDays = 90

const (
	handleInsert   = `INSERT INTO handle (chat, tag, sealed, day) VALUES `
	handleConflict = ` ON CONFLICT (chat, tag) DO UPDATE SET sealed = excluded.sealed, day = excluded.day`
)

// Handle finds whom an @username means in a group. It says false if the bot has not seen them there.
func (s *Store) Handle(ctx context.Context, chat int64, username string) (person int64, found bool, err error) {
	var ref int64
	var sealed []byte
	err = s.reader.QueryRowContext(ctx, `SELECT id FROM chat WHERE number = ?`, chat).Scan(&ref)
	if err == nil {
		err = s.log.FlushChat(ctx, ref)
	}
	if err == nil {
		err = s.reader.QueryRowContext(ctx, `SELECT sealed FROM handle WHERE chat = ? AND tag = ?`, ref, s.handleTag(ref, username)).Scan(&sealed)
	}
	if errors.Is(err, sql.ErrNoRows) {
		return 0, false, nil
	}
	if err != nil {
		return 0, false, fmt.Errorf("find a username: %w", available(err))
	}
	plain, err := s.key.Open(sealHandle, sealed)
	if err != nil || len(plain) != 8 {
		return 0, false, fmt.Errorf("open a username: %w", err)
	}
	return int64(binary.BigEndian.Uint64(plain)), true, nil
}

func (s *Store) handleTag(chat int64, username string) []byte {
	return s.key.TagText(tagHandle, chat, strings.ToLower(username))
}
