package tgsim

import (
	"fmt"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

type mediaKind string

const (
	photoKind     mediaKind = "photo"
	videoKind     mediaKind = "video"
	documentKind  mediaKind = "document"
	audioKind     mediaKind = "audio"
	voiceKind     mediaKind = "voice"
	videoNoteKind mediaKind = "video_note"
	animationKind mediaKind = "animation"
	stickerKind   mediaKind = "sticker"
	pollKind      mediaKind = "poll"
	contactKind   mediaKind = "contact"
)

// media is what a message carries besides text.
type media struct {
	kind mediaKind
	file *file // of what is no file it is a number and a name
}

// captioned says whether the message's text is a caption.
func (k mediaKind) captioned() bool {
	switch k {
	case photoKind, videoKind, documentKind, audioKind, voiceKind, animationKind:
		return true
	}
	return false
}

// wire is the medium as bots see it.
func (md *media) wire() *wire.Media {
	w := &wire.Media{}
	md.fill(w)
	return w
}

func (md *media) fill(w *wire.Media) {
	f := md.file
	clip := &wire.Clip{FileID: f.id, FileUniqueID: f.unique, Duration: 7, FileSize: f.length()}
	switch md.kind {
	case photoKind:
		w.Photo = []wire.PhotoSize{
			{FileID: f.id + "s", FileUniqueID: f.unique + "s", Width: 90, Height: 67},
			{FileID: f.id, FileUniqueID: f.unique, Width: f.width, Height: f.height, FileSize: f.length()},
		}
	case videoKind:
		clip.Width, clip.Height = f.width, f.height
		w.Video = clip
	case animationKind: // bots get it as a document too
		clip.Width, clip.Height = f.width, f.height
		w.Animation, w.Document = clip, f.document()
	case videoNoteKind:
		clip.Length = 240
		w.VideoNote = clip
	case audioKind:
		w.Audio = clip
	case voiceKind:
		w.Voice = clip
	case documentKind:
		w.Document = f.document()
	case stickerKind:
		w.Sticker = &wire.StickerFile{FileID: f.id, FileUniqueID: f.unique, Type: "regular", Width: 512, Height: 512, Emoji: f.name, FileSize: f.length()}
	case pollKind:
		w.Poll = f.poll()
	case contactKind:
		w.Contact = &wire.Contact{PhoneNumber: "+15550100", FirstName: f.name}
	}
}

func (f *file) document() *wire.Document {
	return &wire.Document{FileID: f.id, FileUniqueID: f.unique, FileName: f.name, FileSize: f.length()}
}

// poll is a poll in which nobody has voted yet; the name is its question.
func (f *file) poll() *wire.Poll {
	p := &wire.Poll{ID: f.unique, Question: f.name, IsAnonymous: true, Type: "regular", AllowsRevoting: true}
	for i, answer := range []string{"Yes", "No"} {
		p.Options = append(p.Options, wire.PollOption{ID: fmt.Sprint(i), Text: answer})
	}
	return p
}
