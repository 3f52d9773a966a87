package moderation

import (
	"slices"
	"time"
)

// Has reports whether a right is there.
func (r Rights) Has(right Right) bool {
	return map[Right]bool{RightAdmin: r.Admin, RightDelete: r.Delete, RightRestrict: r.Restrict}[right]
}

// Needs is the right that an effect needs in a group of this kind: admins of a basic group have all or none.
func (k Kind) Needs(r Right) Right {
	if k == Basic {
		return RightAdmin
	}
	return r
}

// RightsTold is what the admins know of the bot's rights. It is kept as JSON.
type RightsTold struct {
	Missing []Right   `json:"missing,omitempty"` // they were told that these are missing
	Lacked  []Right   `json:"lacked,omitempty"`  // never there since the introduction, which says so
	Refused []Right   `json:"refused,omitempty"` // Telegram says that they are there, and refuses what needs them
	At      time.Time `json:"at,omitzero"`       // when they were told last
	Turn    int       `json:"turn,omitempty"`    // grows whenever Telegram says what the rights are
}

// Missing lists the rights that the bot lacks in the group: none, or what Telegram says, and what it refuses all the same.
func (c Chat) Missing() []Right {
	var missing []Right
	for _, r := range []Right{RightAdmin, RightDelete, RightRestrict} {
		if c.Kind.Needs(r) == r && (!c.Rights.Has(r) || slices.Contains(c.Told.Refused, r)) {
			missing = append(missing, r)
		}
	}
	return missing
}

// present lists the rights that the bot has and Telegram does not refuse.
func (c Chat) present() []Right {
	return slices.DeleteFunc([]Right{RightAdmin, RightDelete, RightRestrict}, func(r Right) bool {
		return !c.Rights.Has(r) || slices.Contains(c.Told.Refused, r)
	})
}

// minus is what of some rights is not among others.
func minus(some, others []Right) []Right {
	return slices.DeleteFunc(slices.Clone(some), func(r Right) bool { return slices.Contains(others, r) })
}

// untold is what the admins do not know yet: what they are to be told as missing, and what is back.
func (c Chat) untold() (gone, back []Right) {
	missing := c.Missing()
	return minus(minus(missing, c.Told.Missing), c.Told.Lacked), minus(c.Told.Missing, missing)
}

// Kind is what sort of group a chat is.
type Kind string

// The kinds of chats that are moderated.
const (
	Basic      Kind = "basic"      // cannot mute, cannot ban for a time
	Supergroup Kind = "supergroup" // forums included
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
