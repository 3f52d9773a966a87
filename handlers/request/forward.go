package request

import (
	"crypto/sha256"
	"encoding/base64"
	"strings"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Forwarded is what a forward tells of its original. It returns false if the message is no forward.
func Forwarded(m *wire.Message) (moderation.MessageRef, bool) {
	from := m.Forward
	if from == nil {
		return moderation.MessageRef{}, false
	}
	of := moderation.MessageRef{At: from.Date, Content: contentOf(said(m))}
	switch {
	case from.User != nil:
		of.Author = from.User.ID
	case from.Chat != nil:
		of.Author = from.Chat.ID
	}
	return of, true
}

// IsForwarded reports whether a forward may be of this message: it was sent then, by that author if Telegram names them, and
// says the same. A forward of a forwarded message names the author of the original.
func IsForwarded(of moderation.MessageRef, s moderation.SeenMessage) bool {
	if s.Origin.IsZero() && of.Author != 0 && of.Author != s.Author.ID {
		return false
	}
	return of.Content == contentOf(s.Said)
}

// contentOf is a hash of what a message says: its words, and its files.
func contentOf(e moderation.Evidence) string {
	words := []string{e.Text, e.Media}
	for _, f := range e.Files {
		words = append(words, f.Unique)
	}
	sum := sha256.Sum256([]byte(strings.Join(words, "\x00")))
	return base64.RawStdEncoding.EncodeToString(sum[:16])
}

// IsForwardOf reports whether a forward may be of a message with nothing but these words.
func IsForwardOf(of moderation.MessageRef, words string) bool {
	return of.Content == contentOf(moderation.Evidence{Text: words})
}
