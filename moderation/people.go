package moderation

import (
	"time"
)

// Author is who wrote a message: a person, a bot, or a channel that speaks as itself.
type Author struct {
	ID       int64  `json:"ID"`
	Channel  bool   `json:"Channel"`
	Bot      bool   `json:"Bot"`
	Language string `json:"Language"` // of a person; empty if unknown
}

// Reachable reports whether a notice can be sent to the author at all.
func (a Author) Reachable() bool { return !a.Channel && !a.Bot }

// Role is what the author of a message is to the group, as Telegram knows it at this moment.
type Role string

// The roles that matter to a report.
const (
	RoleMember  Role = "member" // or somebody who left, or a channel
	RoleAdmin   Role = "admin"  // anonymous ones too
	RoleBot     Role = "bot"    // this very bot
	RoleLinked  Role = "linked" // the group's own channel
	RoleService Role = "service"
)

// Target is the message that is reported.
type Target struct {
	Message int64
	Thread  int64
	Album   string
	SentAt  time.Time
	Author  Author
	Role    Role
}

// Member is who acts, as Telegram knows them at this moment.
type Member struct {
	ID       int64
	Language string
	Present  bool // a member of the group now
	Admin    bool
	Muted    bool // may write nothing, as Telegram knows

	Owner    bool   // of the group
	Name     string // of an admin, as the other admins know them; empty for one who is anonymous
	Restrict bool   // may mute and ban, in Telegram
	Delete   bool   // may remove messages of others, in Telegram
}

// Named is what the other admins are told of who acted.
func (m Member) Named() Admin {
	if !m.Admin {
		return Admin{}
	}
	return Admin{ID: m.ID, Name: m.Name}
}

// Admin is who did something to be told to the other admins.
type Admin struct {
	ID   int64  `json:"id,omitempty"` // 0 if they wrote in the group's name
	Name string `json:"name,omitempty"`
}

// Person is somebody who is written to.
type Person struct {
	ID       int64  `json:"ID"`
	Language string `json:"Language"`
	Private  bool   `json:"Private"` // in private, for they opened that chat; else ephemerally in the group
}
