package moderation

import "time"

// Right is a right of the bot's that something may wait for.
type Right string

// The rights, in the order in which they are named.
const (
	RightAdmin    Right = "admin"    // to be an admin at all: it may write to one person, unseen by others
	RightDelete   Right = "delete"   // remove messages
	RightRestrict Right = "restrict" // mute, ban, unban
)

// Rights are what the bot may do in a group.
type Rights struct {
	Member   bool // it is there at all
	Admin    bool
	Delete   bool // remove messages
	Restrict bool // mute, ban, unban
}

// Enough reports whether the bot can carry out every verdict.
func (r Rights) Enough() bool { return r.Admin && r.Delete && r.Restrict }

// Has reports whether a right is there.
func (r Rights) Has(right Right) bool {
	return map[Right]bool{RightAdmin: r.Admin, RightDelete: r.Delete, RightRestrict: r.Restrict}[right]
}

// RightsTold is what the admins know of the bot's rights. It is kept as JSON.
type RightsTold struct {
	Missing []Right   `json:"missing,omitempty"` // they were told that these are missing
	Lacked  []Right   `json:"lacked,omitempty"`  // never there since the introduction, which says so
	Refused []Right   `json:"refused,omitempty"` // Telegram says that they are there, and refuses what needs them
	At      time.Time `json:"at,omitzero"`       // when they were told last
	Turn    int       `json:"turn,omitempty"`    // grows whenever Telegram says what the rights are
}
