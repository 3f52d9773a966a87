package world

import (
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/richtext"
)

// Forwarded stands before what people see of a message that was forwarded.
const Forwarded = "(forwarded) "

// KindName is what error texts call such messages.
func (m *Message) KindName() string {
	if m.Media == nil {
		return "text messages"
	}
	switch m.Media.Kind {
	case AudioKind:
		return "music"
	case VoiceKind:
		return "voice notes"
	case VideoNoteKind:
		return "video notes"
	}
	return string(m.Media.Kind) + "s"
}

// Place is where the message stands on the timeline.
func (m *Message) Place() int {
	if m.Replaces != nil {
		return m.Replaces.seq
	}
	return m.seq
}

// Sender is the name that people see on the message.
func (m *Message) Sender() string {
	switch {
	case m.SenderChat != nil:
		return m.SenderChat.Title
	case m.From == nil:
		return m.Chat.Title
	}
	return m.From.Name()
}

// Content is the text that people see.
func (m *Message) Content() string {
	if s := m.Service; s != nil {
		return s.String()
	}
	text := m.Text
	if m.Blocks != "" {
		text = richtext.Words(m.Blocks)
	}
	if m.Media != nil && !m.Media.Kind.Captioned() {
		text = m.Media.File.name
	}
	if m.Origin != nil {
		return Forwarded + text
	}
	return text
}
