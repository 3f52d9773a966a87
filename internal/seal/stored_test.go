package seal_test

import (
	"encoding/hex"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/seal"
	"github.com/ostrakon-bot/ostrakon/internal/storedtest"
)

// Tags name rows, so the same key must always make the same ones; and what was sealed once must open.
func TestStoredSeals(t *testing.T) {
	key, err := seal.NewKey([]byte("0123456789abcdefghijklmnopqrstuv"))
	if err != nil {
		t.Fatal(err)
	}
	tags := []string{hex.EncodeToString(key.Tag("member", 1, -7)), hex.EncodeToString(key.TagText("album", 1, "a1")), hex.EncodeToString(key.Fingerprint())}
	storedtest.Check(t, storedtest.Form{Name: "tags", Value: tags})

	const sealed = "70c99492331f24c1b51f81e353523a53e9f859a47dbf5141ea979a4d1b2163a0a4af7333262e8022abd1a1d899d7cc8dd52a15d27971590c56155fc4f3a10bb9e7c5cbe4ee95afec98a9ff0532b92c9d1f87ba8860788c607523ea75371e8b92249b6d28e306f0ea"
	old, err := hex.DecodeString(sealed)
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := key.Open("ballot", old); err != nil || string(plain) != `{"v":7}` {
		t.Errorf("opened as %q, %v", plain, err)
	}
}
