package tgsim

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/richtext"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// SendOption changes how a person's message is sent.
type SendOption func(*sending)

type sending struct {
	reply     *Message
	topic     *Topic
	asChannel *Chat
	anonymous bool
	oldApp    bool
	media     mediaKind
	name      string
	linked    string // the words that are a link to url
	url       string
	size      int
	named     []naming
	blocks    string // of a rich message
	elsewhere *Message
	quote     string
}

// ReplyTo makes the message a reply.
func ReplyTo(m *Message) SendOption { return func(o *sending) { o.reply = m } }

// InTopic sends into a topic of a forum.
func InTopic(t *Topic) SendOption { return func(o *sending) { o.topic = t } }

// AsChannel sends in the name of a channel that the user owns.
func AsChannel(c *Chat) SendOption { return func(o *sending) { o.asChannel = c } }

// Anonymous sends as an anonymous administrator. Administrators with the
// right Anonymous always do.
func Anonymous() SendOption { return func(o *sending) { o.anonymous = true } }

// OldApp makes Command act like an app from before July 2026: everything is
// public.
func OldApp() SendOption { return func(o *sending) { o.oldApp = true } }

// WithPhoto sends a photo; the text is its caption.
func WithPhoto() SendOption { return func(o *sending) { o.media = photoKind } }

// WithVideo sends a video; the text is its caption.
func WithVideo() SendOption { return func(o *sending) { o.media = videoKind } }

// WithDocument sends a file of that name; the text is its caption.
func WithDocument(name string) SendOption {
	return func(o *sending) { o.media, o.name = documentKind, name }
}

// WithAudio sends music; the text is its caption.
func WithAudio() SendOption { return func(o *sending) { o.media = audioKind } }

// WithVoice sends a voice note; the text is its caption.
func WithVoice() SendOption { return func(o *sending) { o.media = voiceKind } }

// WithVideoNote sends a round video; the text is but a name to find it by.
func WithVideoNote() SendOption { return func(o *sending) { o.media = videoNoteKind } }

// WithAnimation sends a GIF; the text is its caption.
func WithAnimation() SendOption { return func(o *sending) { o.media = animationKind } }

// WithSticker sends a sticker; the text is its emoji.
func WithSticker() SendOption { return func(o *sending) { o.media = stickerKind } }

// WithPoll sends a poll; the text is its question.
func WithPoll() SendOption { return func(o *sending) { o.media = pollKind } }

// WithContact sends somebody's phone number; the text is their name.
func WithContact() SendOption { return func(o *sending) { o.media = contactKind } }

// With joins options.
func With(opts ...SendOption) SendOption {
	return func(o *sending) {
		for _, opt := range opts {
			opt(o)
		}
	}
}

// Large makes what is sent as large as that, in bytes.
func Large(size int) SendOption { return func(o *sending) { o.size = size } }

// WithLink makes words of the text, or "" for all of it, a link to an address
// that they do not show.
func WithLink(words, url string) SendOption {
	return func(o *sending) { o.linked, o.url = words, url }
}

// Send has the user write a public message. It fails where Telegram would
// not let them write.
func (u *User) Send(c *Chat, text string, opts ...SendOption) (*Message, error) {
	u.sim.Lock()
	defer u.sim.Unlock()
	m, err := u.compose(c, text, opts)
	if err != nil {
		return nil, err
	}
	c.post(m)
	return m, nil
}

// SendAlbum sends photos as an album, one for each caption.
func (u *User) SendAlbum(c *Chat, captions []string, opts ...SendOption) ([]*Message, error) {
	if len(captions) < 2 || len(captions) > 10 {
		return nil, errors.New("an album has 2 to 10 items")
	}
	u.sim.Lock()
	defer u.sim.Unlock()
	u.sim.lastAlbum++
	group := strconv.FormatInt(13_000_000_000_000_000+u.sim.lastAlbum, 10)
	var album []*Message
	for _, caption := range captions {
		m, err := u.compose(c, caption, append([]SendOption{WithPhoto()}, opts...))
		if err != nil {
			return nil, err
		}
		m.groupID = group
		album = append(album, m)
	}
	for _, m := range album {
		c.post(m)
	}
	return album, nil
}

// Forward has the user forward a message into a chat, such as a Dialog.
func (u *User) Forward(m *Message, to *Chat) (*Message, error) {
	u.sim.Lock()
	defer u.sim.Unlock()
	if m.deleted || m.Ephemeral() || m.service != nil {
		return nil, errors.New("the message can't be forwarded")
	}
	f := to.newMessage(u.account)
	f.text, f.entities, f.media, f.blocks = m.text, m.entities, m.media, m.blocks
	f.origin = m.originForForward()
	if err := u.mask(to, f, sending{}); err != nil {
		return nil, err
	}
	to.post(f)
	return f, nil
}

// originForForward says where a forward of the message comes from.
func (m *Message) originForForward() *wire.Origin {
	switch {
	case m.origin != nil:
		return m.origin
	case m.chat.kind == Channel:
		return &wire.Origin{Type: "channel", Date: m.date, Chat: m.chat.wire, MessageID: m.id}
	case m.senderChat != nil && m.senderChat.kind == Channel:
		return &wire.Origin{Type: "channel", Date: m.date, Chat: m.senderChat.wire, MessageID: m.id}
	case m.senderChat != nil:
		return &wire.Origin{Type: "chat", Date: m.date, SenderChat: m.senderChat.wire}
	case m.author.hideNames:
		return &wire.Origin{Type: "hidden_user", Date: m.date, SenderUserName: m.author.Name()}
	}
	return &wire.Origin{Type: "user", Date: m.date, SenderUser: m.author.wire}
}

// compose prepares a message and checks that the user may send it.
func (u *User) compose(c *Chat, text string, opts []SendOption) (*Message, error) {
	var o sending
	for _, opt := range opts {
		opt(&o)
	}
	m := c.newMessage(u.account)
	if err := m.write(text, o); err != nil {
		return nil, err
	}
	if err := m.answers(u, o); err != nil {
		return nil, err
	}
	return m, u.mask(c, m, o)
}

// write gives the message its text and its medium.
func (m *Message) write(text string, o sending) error {
	if o.blocks != "" {
		m.blocks = o.blocks
		return nil
	}
	if text == "" && !o.media.captioned() && o.media != videoNoteKind {
		return errors.New("the message is empty")
	}
	if o.media == "" || o.media.captioned() {
		explicit, err := o.textLink(text)
		if err != nil {
			return err
		}
		named, err := o.mentions(text)
		if err != nil {
			return err
		}
		m.text, m.entities = text, richtext.WithFound(append(explicit, named...), text)
	} else {
		o.name = text
	}
	if o.media != "" {
		m.media = &media{kind: o.media, file: m.sim.newFile(o.media, o.name, sample(o.media, text))}
		m.media.file.size = o.size
	}
	return nil
}

// textLink is the link that the text is to have on some of its words.
func (o sending) textLink(text string) ([]wire.Entity, error) {
	if o.url == "" {
		return nil, nil
	}
	if o.linked == "" {
		o.linked = text
	}
	at := strings.Index(text, o.linked)
	if at < 0 || text == "" {
		return nil, fmt.Errorf("the text does not have %q", o.linked)
	}
	return []wire.Entity{{Type: "text_link", Offset: richtext.Utf16Len(text[:at]), Length: richtext.Utf16Len(o.linked), URL: o.url}}, nil
}

// mask checks the user's right to send, and puts the masks of channels and
// anonymous administrators on.
func (u *User) mask(c *Chat, m *Message, o sending) error {
	switch {
	case c.deleted:
		return fmt.Errorf("%s was deleted", c.title)
	case c.migratedTo != nil:
		return fmt.Errorf("%s was upgraded to a supergroup", c.title)
	}
	me := c.member(u.account)
	anonymous := me.admin() && me.rights.Anonymous
	switch {
	case c.kind == Private:
		if c.user != u || u.blocked[c.bot] {
			return fmt.Errorf("%s can't write to %s", u.Name(), c.bot.Name())
		}
		return nil
	case c.parent != nil:
		return u.maskDirect(c, m)
	case c.kind == Channel:
		if !me.can(mayPost) {
			return fmt.Errorf("%s may not post in %s", u.Name(), c.title)
		}
		m.senderChat = c
		return nil
	case !me.in() && (o.asChannel == nil || !c.lookedInBy(u)):
		return fmt.Errorf("%s is not in %s", u.Name(), c.title)
	case !sends(c.allowed(me), m):
		return fmt.Errorf("%s may not send %s to %s: %w", u.Name(), m.kindName(), c.title, ErrPermission)
	case c.closedTo(me, m.topic):
		return errors.New("the topic is closed")
	case o.asChannel != nil:
		return u.maskChannel(c, m, o.asChannel)
	case o.anonymous && !anonymous:
		return fmt.Errorf("%s is not an anonymous administrator", u.Name())
	case anonymous:
		m.senderChat, m.from = c, u.sim.fake(GroupAnonymousBotID)
	}
	return nil
}

// maskChannel puts a channel's mask on. A ban of one channel holds for all
// channels of its owner.
func (u *User) maskChannel(c *Chat, m *Message, channel *Chat) error {
	if channel.kind != Channel || channel.owner() != u.account {
		return fmt.Errorf("%s does not own the channel %s", u.Name(), channel.title)
	}
	for id := range c.bannedChats {
		if u.sim.byChatID[id].owner() == u.account {
			return fmt.Errorf("the channels of %s are banned from %s", u.Name(), c.title)
		}
	}
	m.senderChat, m.from = channel, u.sim.fake(ChannelBotID)
	return nil
}

// Command has the user send a command as a modern app does: ephemerally if
// the command list that applies to them says so and no other bot in the group
// has a command of that name, publicly otherwise. A muted member's ephemeral
// command is let through; masks do not hold for ephemeral commands.
func (u *User) Command(c *Chat, text string, opts ...SendOption) (*Message, error) {
	u.sim.Lock()
	defer u.sim.Unlock()
	var o sending
	for _, opt := range opts {
		opt(&o)
	}
	b := u.privately(c, text)
	if b == nil || o.oldApp || u.sim.opts.NoEphemeralSupport {
		m, err := u.compose(c, text, opts)
		if err == nil {
			c.post(m)
		}
		return m, err
	}
	if c.migratedTo != nil || c.deleted || !c.member(u.account).in() {
		return nil, fmt.Errorf("%s is not in %s", u.Name(), c.title)
	}
	return u.whisper(c, b, text, o)
}
