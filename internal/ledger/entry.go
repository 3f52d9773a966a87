package ledger

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// SaltSize is the length of a salt in bytes.
const SaltSize = 32

// NewSalt draws a salt.
func NewSalt() []byte {
	salt := make([]byte, SaltSize)
	_, _ = rand.Read(salt) // never fails: it ends the program where the system has no randomness
	return salt
}

// Commit is what stands in the ledger for an event: 32 bytes.
func Commit(salt, event []byte) []byte {
	mac := hmac.New(sha256.New, salt)
	mac.Write(event)
	return mac.Sum(nil)
}

// Append returns the hashes that are to be stored, from index tlog.StoredHashIndex(0, size) on, when a commitment becomes
// entry number size, counted from 0. The reader must know those of all earlier entries.
func Append(size int64, commitment []byte, r tlog.HashReader) ([]tlog.Hash, error) {
	hashes, err := tlog.StoredHashes(size, commitment, r)
	if err != nil {
		return nil, fmt.Errorf("append entry %d to the ledger: %w", size, err)
	}
	return hashes, nil
}

// Opening is what an entry says, and the salt that proves it.
type Opening struct {
	Index int64 // of the entry, from 0
	Salt  []byte
	Event string
}

// leaf is the hash of the entry in the tree.
func (o Opening) leaf() tlog.Hash { return tlog.RecordHash(Commit(o.Salt, []byte(o.Event))) }
