package tgsim

import (
	"errors"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// ErrPermission is in the error of what permissions do not let a member send.
var ErrPermission = errors.New("the permissions do not allow it")

// sends says whether the permissions cover such a message. Links, forwards and
// contacts have no permission of their own: the first two are what they contain,
// contacts count as text.
func sends(p wire.Permissions, m *Message) bool {
	if m.media == nil {
		return p.SendMessages
	}
	switch m.media.kind {
	case photoKind:
		return p.SendPhotos
	case videoKind:
		return p.SendVideos
	case documentKind:
		return p.SendDocuments
	case audioKind:
		return p.SendAudios
	case voiceKind:
		return p.SendVoiceNotes
	case videoNoteKind:
		return p.SendVideoNotes
	case pollKind:
		return p.SendPolls
	case contactKind:
		return p.SendMessages
	}
	return p.SendOtherMessages
}

// kindName is what error texts call such messages.
func (m *Message) kindName() string {
	if m.media == nil {
		return "text messages"
	}
	switch m.media.kind {
	case audioKind:
		return "music"
	case voiceKind:
		return "voice notes"
	case videoNoteKind:
		return "video notes"
	}
	return string(m.media.kind) + "s"
}
