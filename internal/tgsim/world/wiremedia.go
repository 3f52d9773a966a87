package world

import (
	"fmt"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// wire is the medium as bots see it.
func (md *Media) wire() *wire.Media {
	w := &wire.Media{}
	md.fill(w)
	return w
}

func (md *Media) fill(w *wire.Media) {
	f := md.File
	clip := &wire.Clip{FileID: f.ID, FileUniqueID: f.Unique, Duration: 7, FileSize: f.Length()}
	switch md.Kind {
	case PhotoKind:
		w.Photo = []wire.PhotoSize{
			{FileID: f.ID + "s", FileUniqueID: f.Unique + "s", Width: 90, Height: 67},
			{FileID: f.ID, FileUniqueID: f.Unique, Width: f.Width, Height: f.Height, FileSize: f.Length()},
		}
	case VideoKind:
		clip.Width, clip.Height = f.Width, f.Height
		w.Video = clip
	case AnimationKind: // bots get it as a document too
		clip.Width, clip.Height = f.Width, f.Height
		w.Animation, w.Document = clip, f.document()
	case VideoNoteKind:
		clip.Length = 240
		w.VideoNote = clip
	case AudioKind:
		w.Audio = clip
	case VoiceKind:
		w.Voice = clip
	case DocumentKind:
		w.Document = f.document()
	case StickerKind:
		w.Sticker = &wire.StickerFile{FileID: f.ID, FileUniqueID: f.Unique, Type: "regular", Width: 512, Height: 512, Emoji: f.name, FileSize: f.Length()}
	case PollKind:
		w.Poll = f.poll()
	case ContactKind:
		w.Contact = &wire.Contact{PhoneNumber: "+15550100", FirstName: f.name}
	}
}

func (f *File) document() *wire.Document {
	return &wire.Document{FileID: f.ID, FileUniqueID: f.Unique, FileName: f.name, FileSize: f.Length()}
}

// poll is a poll in which nobody has voted yet; the name is its question.
func (f *File) poll() *wire.Poll {
	p := &wire.Poll{ID: f.Unique, Question: f.name, IsAnonymous: true, Type: "regular", AllowsRevoting: true}
	for i, answer := range []string{"Yes", "No"} {
		p.Options = append(p.Options, wire.PollOption{ID: fmt.Sprint(i), Text: answer})
	}
	return p
}
