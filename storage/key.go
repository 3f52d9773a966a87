package storage

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"

	"github.com/ostrakon-bot/ostrakon/internal/seal"
)

// Secret is a word for something that only who has the key file knows, and always the same: all replicas have it.
func (s *Store) Secret(of string) string {
	return hex.EncodeToString(s.key.TagText(tagSecret, 0, of))
}

// findKey loads the key file and makes sure that it is the one this database was made with. Only
// for a database that has no key yet is one made.
func (s *Store) findKey(ctx context.Context, path string) (*seal.Key, error) {
	var fingerprint []byte
	err := s.writer.QueryRowContext(ctx, `SELECT value FROM meta WHERE name = 'key'`).Scan(&fingerprint)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("read the database's key fingerprint: %w", err)
	}
	key, err := seal.Load(path)
	switch {
	case errors.Is(err, seal.ErrNoFile) && fingerprint == nil:
		if key, err = seal.Create(path); errors.Is(err, fs.ErrExist) {
			key, err = seal.Load(path) // another replica's, on the same machine
		}
		if err != nil {
			return nil, err
		}
	case errors.Is(err, seal.ErrNoFile):
		return nil, fmt.Errorf("the key file %s is missing, and this database cannot be read without the one it was made with: restore it, or set privacy.key_file to where it is", path)
	case err != nil:
		return nil, err
	}
	if fingerprint == nil {
		err := s.withTx(ctx, func(u *Tx) error {
			if err := u.Exec(`INSERT INTO meta (name, value) VALUES ('key', ?) ON CONFLICT DO NOTHING`, key.Fingerprint()); err != nil {
				return err
			}
			return u.Row(`SELECT value FROM meta WHERE name = 'key'`).Scan(&fingerprint) // another replica may have been faster
		})
		if err != nil {
			return nil, fmt.Errorf("note the key's fingerprint: %w", err)
		}
	}
	if !bytes.Equal(fingerprint, key.Fingerprint()) {
		return nil, fmt.Errorf("the key file %s is not the one this database was made with: restore that one, or set privacy.key_file to where it is", path)
	}
	return key, nil
}
