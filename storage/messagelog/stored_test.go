package messagelog

import (
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/storedtest"
)

// Blocks of earlier releases must be read, whatever the names in the code become.
func TestStoredBlock(t *testing.T) {
	messages := []Message{
		{Chat: 1, Number: 41, At: 1782907200, Edited: true, Body: []byte(`{"m":41}`), Note: Note{Day: 20635, Wrote: true, Handle: "anna"}},
		{Chat: 2, Number: 42, At: 1782907201, Body: []byte(`{"m":42}`)},
		{Chat: 2},
	}
	storedtest.Check(t, storedtest.Form{
		Name: "recent messages", Value: messages,
		Write: func() ([]byte, error) { return encodeBlock(messages), nil },
		Read:  func(plain []byte) (any, error) { return decodeBlock(plain) },
	}, storedtest.Form{Name: "value of meta", Value: metaIndexed})
}
