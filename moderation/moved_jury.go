package moderation

import "github.com/ostrakon-bot/ostrakon/moderation/jury"

// Moved: goes when its users follow.
type (
	// Ruling is [jury.Ruling].
	Ruling = jury.Ruling
	// Seat is [jury.Seat].
	Seat = jury.Seat
)

// Moved: goes when its users follow.
const (
	JurySize       = jury.Size
	JuryMajority   = jury.Majority
	FewestEligible = jury.FewestEligible
	RuleUphold     = jury.Uphold
	RuleOverturn   = jury.Overturn
)
