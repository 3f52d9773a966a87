package ledger

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Checkpoint is the head of a ledger at some size, as its signer vouches for it.
type Checkpoint struct {
	Origin string // the ledger's name
	Size   int64  // entries
	Root   tlog.Hash
}

// text is the body of the note: https://c2sp.org/tlog-checkpoint without extension lines.
func (c Checkpoint) text() string { return fmt.Sprintf("%s\n%d\n%s\n", c.Origin, c.Size, c.Root) }

// Signer signs the checkpoints of one ledger.
type Signer struct {
	note   note.Signer
	public string
}

// NewSigner makes the keys of a new ledger. The secret one is for [ParseSigner], the public one for everybody.
func NewSigner(name string) (secret, public string, err error) {
	secret, public, err = note.GenerateKey(rand.Reader, name)
	if err != nil {
		return "", "", fmt.Errorf("make the keys of a ledger: %w", err)
	}
	return secret + "\n" + public, public, nil
}

// ParseSigner reads a secret that [NewSigner] made.
func ParseSigner(secret string) (*Signer, error) {
	private, public, _ := strings.Cut(secret, "\n")
	s, err := note.NewSigner(private)
	if err != nil {
		return nil, errors.New("the ledger's key is damaged") // what it was is nobody's business
	}
	if _, err := note.NewVerifier(public); err != nil {
		return nil, fmt.Errorf("the ledger's public key is damaged: %w", err)
	}
	return &Signer{s, public}, nil
}

// Public is the key that checks what the signer signed: "name+hash+key".
func (s *Signer) Public() string { return s.public }

// Name is the ledger's.
func (s *Signer) Name() string { return s.note.Name() }

// Checkpoint signs the head of the ledger at a size.
func (s *Signer) Checkpoint(size int64, r tlog.HashReader) (string, error) {
	root, err := tlog.TreeHash(size, r)
	if err != nil {
		return "", fmt.Errorf("find the head of the ledger at size %d: %w", size, err)
	}
	return s.sign(Checkpoint{s.Name(), size, root})
}

func (s *Signer) sign(c Checkpoint) (string, error) {
	signed, err := note.Sign(&note.Note{Text: c.text()}, s.note)
	if err != nil {
		return "", fmt.Errorf("sign a checkpoint: %w", err)
	}
	return string(signed), nil
}

// ParseCheckpoint reads a signed checkpoint, and refuses one that the key did not sign.
func ParseCheckpoint(text, public string) (Checkpoint, error) {
	v, err := note.NewVerifier(public)
	if err != nil {
		return Checkpoint{}, fmt.Errorf("%q is no key of a ledger: %w", public, err)
	}
	n, err := note.Open([]byte(text), note.VerifierList(v))
	if err != nil {
		return Checkpoint{}, fmt.Errorf("this checkpoint was not signed with the key of %s: %w", v.Name(), err)
	}
	if _, err := base64.StdEncoding.Strict().DecodeString(n.Sigs[0].Base64); err != nil { // another spelling of the same
		return Checkpoint{}, fmt.Errorf("the signature of this checkpoint is not in base64: %w", err)
	}
	c, err := parseText(n.Text)
	if err != nil {
		return Checkpoint{}, err
	}
	if c.Origin != v.Name() {
		return Checkpoint{}, fmt.Errorf("this checkpoint is of %s, and the key of %s", c.Origin, v.Name())
	}
	return c, nil
}

var errCheckpoint = errors.New("a checkpoint is three lines: the ledger's name, its size, and its root in base64")

func parseText(text string) (Checkpoint, error) {
	lines := strings.Split(text, "\n")
	if len(lines) != 4 || lines[0] == "" || lines[3] != "" {
		return Checkpoint{}, errCheckpoint
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || lines[1] != strconv.FormatInt(size, 10) {
		return Checkpoint{}, errCheckpoint
	}
	root, err := parseHash(lines[2])
	if err != nil {
		return Checkpoint{}, errCheckpoint
	}
	return Checkpoint{lines[0], size, root}, nil
}

// parseHash is strict: every hash has one spelling.
func parseHash(text string) (tlog.Hash, error) {
	var h tlog.Hash
	raw, err := base64.StdEncoding.Strict().DecodeString(text)
	if err != nil || len(raw) != len(h) || base64.StdEncoding.EncodeToString(raw) != text {
		return h, fmt.Errorf("%q is no hash in base64", text)
	}
	copy(h[:], raw)
	return h, nil
}
