package settings

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/internal/timetable"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// Setting is one setting: how it is shown and read, both as admins type it, and what the menu
// offers. Its texts are in the locale under "setting.", its name, and "name", "about" or "allowed".
type Setting struct {
	Name    string
	Show    func(moderation.Policy) string
	Read    func(*moderation.Policy, string) error
	Presets []string
}

// All are all settings, in the order of the menu.
var All = []Setting{
	{"threshold", func(p moderation.Policy) string { return moderation.ThresholdName(p.Threshold) }, readThreshold,
		[]string{Auto, "2", "3", "4", "5", "7", "10", "15"}},
	{"quorum", func(p moderation.Policy) string { return strconv.Itoa(p.Quorum) },
		whole(func(p *moderation.Policy) *int { return &p.Quorum }), []string{"2", "3", "4", "5", "7", "10", "15", "20"}},
	{"window", func(p moderation.Policy) string { return ladder.FormatDuration(p.Window) },
		span(func(p *moderation.Policy) *time.Duration { return &p.Window }), []string{"1h", "6h", "12h", "1d", "2d", "3d", "7d", "30d"}},
	{"ladder", func(p moderation.Policy) string { return p.Ladder.String() },
		func(p *moderation.Policy, s string) (err error) {
			p.Ladder, err = ladder.ParseLadder(s)
			return err
		},
		usualLadders()},
	{"lapse", func(p moderation.Policy) string { return ladder.FormatDuration(p.Lapse) },
		span(func(p *moderation.Policy) *time.Duration { return &p.Lapse }), []string{"7d", "2w", "30d", "90d", "180d", "365d"}},
	{"heavy", func(p moderation.Policy) string { return string(p.Heavy) },
		func(p *moderation.Policy, s string) error {
			p.Heavy = moderation.Heavy(strings.ToLower(s))
			return nil // what it may be is for the policy to say
		}, []string{string(moderation.HeavyAdmins), string(moderation.HeavyVotes)}},
	{"cardafter", func(p moderation.Policy) string { return strconv.Itoa(p.CardAfter) },
		whole(func(p *moderation.Policy) *int { return &p.CardAfter }), []string{"0", "1", "2", "3", "5", "10"}},
	{"cardttl", func(p moderation.Policy) string { return showTTL(p.CardTTL) },
		readTTL, []string{"0", "1m", "10m", "1h", "12h", "1d", "7d"}},
	{"reportlimit", func(p moderation.Policy) string { return strconv.Itoa(p.ReportLimit) },
		whole(func(p *moderation.Policy) *int { return &p.ReportLimit }), []string{"3", "5", "10", "20", "50", "100"}},
	{"digest", func(p moderation.Policy) string { return p.Digest }, readDigest,
		timetable.Usual()},
	{"timezone", func(p moderation.Policy) string { return p.Timezone }, readTimezone, zones},
	{"language", func(p moderation.Policy) string { return p.Language }, readLanguage, locale.Languages()},
	{"appeals", func(p moderation.Policy) string { return string(p.Appeals) },
		func(p *moderation.Policy, s string) error {
			p.Appeals = moderation.Appeals(strings.ToLower(s))
			return nil // what it may be is for the policy to say
		}, []string{string(moderation.AppealsJury), string(moderation.AppealsAdmins)}},
	{"quiz", func(p moderation.Policy) string { return onOff(p.Quiz) }, readQuiz, []string{On, Off}},
}

// usualLadders are the ladders that the menu offers.
func usualLadders() (ladders []string) {
	for _, l := range ladder.UsualLadders() {
		ladders = append(ladders, l.String())
	}
	return ladders
}

const On, Off, Auto = "on", "off", "auto"

// zones are those that the menu offers: one in each part of the world where many people live.
var zones = []string{
	"UTC", "America/Los_Angeles", "America/Mexico_City", "America/New_York", "America/Bogota", "America/Argentina/Buenos_Aires",
	"Europe/London", "Europe/Madrid", "Europe/Berlin", "Europe/Kyiv", "Europe/Moscow", "Asia/Dubai", "Asia/Almaty", "Asia/Kolkata",
	"Asia/Jakarta", "Asia/Shanghai", "Asia/Tokyo", "Australia/Sydney",
}

// Judges are the settings that bear on who is punished and how.
var Judges = map[string]bool{"threshold": true, "quorum": true, "window": true, "ladder": true, "lapse": true, "heavy": true}

// Find finds a setting by its name.
func Find(name string) (Setting, bool) {
	i := slices.IndexFunc(All, func(s Setting) bool { return s.Name == name })
	if i < 0 {
		return Setting{}, false
	}
	return All[i], true
}
