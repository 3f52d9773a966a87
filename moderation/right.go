package moderation

// Right is a right of the bot's that something may wait for.
type Right string

// The rights, in the order in which they are named.
const (
	RightAdmin    Right = "admin"    // to be an admin at all: it may write to one person, unseen by others
	RightDelete   Right = "delete"   // remove messages
	RightRestrict Right = "restrict" // mute, ban, unban
)
