package moderation

// Author is who wrote a message: a person, a bot, or a channel that speaks as itself.
type Author struct {
	ID       int64  `json:"ID"`
	Channel  bool   `json:"Channel"`
	Bot      bool   `json:"Bot"`
	Language string `json:"Language"` // of a person; empty if unknown
}

// Reachable reports whether a notice can be sent to the author at all.
func (a Author) Reachable() bool { return !a.Channel && !a.Bot }
