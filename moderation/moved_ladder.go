package moderation

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// Moved: goes when its users follow.

// Ban is [ladder.Ban].
const Ban = ladder.Ban

// Deed is [ladder.Deed].
type Deed = ladder.Deed

// FormatDuration is [ladder.FormatDuration].
func FormatDuration(d time.Duration) string { return ladder.FormatDuration(d) }

// GoesOn is [ladder.GoesOn].
func GoesOn(words []string) bool { return ladder.GoesOn(words) }

// Kick is [ladder.Kick].
const Kick = ladder.Kick

// Ladder is [ladder.Ladder].
type Ladder = ladder.Ladder

// Mute is [ladder.Mute].
const Mute = ladder.Mute

// ParseDuration is [ladder.ParseDuration].
func ParseDuration(text string) (time.Duration, error) { return ladder.ParseDuration(text) }

// ParseLadder is [ladder.ParseLadder].
func ParseLadder(text string) (ladder.Ladder, error) { return ladder.ParseLadder(text) }

// ReadTime is [ladder.ReadTime].
func ReadTime(words []string) (ladder.TypedTime, error) { return ladder.ReadTime(words) }

// Step is [ladder.Step].
type Step = ladder.Step

// TimeWords is [ladder.TimeWords].
func TimeWords(words []string) int { return ladder.TimeWords(words) }

// UsualLadders is [ladder.UsualLadders].
func UsualLadders() []ladder.Ladder { return ladder.UsualLadders() }

// Warn is [ladder.Warn].
const Warn = ladder.Warn
