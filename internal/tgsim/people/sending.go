package people

import (
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/world"
)

// Sending is how a message is sent.
type Sending struct {
	Reply     *world.Message
	Topic     *world.Topic
	AsChannel *world.Chat
	OldApp    bool
	Desktop   bool // the first bot that has a command ephemerally gets it
	Media     world.MediaKind
	Name      string
	Linked    string // the words that are a link to the URL
	URL       string
	Size      int
	Named     []Naming
	Blocks    string // of a rich message
	Elsewhere *world.Message
	Quote     string
}

// Naming is words of a text that name a user.
type Naming struct {
	Words string
	Who   *world.User
}

// SendOption changes how a person's message is sent.
type SendOption = func(*Sending)
