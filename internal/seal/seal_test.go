package seal_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/internal/seal"
)

func key(t testing.TB) *seal.Key {
	t.Helper()
	k, err := seal.Random()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestSealedOpensOnlyForItsPurposeAndKey(t *testing.T) {
	k, other := key(t), key(t)
	rapid.Check(t, func(t *rapid.T) {
		plain := rapid.SliceOf(rapid.Byte()).Draw(t, "plain")
		sealed := k.Seal("ballot", plain)
		got, err := k.Open("ballot", sealed)
		if err != nil || !bytes.Equal(got, plain) {
			t.Fatalf("Open = %q, %v; want %q", got, err, plain)
		}
		if _, err := k.Open("author", sealed); !errors.Is(err, seal.ErrOpen) {
			t.Fatalf("opened for another purpose: %v", err)
		}
		if _, err := other.Open("ballot", sealed); !errors.Is(err, seal.ErrOpen) {
			t.Fatalf("opened with another key: %v", err)
		}
		sealed[rapid.IntRange(0, len(sealed)-1).Draw(t, "damaged")] ^= 1
		if _, err := k.Open("ballot", sealed); !errors.Is(err, seal.ErrOpen) {
			t.Fatalf("opened though damaged: %v", err)
		}
	})
}

func TestSealedLengthTellsLittle(t *testing.T) {
	k := key(t)
	short, long := k.Seal("x", []byte("a")), k.Seal("x", bytes.Repeat([]byte("a"), 60))
	if len(short) != len(long) {
		t.Errorf("1 byte seals to %d bytes, 60 to %d; want the same", len(short), len(long))
	}
	if bytes.Equal(k.Seal("x", nil), k.Seal("x", nil)) {
		t.Error("sealing the same twice gives the same bytes")
	}
}

func TestTagsOfDifferentPurposesAreUnrelated(t *testing.T) {
	k := key(t)
	if !bytes.Equal(k.Tag("member", 1, 2), k.Tag("member", 1, 2)) {
		t.Error("a tag changes")
	}
	for _, other := range [][]byte{k.Tag("voter", 1, 2), k.Tag("member", 2, 1), k.Tag("member", 1), key(t).Tag("member", 1, 2)} {
		if bytes.Equal(k.Tag("member", 1, 2), other) {
			t.Error("two different tags are the same")
		}
	}
}

func TestWrappedKeyIsTheSame(t *testing.T) {
	k, inner := key(t), key(t)
	got, err := k.Unwrap("case", k.Wrap("case", inner))
	if err != nil || !bytes.Equal(got.Fingerprint(), inner.Fingerprint()) {
		t.Fatalf("Unwrap = %v, %v", got, err)
	}
}

func TestKeyFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ostrakon.key")
	if _, err := seal.Load(path); !errors.Is(err, seal.ErrNoFile) {
		t.Fatalf("Load of nothing = %v", err)
	}
	made, err := seal.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode = %v, %v; want 0600", info.Mode(), err)
	}
	read, err := seal.Load(path)
	if err != nil || !bytes.Equal(read.Fingerprint(), made.Fingerprint()) {
		t.Fatalf("Load = %v", err)
	}
	if _, err := seal.Create(path); err == nil {
		t.Error("Create wrote over a key")
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := seal.Load(path); err == nil || !strings.Contains(err.Error(), "chmod 600") {
		t.Errorf("Load of a file that others can read = %v", err)
	}
	if err := os.WriteFile(path, []byte("# no key\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := seal.Load(path); err == nil || !strings.Contains(err.Error(), "restore it") {
		t.Errorf("Load of a file without a key = %v", err)
	}
}
