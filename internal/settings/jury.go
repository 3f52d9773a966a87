package settings

import (
	"slices"
	"strings"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

func showSummon(p moderation.Policy) string {
	if p.Summon == 0 {
		return Off
	}
	return ladder.FormatDuration(p.Summon)
}

func readSummon(p *moderation.Policy, s string) (err error) {
	if strings.EqualFold(s, Off) {
		p.Summon = 0
		return nil
	}
	if p.Summon, err = ladder.ParseDuration(s); err == nil && p.Summon == 0 {
		return errAllowed // "0s" is not what they mean
	}
	return err
}

// summonNow is off in a group in which nobody can be drawn.
func summonNow(c moderation.Chat) string {
	if c.Policy.Summon == 0 || c.Size.ForJury() {
		return ""
	}
	return Off
}

// heavyNow and appealsNow are who does the work of a jury in a group in which nobody can be drawn.
func heavyNow(c moderation.Chat) string {
	if c.Policy.Heavy != moderation.HeavyJury || c.Size.ForJury() {
		return ""
	}
	return string(moderation.HeavyAdmins)
}

func appealsNow(c moderation.Chat) string {
	if c.Policy.Appeals != moderation.AppealsJury || c.Size.ForJury() {
		return ""
	}
	return string(moderation.AppealsAdmins)
}

// LacksJury reports whether a setting leaves something to a jury in a group in which there can be none.
func (s Setting) LacksJury(c moderation.Chat) bool { return s.ByLot && s.InForce(c) != "" }

// LackJury reports whether any setting does.
func LackJury(c moderation.Chat) bool {
	return slices.ContainsFunc(All, func(s Setting) bool { return s.LacksJury(c) })
}
