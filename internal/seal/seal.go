// Package seal encrypts what nobody may read who has the database but not the key
// file.
//
// It offers three things and invents no cryptography. Sealing is
// XChaCha20-Poly1305, whose nonces are long enough to be drawn at random for as
// many messages as a bot will ever see. Tags are HMAC-SHA-256 under a key of its
// own for each purpose, so that one person has unrelated tags in unrelated
// tables. The third is the key file.
//
// It does not know what is sealed.
package seal

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"

	"golang.org/x/crypto/chacha20poly1305"
)

// KeySize is the length of a key in bytes.
const KeySize = chacha20poly1305.KeySize

// padTo is the step in which sealed lengths grow, so that a length tells little.
const padTo = 64

// ErrOpen means that something was sealed under another key, or was changed since.
var ErrOpen = errors.New("sealed under another key, or damaged")

// Key is a secret of 32 bytes from which all others are derived.
type Key struct {
	secret [KeySize]byte
	box    cipherBox
	tags   [KeySize]byte
}

// cipherBox is the part of cipher.AEAD that is used.
type cipherBox interface {
	Seal(dst, nonce, plaintext, additional []byte) []byte
	Open(dst, nonce, ciphertext, additional []byte) ([]byte, error)
}

// NewKey makes a key from 32 secret bytes.
func NewKey(secret []byte) (*Key, error) {
	if len(secret) != KeySize {
		return nil, fmt.Errorf("a key has %d bytes, not %d", KeySize, len(secret))
	}
	k := &Key{}
	copy(k.secret[:], secret)
	boxKey, err := derive(secret, "ostrakon seal v1")
	if err != nil {
		return nil, err
	}
	tagKey, err := derive(secret, "ostrakon tag v1")
	if err != nil {
		return nil, err
	}
	copy(k.tags[:], tagKey)
	if k.box, err = chacha20poly1305.NewX(boxKey); err != nil {
		return nil, fmt.Errorf("prepare the seal: %w", err)
	}
	return k, nil
}

// Random makes a new key.
func Random() (*Key, error) {
	secret := make([]byte, KeySize)
	if _, err := rand.Read(secret); err != nil {
		return nil, fmt.Errorf("draw a key: %w", err)
	}
	return NewKey(secret)
}

// derive follows RFC 5869.
func derive(secret []byte, purpose string) ([]byte, error) {
	key, err := hkdf.Key(sha256.New, secret, nil, purpose, KeySize)
	if err != nil {
		return nil, fmt.Errorf("derive a key: %w", err)
	}
	return key, nil
}

// Seal hides plain. What it is for is bound to it: it opens only under the same purpose.
func (k *Key) Seal(purpose string, plain []byte) []byte {
	padded := make([]byte, 4+(len(plain)+4+padTo-1)/padTo*padTo-4)
	binary.BigEndian.PutUint32(padded, uint32(len(plain)))
	copy(padded[4:], plain)
	out := make([]byte, chacha20poly1305.NonceSizeX, chacha20poly1305.NonceSizeX+len(padded)+chacha20poly1305.Overhead)
	// crypto/rand.Read never fails: it ends the program where the system has no randomness.
	_, _ = rand.Read(out)
	return k.box.Seal(out, out, padded, []byte(purpose))
}

// Open gives back what was sealed, or [ErrOpen].
func (k *Key) Open(purpose string, sealed []byte) ([]byte, error) {
	if len(sealed) < chacha20poly1305.NonceSizeX {
		return nil, ErrOpen
	}
	nonce, body := sealed[:chacha20poly1305.NonceSizeX], sealed[chacha20poly1305.NonceSizeX:]
	padded, err := k.box.Open(nil, nonce, body, []byte(purpose))
	if err != nil || len(padded) < 4 {
		return nil, ErrOpen
	}
	n := binary.BigEndian.Uint32(padded)
	if int64(n) > int64(len(padded)-4) {
		return nil, ErrOpen
	}
	return padded[4 : 4+n], nil
}

// TagSize is the length of a tag in bytes.
const TagSize = 16

// Tag is a name for numbers that only the holder of the key can compute. Tags for different
// purposes have nothing in common.
func (k *Key) Tag(purpose string, numbers ...int64) []byte {
	mac := hmac.New(sha256.New, k.tags[:])
	mac.Write([]byte(purpose))
	var b [9]byte
	for _, n := range numbers {
		binary.BigEndian.PutUint64(b[1:], uint64(n)) // the zero byte before ends the purpose
		mac.Write(b[:])
	}
	return mac.Sum(nil)[:TagSize]
}

// TagText is [Key.Tag] for a text within a group.
func (k *Key) TagText(purpose string, number int64, text string) []byte {
	mac := hmac.New(sha256.New, k.tags[:])
	mac.Write([]byte(purpose))
	var b [9]byte
	binary.BigEndian.PutUint64(b[1:], uint64(number))
	mac.Write(b[:])
	mac.Write([]byte(text))
	return mac.Sum(nil)[:TagSize]
}

// Wrap seals another key under this one.
func (k *Key) Wrap(purpose string, inner *Key) []byte { return k.Seal(purpose, inner.secret[:]) }

// Unwrap gives back a wrapped key.
func (k *Key) Unwrap(purpose string, sealed []byte) (*Key, error) {
	secret, err := k.Open(purpose, sealed)
	if err != nil {
		return nil, err
	}
	return NewKey(secret)
}

// Fingerprint names the key without giving it away.
func (k *Key) Fingerprint() []byte { return k.Tag("fingerprint") }
