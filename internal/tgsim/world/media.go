package world

import (
	"bytes"
)

// Media is what a message carries besides text.
type Media struct {
	Kind MediaKind
	File *File // of what is no file it is a number and a name
}

// A File is something that was sent or uploaded; bots name it by its id.
type File struct {
	ID, Unique string
	Kind       MediaKind
	name       string
	data       []byte
	Size       int // that it is said to have, if larger
	Width      int
	Height     int
}

// Path is where bots download the file.
func (f *File) Path() string { return string(f.Kind) + "s/" + f.ID }

// Length is the size in bytes that the file is said to have.
func (f *File) Length() int { return max(f.Size, len(f.data)) }

// Bytes are all of the file's; what it is said to have beyond those that were given is zeros.
func (f *File) Bytes() []byte {
	return append(bytes.Clone(f.data), make([]byte, f.Length()-len(f.data))...)
}

// MediaKind is the kind of what a message carries besides text.
type MediaKind string

// The kinds of media.
const (
	PhotoKind     MediaKind = "photo"
	VideoKind     MediaKind = "video"
	DocumentKind  MediaKind = "document"
	AudioKind     MediaKind = "audio"
	VoiceKind     MediaKind = "voice"
	VideoNoteKind MediaKind = "video_note"
	AnimationKind MediaKind = "animation"
	StickerKind   MediaKind = "sticker"
	PollKind      MediaKind = "poll"
	ContactKind   MediaKind = "contact"
)

// Captioned says whether the message's text is a caption.
func (k MediaKind) Captioned() bool {
	switch k {
	case PhotoKind, VideoKind, DocumentKind, AudioKind, VoiceKind, AnimationKind:
		return true
	}
	return false
}
