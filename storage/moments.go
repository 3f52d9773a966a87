package storage

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"

	"github.com/ostrakon-bot/ostrakon/internal/seal"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// freshKey draws the key of a case.
func (s *Store) freshKey() (*seal.Key, error) {
	if s.chance == nil {
		return seal.Random()
	}
	var secret []byte
	for range 4 {
		secret = binary.BigEndian.AppendUint64(secret, s.chance())
	}
	return seal.NewKey(secret)
}

// seedOf is the seed of the case with that key. It is drawn with the key, sealed with it and gone with it. A row for it alone,
// or a column that fills later, would have SQLite move the row of the case, and leave a copy of the key where it was.
func seedOf(key *seal.Key) uint64 { return binary.BigEndian.Uint64(key.Tag(tagMoments)) }

// findSeed reads the seed of a case that is open, or may be again.
func (s caseStore) findSeed(c *caseRow) error {
	if c.key == nil || c.Verdict != moderation.Open && c.Verdict != moderation.Withdrawn {
		return nil
	}
	key, err := s.key.Unwrap(sealCaseKey, c.key)
	if err != nil {
		return fmt.Errorf("open the key of case %s: %w", c.ID, err)
	}
	c.Seed = seedOf(key)
	return nil
}

// chance is a number that nobody can foresee.
func chance() uint64 {
	var drawn [8]byte
	_, _ = rand.Read(drawn[:]) // never fails
	return binary.LittleEndian.Uint64(drawn[:])
}
