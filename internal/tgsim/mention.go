package tgsim

import (
	"fmt"
	"strings"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/richtext"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// Naming makes words of the text name a user by a text_mention, as apps do for those who have no username. The words
// are what the writer left of the name that the app put there.
func Naming(words string, who *User) SendOption {
	return func(o *sending) { o.named = append(o.named, naming{words, who}) }
}

type naming struct {
	words string
	who   *User
}

// mentions are the entities of those whom the text names.
func (o sending) mentions(text string) ([]wire.Entity, error) {
	var found []wire.Entity
	for _, n := range o.named {
		at := strings.Index(text, n.words)
		if at < 0 || n.words == "" {
			return nil, fmt.Errorf("the text does not have %q", n.words)
		}
		found = append(found, wire.Entity{Type: "text_mention", Offset: richtext.Utf16Len(text[:at]), Length: richtext.Utf16Len(n.words), User: n.who.wire})
	}
	return found, nil
}
