package storage

import (
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/ostrakon-bot/ostrakon/internal/seal"
)

// Secret is a word for something that only who has the key file knows, and always the same: all replicas have it.
func (s *Store) Secret(of string) string {
	return hex.EncodeToString(s.key.TagText(tagSecret, 0, of))
}

// findKey loads the key file and makes sure that it is the one this database was made with. Only
// for a database that has no key yet is one made, if one may be.
func (s *Store) findKey(ctx context.Context, path string, mayMake bool) (*seal.Key, error) {
	var fingerprint []byte
	err := s.writer.QueryRowContext(ctx, `SELECT value FROM meta WHERE name = 'key'`).Scan(&fingerprint)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("read the database's key fingerprint: %w", err)
	}
	s.keyFile = path
	key, err := seal.Load(path)
	if errors.Is(err, seal.ErrNoFile) && fingerprint != nil {
		if earlier := s.earlierKey(path, fingerprint); earlier != nil {
			return earlier, nil
		}
	}
	switch {
	case errors.Is(err, seal.ErrNoFile) && fingerprint == nil && mayMake:
		if err := s.lasts(path); err != nil {
			return nil, err
		}
		if key, err = seal.Create(path); errors.Is(err, fs.ErrExist) {
			key, err = seal.Load(path) // another replica's, on the same machine
		}
		if err != nil {
			return nil, err
		}
	case errors.Is(err, seal.ErrNoFile) && fingerprint != nil:
		return nil, fmt.Errorf("the key file %s is missing, and this database cannot be read without the one it was made with: restore it there, or set privacy.key_file to where it is", path)
	case err != nil:
		return nil, err
	}
	if fingerprint == nil {
		err := s.withTx(ctx, func(u *Tx) error {
			u.Later("tell this database from others", `INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING`, metaID, []byte(rand.Text()))
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

// KeyFile says where the key file was found. That is not where it should be if it still lies where an earlier release made it.
func (s *Store) KeyFile() string { return s.keyFile }

// earlierKey finds the database's key file where releases before this one put it, if there is none at path: beside the database, or in the
// folder in which the bot runs. With PostgreSQL there is no database file.
func (s *Store) earlierKey(path string, fingerprint []byte) *seal.Key {
	name := filepath.Base(path)
	places := []string{name}
	if database := s.db.File(); database != "" {
		places = append([]string{filepath.Join(filepath.Dir(database), name)}, places...)
	}
	for _, other := range places {
		if key, err := seal.Load(other); err == nil && bytes.Equal(key.Fingerprint(), fingerprint) {
			s.keyFile = other
			return key
		}
	}
	return nil
}

// mountsFile says what is mounted where, on Linux.
const mountsFile = "/proc/self/mountinfo"

// lasts refuses to make a key file that is deleted with a container, for a database that is not.
func (s *Store) lasts(path string) error {
	text, err := os.ReadFile(mountsFile)
	if err != nil {
		return nil //nolint:nilerr // not Linux, so not in a container
	}
	return lastsAs(string(text), path, s.db.File())
}

// lastsAs is lasts with given mounts. No file means that the database is elsewhere.
func lastsAs(mounts, path, database string) error {
	if isNameless(mounts, path) && (database == "" || !isNameless(mounts, database)) {
		return fmt.Errorf("the key file %s would be deleted with this container, and the database would then be of no use: give its folder a volume with a name, such as -v ostrakon-key:%s",
			path, filepath.Dir(path))
	}
	return nil
}
