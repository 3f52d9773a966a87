package people

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/world"
)

// PressOption changes how a press reaches the bot.
type PressOption = func(*PressOptions)

// PressOptions are how a button is pressed.
type PressOptions struct {
	Inaccessible bool
}

// Press presses the first button of the message whose label begins with the
// given text. A button that links to a bot's start parameter opens it.
func Press(u *world.User, m *world.Message, label string, opts ...PressOption) (*world.Press, error) {
	b, ok := m.Markup.Find(label)
	switch {
	case !ok:
		return nil, fmt.Errorf("no button %q on %q", label, m.Text)
	case b.Data != "":
		return press(u, m, b.Data, opts)
	case b.URL != "":
		return nil, Open(u, b.URL)
	}
	return nil, fmt.Errorf("button %q does nothing that is simulated", label)
}

// PressRaw sends callback data that need not be on any button, as a forged
// client can.
func PressRaw(u *world.User, m *world.Message, data string, opts ...PressOption) (*world.Press, error) {
	return press(u, m, data, opts)
}

func press(u *world.User, m *world.Message, data string, opts []PressOption) (*world.Press, error) {
	var o PressOptions
	for _, opt := range opts {
		opt(&o)
	}
	s := u.World
	b := m.Author.Bot
	switch {
	case b == nil:
		return nil, errors.New("only messages of bots have buttons")
	case m.Deleted && !o.Inaccessible:
		return nil, errors.New("MESSAGE_ID_INVALID: the message is gone")
	case m.Chat.MigratedTo != nil:
		return nil, errors.New("PEER_ID_INVALID: the group was upgraded to a supergroup")
	case m.Ephemeral() && m.Receiver != u.Account:
		return nil, errors.New("MESSAGE_ID_INVALID: the message is somebody else's")
	case !m.Chat.LookedInBy(u):
		return nil, errors.New("CHANNEL_PRIVATE: the chat is closed to " + u.Name())
	}
	s.LastQuery++
	p := &world.Press{ID: strconv.FormatInt(4_300_000_000_000+s.LastQuery, 10), Bot: b, User: u, Message: m, At: s.Unix()}
	s.Queries[p.ID] = p
	s.ForgetQueries()
	b.Met[u.ID] = true
	w := wire.CallbackQuery{ID: p.ID, From: u.Wire, ChatInstance: strconv.FormatInt(-m.Chat.ID*7919+b.ID, 10), Data: data, Message: m.Wire()}
	if m.Ephemeral() {
		w.ChatInstance = "0"
	}
	if o.Inaccessible {
		w.Message = wire.InaccessibleMessage{Chat: m.Chat.Wire, MessageID: m.ID}
	}
	if mode := b.CallbackMode(); mode == "inline" || mode == "auto" && o.Inaccessible {
		w.Message, w.InlineMessageID = nil, m.InlineID()
	}
	b.Enqueue("callback_query", wire.Encode(w), u.ID, world.CallbackTTL)
	s.Touch()
	return p, nil
}
