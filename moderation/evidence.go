package moderation

import "time"

// Evidence is what a case is about, as it was when it came before the court. It is kept sealed, and
// not longer than needed. Nobody but admins is shown it.
type Evidence struct {
	Name   string    `json:"n,omitempty"` // the author's, as shown in Telegram
	Handle string    `json:"h,omitempty"` // their @username without the @, if they have one
	Text   string    `json:"t,omitempty"` // the text, or the caption
	Media  string    `json:"m,omitempty"` // "photo", "sticker", … as Telegram calls it; empty = text alone
	SentAt time.Time `json:"s,omitzero"`
}
