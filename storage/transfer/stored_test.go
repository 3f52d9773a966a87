package transfer

import (
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/storedtest"
)

// How far a copy is stands in the database that is copied into.
func TestStoredCursor(t *testing.T) {
	c := cursor{Source: "\x01\xff", Table: 7, Last: []any{int64(-5), "7KQ2", []byte{0, 1, 0xfe}}}
	storedtest.Check(t, storedtest.Form{Name: "place of a copy", Value: c})
}
