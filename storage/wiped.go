package storage

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/storage/sqldb"
)

const findWiped = `SELECT sealed FROM wiped WHERE tag = ?`

// Wiped is when a person wiped last what they were shown of their reports and votes; zero if never.
func (s memberStore) Wiped(ctx context.Context, person int64) (time.Time, error) {
	at, err := s.wipedIn(ctx, s.reader, person)
	return at, available(err)
}

func (s memberStore) wipedIn(ctx context.Context, in sqldb.Querier, person int64) (time.Time, error) {
	return scanWiped(s.Store, in.QueryRowContext(ctx, findWiped, s.key.Tag(tagWiped, person)))
}

func (u memberTx) wiped(person int64) (time.Time, error) {
	return scanWiped(u.s, u.Row(findWiped, u.s.key.Tag(tagWiped, person)))
}

func scanWiped(s *Store, row scanner) (time.Time, error) {
	var sealed []byte
	err := row.Scan(&sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, fmt.Errorf("look when somebody wiped: %w", err)
	}
	return s.openWiped(sealed)
}

// openWiped is when somebody wiped; zero if nothing is kept of it.
func (s *Store) openWiped(sealed []byte) (time.Time, error) {
	if sealed == nil {
		return time.Time{}, nil
	}
	plain, err := s.key.Open(sealWiped, sealed)
	if err == nil && len(plain) != 8 {
		err = errors.New("it has a wrong length")
	}
	if err != nil {
		return time.Time{}, fmt.Errorf("open when somebody wiped: %w", err)
	}
	return fromUnix(int64(binary.BigEndian.Uint64(plain))), nil
}

// saveWiped notes that a person wipes now, and on which message they asked for it.
func (u memberTx) saveWiped(person int64, pressed *moderation.Shown) error {
	at := binary.BigEndian.AppendUint64(nil, uint64(unix(u.now)))
	u.Later("note that somebody wiped", `INSERT INTO wiped (tag, sealed, ends) VALUES (?, ?, ?)
		ON CONFLICT (tag) DO UPDATE SET sealed = excluded.sealed, ends = excluded.ends`,
		u.s.key.Tag(tagWiped, person), u.s.key.Seal(sealWiped, at), endsOfRecord(u.today()))
	if pressed == nil {
		return nil
	}
	return u.noteShown(person, *pressed)
}
