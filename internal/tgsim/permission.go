package tgsim

// sends says whether the permissions cover such a message.
func (p Permissions) sends(m *Message) bool {
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
	}
	return p.SendOtherMessages
}

// kindName is what error texts call such messages.
func (m *Message) kindName() string {
	if m.media == nil {
		return "text messages"
	}
	return string(m.media.kind) + "s"
}
