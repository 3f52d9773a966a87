package view

import (
	"regexp"
	"strings"
	"unicode/utf16"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
)

// The checkpoint of the ledger stands below what is logged: whoever keeps the message can prove later that nothing before it
// was changed. It stands outside of any quotation, as text to be copied, which nothing that members wrote ever is. In a digest, which quotes
// nobody, it is folded up.
var checkpointForm = regexp.MustCompile(`^ostrakon\.ledger/\S+\n\d+\n\S+\n\n—\sostrakon\.ledger/\S+\s\S+$`)

// Sealed adds a checkpoint below a text, unless that is empty.
func Sealed(text, checkpoint string) string {
	if checkpoint == "" {
		return text
	}
	return text + "\n\n" + locale.Verbatim(strings.TrimSpace(checkpoint))
}

// sealedBelow does so with the checkpoint folded up until it is tapped, as a quotation. It is for what quotes nobody: a digest, whose
// few lines the checkpoint would push out of sight.
func sealedBelow(text, checkpoint string) string {
	if checkpoint == "" {
		return text
	}
	return text + "\n\n" + locale.Folded(strings.TrimSpace(checkpoint))
}

// SealOf is the checkpoint below a log entry, empty if there is none. In entries of the first releases it is folded
// up, and nothing else is.
func SealOf(m *wire.Message) string {
	units := utf16.Encode([]rune(m.Text))
	for _, e := range m.Entities {
		if e.Type != wire.Pre && e.Type != wire.FoldedQuote || e.Offset < 0 || e.Offset+e.Length != len(units) {
			continue
		}
		if seal := string(utf16.Decode(units[e.Offset:])); checkpointForm.MatchString(seal) {
			return seal
		}
	}
	return ""
}
