package wire

// Media is what a message carries besides text.
type Media struct {
	Animation *Clip        `json:"animation,omitempty"`
	Audio     *Clip        `json:"audio,omitempty"`
	Document  *Document    `json:"document,omitempty"`
	Photo     []PhotoSize  `json:"photo,omitempty"`
	Sticker   *StickerFile `json:"sticker,omitempty"`
	Video     *Clip        `json:"video,omitempty"`
	VideoNote *Clip        `json:"video_note,omitempty"`
	Voice     *Clip        `json:"voice,omitempty"`
	Contact   *Contact     `json:"contact,omitempty"`
	Poll      *Poll        `json:"poll,omitempty"`
}

// PhotoSize is a photo in one of its sizes.
type PhotoSize struct {
	FileID       string `json:"file_id"`
	FileUniqueID string `json:"file_unique_id"`
	Width        int    `json:"width"`
	Height       int    `json:"height"`
	FileSize     int    `json:"file_size,omitempty"`
}

// A Clip is what moves or sounds; which of it has a size differs.
type Clip struct {
	FileID       string `json:"file_id"`
	FileUniqueID string `json:"file_unique_id"`
	Width        int    `json:"width,omitempty"`
	Height       int    `json:"height,omitempty"`
	Length       int    `json:"length,omitempty"`
	Duration     int    `json:"duration"`
	FileSize     int    `json:"file_size,omitempty"`
}

// Document is any file.
type Document struct {
	FileID       string `json:"file_id"`
	FileUniqueID string `json:"file_unique_id"`
	FileName     string `json:"file_name,omitempty"`
	FileSize     int    `json:"file_size,omitempty"`
}

// StickerFile is a sticker.
type StickerFile struct {
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

// Poll is a poll.
type Poll struct {
	ID             string       `json:"id"`
	Question       string       `json:"question"`
	Options        []PollOption `json:"options"`
	TotalVoters    int          `json:"total_voter_count"`
	IsClosed       bool         `json:"is_closed"`
	IsAnonymous    bool         `json:"is_anonymous"`
	Type           string       `json:"type"`
	SeveralAnswers bool         `json:"allows_multiple_answers"`
	AllowsRevoting bool         `json:"allows_revoting"`
	OnlyForMembers bool         `json:"members_only"`
}

// PollOption is an answer that a poll offers.
type PollOption struct {
	ID     string `json:"persistent_id"`
	Text   string `json:"text"`
	Voters int    `json:"voter_count"`
}

// Contact is a phone number and whose it is.
type Contact struct {
	PhoneNumber string `json:"phone_number"`
	FirstName   string `json:"first_name"`
}
