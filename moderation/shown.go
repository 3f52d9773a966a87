package moderation

import "time"

// Shown is a message that the bot sent to one person about their own reports and votes. It is remembered so that they can have
// it wiped.
type Shown struct {
	Chat      int64 // the group, or the private chat, which has the number of the person
	Message   int64 // its number in the private chat
	Ephemeral int64 // or its number among what the person alone is shown in a group
	File      bool  // it is a file, not a text

	Row int64 // under which a store keeps it
}

// IsWiped reports whether somebody who wiped last at a time, zero if never, wiped what they were shown of something that they
// did at another. What an earlier release did not date is wiped too.
func IsWiped(did, wiped time.Time) bool { return !wiped.IsZero() && !did.After(wiped) }
