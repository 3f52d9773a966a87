package handlers

import "github.com/ostrakon-bot/ostrakon/moderation"

// neededFor lists the rights without which a penalty cannot be put or ended: a warning is words, and a basic group has no mute.
func neededFor(s moderation.Step, k moderation.Kind) []moderation.Right {
	if s.Deed == moderation.Warn || s.Deed == moderation.Mute && k == moderation.Basic {
		return nil
	}
	return []moderation.Right{moderation.RightRestrict}
}
