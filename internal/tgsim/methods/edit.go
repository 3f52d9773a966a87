package methods

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/world"
)

var errNotModified = wire.BadRequest("message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message")

// editable finds the message that the call is to change.
func editable(c *Call) (*world.Message, *wire.Error) {
	if c.P.Has("inline_message_id") {
		return inline(c)
	}
	if !c.P.Has("chat_id") || c.P.Num("message_id") == 0 {
		return nil, wire.BadRequest("message identifier is not specified")
	}
	chat, e := c.inside()
	if e != nil {
		return nil, e
	}
	m := chat.History.Get(int(c.P.Num("message_id")))
	switch {
	case m == nil:
		return nil, wire.BadRequest("message to edit not found")
	case m.Author != c.Bot.Account || m.Service != nil:
		return nil, wire.BadRequest("message can't be edited")
	case chat.Kind == world.Channel && !c.me(chat).Can(world.MayPost) && !c.me(chat).Can(world.MayEdit):
		return nil, wire.BadRequest("message can't be edited")
	}
	return m, nil
}

// inline finds the message whose press named it by an inline_message_id.
func inline(c *Call) (*world.Message, *wire.Error) {
	m := c.Inlines[c.P.Str("inline_message_id")]
	if m == nil || m.Author != c.Bot.Account || m.Deleted || m.Ephemeral() {
		return nil, wire.BadRequest("MESSAGE_ID_INVALID")
	}
	return m, nil
}

// edited is what an edit returns: of a message that is named by an
// inline_message_id the bot does not see what became of it.
func edited(c *Call, m *world.Message) any {
	if c.P.Has("inline_message_id") {
		return true
	}
	return m.Wire()
}

func editMessageText(c *Call) (any, *wire.Error) {
	m, e := editable(c)
	if e != nil {
		return nil, e
	}
	if m.Media != nil {
		return nil, wire.BadRequest("there is no text in the message to edit")
	}
	if e := setText(c, m, "text", "entities", 4096); e != nil {
		return nil, e
	}
	return edited(c, m), nil
}

func editMessageCaption(c *Call) (any, *wire.Error) {
	m, e := editable(c)
	if e != nil {
		return nil, e
	}
	if m.Media == nil {
		return nil, wire.BadRequest("there is no caption in the message to edit")
	}
	if e := setText(c, m, "caption", "caption_entities", 1024); e != nil {
		return nil, e
	}
	return edited(c, m), nil
}

// editMessageMedia puts another file in the place of the one in a message, or of its text. Voice and video notes and stickers
// cannot be replaced.
func editMessageMedia(c *Call) (any, *wire.Error) {
	m, e := editable(c)
	if e != nil {
		return nil, e
	}
	var par struct {
		Type    world.MediaKind `json:"type"`
		Media   string          `json:"media"`
		Caption string          `json:"caption"`
	}
	c.P.Object("media", &par)
	if m.Media != nil && !replaceable(m.Media.Kind) {
		return nil, wire.BadRequest("message can't be edited")
	}
	if !replaceable(par.Type) {
		return nil, wire.BadRequest("media type is unsupported")
	}
	md, e := fileOf(c.World, c.P, par.Media, par.Type)
	if e != nil {
		return nil, e
	}
	mk, e := readMarkup(c.P)
	if e != nil {
		return nil, e
	}
	if e := limitedEdit(c, m); e != nil {
		return nil, e
	}
	m.Text, m.Entities, m.Media, m.Markup = par.Caption, nil, md, mk
	m.Edited = c.Unix()
	c.Show()
	return edited(c, m), nil
}

// replaceable says whether a message can be edited to hold a medium of the kind, or another.
func replaceable(k world.MediaKind) bool {
	switch k {
	case world.PhotoKind, world.DocumentKind, world.VideoKind, world.AnimationKind, world.AudioKind:
		return true
	}
	return false
}

func editMessageReplyMarkup(c *Call) (any, *wire.Error) {
	m, e := editable(c)
	if e != nil {
		return nil, e
	}
	if e := c.setMarkup(m); e != nil {
		return nil, e
	}
	return edited(c, m), nil
}

// setText gives the message the call's text and buttons.
func setText(c *Call, m *world.Message, param, entitiesParam string, most int) *wire.Error {
	text, entities, e := c.formatted(param, entitiesParam)
	if e != nil {
		return e
	}
	switch {
	case strings.TrimSpace(text) == "" && m.Media == nil:
		return wire.BadRequest("message text is empty")
	case utf8.RuneCountInString(text) > most:
		return wire.BadRequest("MESSAGE_TOO_LONG")
	}
	mk, e := readMarkup(c.P)
	if e != nil {
		return e
	}
	if m.Text == text && slices.Equal(m.Entities, entities) && m.Markup.Equal(mk) {
		return errNotModified
	}
	if e := limitedEdit(c, m); e != nil {
		return e
	}
	m.Text, m.Entities, m.Markup = text, entities, mk
	m.Edited = c.Unix()
	c.Show()
	return nil
}

// limitedEdit applies the sending limits to an edit, which counts as a message
// does. Whether those of ephemeral messages count nobody knows.
func limitedEdit(c *Call, m *world.Message) *wire.Error {
	if m.Ephemeral() {
		return nil
	}
	return limited(c, m.Chat)
}

// setMarkup gives the message the call's buttons.
func (c *Call) setMarkup(m *world.Message) *wire.Error {
	mk, e := readMarkup(c.P)
	if e != nil {
		return e
	}
	if m.Markup.Equal(mk) {
		return errNotModified
	}
	if e := limitedEdit(c, m); e != nil {
		return e
	}
	m.Markup = mk
	m.Edited = c.Unix()
	c.Show()
	return nil
}
