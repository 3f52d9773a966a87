package tgsim

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

var errNotModified = wire.BadRequest("message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message")

// editable finds the message that the call is to change.
func (c *call) editable() (*Message, *wire.Error) {
	if c.p.Has("inline_message_id") {
		return c.inline()
	}
	if !c.p.Has("chat_id") || c.p.Num("message_id") == 0 {
		return nil, wire.BadRequest("message identifier is not specified")
	}
	chat, e := c.inside()
	if e != nil {
		return nil, e
	}
	m := chat.history.get(int(c.p.Num("message_id")))
	switch {
	case m == nil:
		return nil, wire.BadRequest("message to edit not found")
	case m.author != c.bot.account || m.service != nil:
		return nil, wire.BadRequest("message can't be edited")
	case chat.kind == Channel && !c.me(chat).can(mayPost) && !c.me(chat).can(mayEdit):
		return nil, wire.BadRequest("message can't be edited")
	}
	return m, nil
}

// inline finds the message whose press named it by an inline_message_id.
func (c *call) inline() (*Message, *wire.Error) {
	m := c.inlines[c.p.Str("inline_message_id")]
	if m == nil || m.author != c.bot.account || m.deleted || m.Ephemeral() {
		return nil, wire.BadRequest("MESSAGE_ID_INVALID")
	}
	return m, nil
}

// edited is what an edit returns: of a message that is named by an
// inline_message_id the bot does not see what became of it.
func (c *call) edited(m *Message) any {
	if c.p.Has("inline_message_id") {
		return true
	}
	return m.wire()
}

func (c *call) editMessageText() (any, *wire.Error) {
	m, e := c.editable()
	if e != nil {
		return nil, e
	}
	if m.media != nil {
		return nil, wire.BadRequest("there is no text in the message to edit")
	}
	if e := c.setText(m, "text", "entities", 4096); e != nil {
		return nil, e
	}
	return c.edited(m), nil
}

func (c *call) editMessageCaption() (any, *wire.Error) {
	m, e := c.editable()
	if e != nil {
		return nil, e
	}
	if m.media == nil {
		return nil, wire.BadRequest("there is no caption in the message to edit")
	}
	if e := c.setText(m, "caption", "caption_entities", 1024); e != nil {
		return nil, e
	}
	return c.edited(m), nil
}

func (c *call) editMessageReplyMarkup() (any, *wire.Error) {
	m, e := c.editable()
	if e != nil {
		return nil, e
	}
	if e := c.setMarkup(m); e != nil {
		return nil, e
	}
	return c.edited(m), nil
}

// setText gives the message the call's text and buttons.
func (c *call) setText(m *Message, param, entitiesParam string, most int) *wire.Error {
	text, entities, e := c.formatted(param, entitiesParam)
	if e != nil {
		return e
	}
	switch {
	case strings.TrimSpace(text) == "" && m.media == nil:
		return wire.BadRequest("message text is empty")
	case utf8.RuneCountInString(text) > most:
		return wire.BadRequest("MESSAGE_TOO_LONG")
	}
	mk, e := readMarkup(c.p)
	if e != nil {
		return e
	}
	if m.text == text && slices.Equal(m.entities, entities) && m.markup.equal(mk) {
		return errNotModified
	}
	if e := c.limitedEdit(m); e != nil {
		return e
	}
	m.text, m.entities, m.markup = text, entities, mk
	m.edited = c.unix()
	c.Show()
	return nil
}

// limitedEdit applies the sending limits to an edit, which counts as a message
// does. Whether those of ephemeral messages count nobody knows.
func (c *call) limitedEdit(m *Message) *wire.Error {
	if m.Ephemeral() {
		return nil
	}
	return c.limited(m.chat)
}

// setMarkup gives the message the call's buttons.
func (c *call) setMarkup(m *Message) *wire.Error {
	mk, e := readMarkup(c.p)
	if e != nil {
		return e
	}
	if m.markup.equal(mk) {
		return errNotModified
	}
	if e := c.limitedEdit(m); e != nil {
		return e
	}
	m.markup = mk
	m.edited = c.unix()
	c.Show()
	return nil
}
