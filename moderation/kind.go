package moderation

// Kind is what sort of group a chat is.
type Kind string

// The kinds of chats that are moderated.
const (
	Basic      Kind = "basic"      // cannot mute, cannot ban for a time
	Supergroup Kind = "supergroup" // forums included
)

// Needs is the right that an effect needs in a group of this kind: admins of a basic group have all or none.
func (k Kind) Needs(r Right) Right {
	if k == Basic {
		return RightAdmin
	}
	return r
}
