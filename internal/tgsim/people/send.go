// Package people is what the users of a simulated Telegram do and see.
//
// Its functions act as the app of a user does, and fail where Telegram would not
// let the user. Callers hold the lock of the world.
package people

import (
	"bytes"
	"errors"
	"fmt"
	"hash/fnv"
	"image"
	"image/color"
	"image/png"
	"strings"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/richtext"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/world"
)

// ErrPermission is in the error of what permissions do not let a member send.
var ErrPermission = errors.New("the permissions do not allow it")

// maskDirect puts what the user writes to a channel into their topic, or, of an
// administrator, into that of whom they answer.
func maskDirect(u *world.User, c *world.Chat, m *world.Message) error {
	switch {
	case !c.LookedInBy(u):
		return fmt.Errorf("%s does not see %s", u.Name(), c.Title)
	case !c.Member(u.Account).Admin():
		m.Asker = u.Account
	case m.Reply == nil || m.Reply.Asker == nil:
		return fmt.Errorf("%s has to answer somebody", u.Name())
	default:
		m.Asker, m.SenderChat = m.Reply.Asker, c.Parent
	}
	return nil
}

// sample is what somebody's file holds: a picture of one colour, which depends on the words, or just those.
func sample(kind world.MediaKind, words string) []byte {
	if kind != world.PhotoKind {
		return []byte("the " + string(kind) + " " + words)
	}
	sum := fnv.New32a()
	sum.Write([]byte(words))
	n := sum.Sum32()
	img := image.NewUniform(color.RGBA{uint8(n), uint8(n >> 8), uint8(n >> 16), 255})
	var out bytes.Buffer
	pixels := image.NewRGBA(image.Rect(0, 0, 8, 6))
	for i := range pixels.Pix {
		r, g, b, a := img.RGBA()
		pixels.Pix[i] = []uint8{uint8(r), uint8(g), uint8(b), uint8(a)}[i%4]
	}
	if err := png.Encode(&out, pixels); err != nil {
		panic("tgsim: " + err.Error()) // eight by six pixels can be encoded
	}
	return out.Bytes()
}

// answers sets what the message replies to. A reply into another topic of a
// forum is one to another place.
func answers(m *world.Message, u *world.User, o Sending) error {
	switch {
	case o.Elsewhere != nil:
		if o.Elsewhere.Deleted || !o.Elsewhere.Chat.LookedInBy(u) {
			return errors.New("the message to reply to is not to be seen")
		}
		m.External = o.Elsewhere
	case o.Reply == nil:
	case o.Reply.Chat != m.Chat || o.Reply.Deleted:
		return errors.New("the message to reply to is not in this chat")
	case o.Topic != nil && o.Reply.Topic != o.Topic:
		m.External = o.Reply
	default:
		m.Reply, m.Topic = o.Reply, o.Reply.Topic
	}
	m.Quote = o.Quote
	if o.Topic != nil {
		m.Topic = o.Topic
	}
	return nil
}

// CallGuest has the user call a bot that need not be a member. Its answer, with
// the text, stands in the chat as the bot's message, and names who called it.
func CallGuest(u *world.User, c *world.Chat, b *world.Bot, text string, opts ...SendOption) (*world.Message, error) {
	m, err := compose(u, c, text, opts)
	if err != nil {
		return nil, err
	}
	m.Caller, m.CallerChat = m.From, m.SenderChat
	m.Author, m.From, m.SenderChat = b.Account, b.Account, nil
	c.Post(m)
	return m, nil
}

// mentions are the entities of those whom the text names.
func (o Sending) mentions(text string) ([]wire.Entity, error) {
	var found []wire.Entity
	for _, n := range o.Named {
		at := strings.Index(text, n.Words)
		if at < 0 || n.Words == "" {
			return nil, fmt.Errorf("the text does not have %q", n.Words)
		}
		found = append(found, wire.Entity{Type: "text_mention", Offset: richtext.Utf16Len(text[:at]), Length: richtext.Utf16Len(n.Words), User: n.Who.Wire})
	}
	return found, nil
}

// Delete has the user delete a message: their own, or anyone's with the
// right to. Bots learn nothing of it.
func Delete(u *world.User, m *world.Message) error {
	me := m.Chat.Member(u.Account)
	switch {
	case m.Deleted:
		return errors.New("the message is gone")
	case m.Ephemeral():
		if m.Author != u.Account && m.Receiver != u.Account {
			return errors.New("the message is somebody else's")
		}
		m.RemoveEphemeral()
		return nil
	case m.Author != u.Account && m.Chat.Kind != world.Private && !me.Can(world.MayDelete):
		return fmt.Errorf("%s may not delete it", u.Name())
	}
	m.Remove()
	if me.Admin() {
		m.Chat.LogDeletion(u.Account, m)
	}
	return nil
}

// Edit has the user change the text of their own message.
func Edit(u *world.User, m *world.Message, text string) error {
	s := u.World
	if m.Author != u.Account || m.Deleted || m.Ephemeral() || m.Media != nil && !m.Media.Kind.Captioned() {
		return fmt.Errorf("%s can't edit it", u.Name())
	}
	m.Chat.Note(world.RecentAction{By: u.Name(), Action: "edit", Message: m, Sender: m.Sender(), Text: m.Content()})
	m.Text, m.Entities = text, richtext.EntitiesOf(text)
	m.Edited = max(s.Unix(), m.Date)
	s.Show()
	m.Chat.Deliver(m)
	return nil
}

// Send has the user write a public message. It fails where Telegram would
// not let them write.
func Send(u *world.User, c *world.Chat, text string, opts ...SendOption) (*world.Message, error) {
	m, err := compose(u, c, text, opts)
	if err != nil {
		return nil, err
	}
	c.Post(m)
	return m, nil
}

// SendAlbum sends photos as an album, one for each caption.
func SendAlbum(u *world.User, c *world.Chat, captions []string, opts ...SendOption) ([]*world.Message, error) {
	if len(captions) < 2 || len(captions) > 10 {
		return nil, errors.New("an album has 2 to 10 items")
	}
	u.World.LastAlbum++
	group := albumID(u.World.LastAlbum)
	var album []*world.Message
	for _, caption := range captions {
		m, err := compose(u, c, caption, append([]SendOption{func(o *Sending) { o.Media = world.PhotoKind }}, opts...))
		if err != nil {
			return nil, err
		}
		m.GroupID = group
		album = append(album, m)
	}
	for _, m := range album {
		c.Post(m)
	}
	return album, nil
}

// compose prepares a message and checks that the user may send it.
func compose(u *world.User, c *world.Chat, text string, opts []SendOption) (*world.Message, error) {
	var o Sending
	for _, opt := range opts {
		opt(&o)
	}
	m := c.NewMessage(u.Account)
	if err := write(m, text, o); err != nil {
		return nil, err
	}
	if err := answers(m, u, o); err != nil {
		return nil, err
	}
	return m, mask(u, c, m, o)
}

// write gives the message its text and its medium.
func write(m *world.Message, text string, o Sending) error {
	if o.Blocks != "" {
		m.Blocks = o.Blocks
		return nil
	}
	if text == "" && !o.Media.Captioned() && o.Media != world.VideoNoteKind {
		return errors.New("the message is empty")
	}
	if o.Media == "" || o.Media.Captioned() {
		explicit, err := o.textLink(text)
		if err != nil {
			return err
		}
		named, err := o.mentions(text)
		if err != nil {
			return err
		}
		m.Text, m.Entities = text, richtext.WithFound(append(explicit, named...), text)
	} else {
		o.Name = text
	}
	if o.Media != "" {
		m.Media = &world.Media{Kind: o.Media, File: m.World.NewFile(o.Media, o.Name, sample(o.Media, text))}
		m.Media.File.Size = o.Size
	}
	return nil
}

// textLink is the link that the text is to have on some of its words.
func (o Sending) textLink(text string) ([]wire.Entity, error) {
	if o.URL == "" {
		return nil, nil
	}
	if o.Linked == "" {
		o.Linked = text
	}
	at := strings.Index(text, o.Linked)
	if at < 0 || text == "" {
		return nil, fmt.Errorf("the text does not have %q", o.Linked)
	}
	return []wire.Entity{{Type: "text_link", Offset: richtext.Utf16Len(text[:at]), Length: richtext.Utf16Len(o.Linked), URL: o.URL}}, nil
}

// mask checks the user's right to send, and puts the masks of channels and
// anonymous administrators on.
func mask(u *world.User, c *world.Chat, m *world.Message, o Sending) error {
	switch {
	case c.Deleted:
		return fmt.Errorf("%s was deleted", c.Title)
	case c.MigratedTo != nil:
		return fmt.Errorf("%s was upgraded to a supergroup", c.Title)
	}
	me := c.Member(u.Account)
	anonymous := me.Admin() && me.Rights.Anonymous
	switch {
	case c.Kind == world.Private:
		if c.User != u || u.Blocked[c.Bot] {
			return fmt.Errorf("%s can't write to %s", u.Name(), c.Bot.Name())
		}
		return nil
	case c.Parent != nil:
		return maskDirect(u, c, m)
	case c.Kind == world.Channel:
		if !me.Can(world.MayPost) {
			return fmt.Errorf("%s may not post in %s", u.Name(), c.Title)
		}
		m.SenderChat = c
		return nil
	case !me.In() && (o.AsChannel == nil || !c.LookedInBy(u)):
		return fmt.Errorf("%s is not in %s", u.Name(), c.Title)
	case !world.Sends(c.Allowed(me), m):
		return fmt.Errorf("%s may not send %s to %s: %w", u.Name(), m.KindName(), c.Title, ErrPermission)
	case c.ClosedTo(me, m.Topic):
		return errors.New("the topic is closed")
	case o.AsChannel != nil:
		return maskChannel(u, c, m, o.AsChannel)
	case anonymous:
		m.SenderChat, m.From = c, u.World.Fake(world.GroupAnonymousBotID)
	}
	return nil
}

// maskChannel puts a channel's mask on. A ban of one channel holds for all
// channels of its owner.
func maskChannel(u *world.User, c *world.Chat, m *world.Message, channel *world.Chat) error {
	if channel.Kind != world.Channel || channel.Owner() != u.Account {
		return fmt.Errorf("%s does not own the channel %s", u.Name(), channel.Title)
	}
	for id := range c.BannedChats {
		if u.World.ByChatID[id].Owner() == u.Account {
			return fmt.Errorf("the channels of %s are banned from %s", u.Name(), c.Title)
		}
	}
	m.SenderChat, m.From = channel, u.World.Fake(world.ChannelBotID)
	return nil
}
