package handlers

import (
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// neededFor lists the rights without which a penalty cannot be put or ended: a warning is words, and a basic group has no mute.
func neededFor(s ladder.Step, k moderation.Kind) []moderation.Right {
	if s.Kind == ladder.Warn || s.Kind == ladder.Mute && k == moderation.Basic {
		return nil
	}
	return []moderation.Right{moderation.RightRestrict}
}
