package view

import (
	"strings"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// colours are the styles of the buttons that begin with these signs; no others have one. Red is Telegram's for what removes
// something, blue for what a message is there for: the appeal below a notice.
var colours = map[string]wire.Style{"🚩": wire.Danger, "⚖️": wire.Primary}

// Coloured gives a button the colour of its sign. It is for our own labels only, since a name may begin with any sign.
func Coloured(b wire.Button) wire.Button {
	sign, _, _ := strings.Cut(b.Text, " ")
	b.Style = colours[sign]
	return b
}
