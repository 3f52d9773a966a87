package world

import (
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// Sends says whether the permissions cover such a message. Links, forwards and
// contacts have no permission of their own: the first two are what they contain,
// contacts count as text.
func Sends(p wire.Permissions, m *Message) bool {
	if m.Media == nil {
		return p.SendMessages
	}
	switch m.Media.Kind {
	case PhotoKind:
		return p.SendPhotos
	case VideoKind:
		return p.SendVideos
	case DocumentKind:
		return p.SendDocuments
	case AudioKind:
		return p.SendAudios
	case VoiceKind:
		return p.SendVoiceNotes
	case VideoNoteKind:
		return p.SendVideoNotes
	case PollKind:
		return p.SendPolls
	case ContactKind:
		return p.SendMessages
	}
	return p.SendOtherMessages
}
