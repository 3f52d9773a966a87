package tgsim

import "fmt"

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

type wirePhotoSize struct {
	FileID       string `json:"file_id"`
	FileUniqueID string `json:"file_unique_id"`
	Width        int    `json:"width"`
	Height       int    `json:"height"`
	FileSize     int    `json:"file_size,omitempty"`
}

// A wireClip is what moves or sounds; which of it has a size differs.
type wireClip struct {
	FileID       string `json:"file_id"`
	FileUniqueID string `json:"file_unique_id"`
	Width        int    `json:"width,omitempty"`
	Height       int    `json:"height,omitempty"`
	Length       int    `json:"length,omitempty"`
	Duration     int    `json:"duration"`
	FileSize     int    `json:"file_size,omitempty"`
}

type wireDocument struct {
	FileID       string `json:"file_id"`
	FileUniqueID string `json:"file_unique_id"`
	FileName     string `json:"file_name,omitempty"`
	FileSize     int    `json:"file_size,omitempty"`
}

type wireSticker struct {
	FileID       string `json:"file_id"`
	FileUniqueID string `json:"file_unique_id"`
	Type         string `json:"type"`
	Width        int    `json:"width"`
	Height       int    `json:"height"`
	IsAnimated   bool   `json:"is_animated"`
	IsVideo      bool   `json:"is_video"`
	Emoji        string `json:"emoji,omitempty"`
	FileSize     int    `json:"file_size,omitempty"`
}

type wirePoll struct {
	ID             string           `json:"id"`
	Question       string           `json:"question"`
	Options        []wirePollOption `json:"options"`
	TotalVoters    int              `json:"total_voter_count"`
	IsClosed       bool             `json:"is_closed"`
	IsAnonymous    bool             `json:"is_anonymous"`
	Type           string           `json:"type"`
	SeveralAnswers bool             `json:"allows_multiple_answers"`
	AllowsRevoting bool             `json:"allows_revoting"`
	OnlyForMembers bool             `json:"members_only"`
}

type wirePollOption struct {
	ID     string `json:"persistent_id"`
	Text   string `json:"text"`
	Voters int    `json:"voter_count"`
}

type wireContact struct {
	PhoneNumber string `json:"phone_number"`
	FirstName   string `json:"first_name"`
}

// wire is the medium as bots see it.
func (md *media) wire() *wireMedia {
	w := &wireMedia{}
	md.fill(w)
	return w
}

func (md *media) fill(w *wireMedia) {
	f := md.file
	clip := &wireClip{FileID: f.id, FileUniqueID: f.unique, Duration: 7, FileSize: f.length()}
	switch md.kind {
	case photoKind:
		w.Photo = []wirePhotoSize{
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
		w.Sticker = &wireSticker{FileID: f.id, FileUniqueID: f.unique, Type: "regular", Width: 512, Height: 512, Emoji: f.name, FileSize: f.length()}
	case pollKind:
		w.Poll = f.poll()
	case contactKind:
		w.Contact = &wireContact{PhoneNumber: "+15550100", FirstName: f.name}
	}
}

func (f *file) document() *wireDocument {
	return &wireDocument{FileID: f.id, FileUniqueID: f.unique, FileName: f.name, FileSize: f.length()}
}

// poll is a poll in which nobody has voted yet; the name is its question.
func (f *file) poll() *wirePoll {
	p := &wirePoll{ID: f.unique, Question: f.name, IsAnonymous: true, Type: "regular", AllowsRevoting: true}
	for i, answer := range []string{"Yes", "No"} {
		p.Options = append(p.Options, wirePollOption{ID: fmt.Sprint(i), Text: answer})
	}
	return p
}
