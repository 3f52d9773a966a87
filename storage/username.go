package storage

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
)

// handleDays is for how long it is known whom an @username meant who does not write any more.
const handleDays = 90

// Handle finds whom an @username means in a group. It says false if the bot has not seen them there.
func (s memberStore) Handle(ctx context.Context, chat int64, username string) (person int64, found bool, err error) {
	var ref int64
	var sealed []byte
	err = s.reader.QueryRowContext(ctx, `SELECT id FROM chat WHERE number = ?`, chat).Scan(&ref)
	if err == nil {
		err = s.log.FlushChat(ctx, ref)
	}
	if err == nil {
		err = s.reader.QueryRowContext(ctx, `SELECT sealed FROM handle WHERE chat = ? AND tag = ?`, ref, handleTag(s.key, ref, username)).Scan(&sealed)
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
