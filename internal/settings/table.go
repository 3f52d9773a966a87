package settings

import (
	"strconv"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/internal/timetable"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// All are all settings, in the order of the menu.
var All = []Setting{
	{
		Name: "threshold", Key: "threshold", Judges: true,
		Show: func(p moderation.Policy) string { return moderation.ThresholdName(p.Threshold) }, Read: readThreshold,
		Offered: []string{Auto, "2", "3", "4", "5", "7", "10", "15"}, Wide: 4, Words: []string{Auto}, ComesTo: thresholdNow,
		Form: isThreshold, start: startThreshold,
		Allowed: "allowed is auto or a whole number from 2 to 50; instead of 1 write 2, instead of a fraction the next whole number above it",
	},
	{
		Name: "quorum", Key: "quorum", Judges: true,
		Show: func(p moderation.Policy) string { return strconv.Itoa(p.Quorum) },
		Read: whole(func(p *moderation.Policy) *int { return &p.Quorum }), Offered: []string{"2", "3", "4", "5", "7", "10", "15", "20"}, Wide: 4,
		Count: true, Form: from(fewest), Allowed: "allowed is a whole number from 2 to 20; instead of 1 write 2",
	},
	{
		Name: "window", Key: "window", Judges: true,
		Show: func(p moderation.Policy) string { return ladder.FormatDuration(p.Window) },
		Read: span(func(p *moderation.Policy) *time.Duration { return &p.Window }), Offered: []string{"1h", "6h", "12h", "1d", "2d", "3d", "7d", "30d"}, Wide: 4,
		Form: isSpan, Allowed: AllowedSpan, written: "24h",
	},
	{
		Name: "ladder", Key: "ladder", Judges: true,
		Show: func(p moderation.Policy) string { return p.Ladder.String() }, Read: readLadder, Offered: usualLadders(), Wide: 1,
		Form: isLadder, Allowed: "allowed are steps with commas between them, each warn, mute 1h, kick, ban 7d or ban",
	},
	{
		Name: "lapse", Key: "lapse", Judges: true, Rare: true,
		Show: func(p moderation.Policy) string { return ladder.FormatDuration(p.Lapse) },
		Read: span(func(p *moderation.Policy) *time.Duration { return &p.Lapse }), Offered: []string{"7d", "2w", "30d", "90d", "180d", "365d"}, Wide: 4,
		Form: isSpan, Allowed: AllowedSpan,
	},
	{
		Name: "summon", Key: "summon", Judges: true, Rare: true,
		Show: showSummon, Read: readSummon, Words: []string{Off}, ComesTo: summonNow, ByLot: true,
		Offered: []string{Off, "10m", "30m", "1h", "3h", "6h", "12h", "1d"}, Wide: 4,
		Form: func(s string) bool { return s == Off || isSpan(s) }, Allowed: AllowedSpan + ", or off",
	},
	{
		Name: "heavy", Key: "heavy", Judges: true, Rare: true,
		Show: func(p moderation.Policy) string { return string(p.Heavy) }, Read: readHeavy, ComesTo: heavyNow, ByLot: true,
		Offered: []string{string(moderation.HeavyJury), string(moderation.HeavyAdmins), string(moderation.HeavyVotes)}, Wide: 3,
		Words: []string{string(moderation.HeavyJury), string(moderation.HeavyAdmins), string(moderation.HeavyVotes)},
		Form:  oneOf("jury", "admins", "votes"), Allowed: "allowed is jury, admins or votes",
	},
	{
		Name: "cardafter", Key: "card_after", Rare: true,
		Show: func(p moderation.Policy) string { return strconv.Itoa(p.CardAfter) },
		Read: whole(func(p *moderation.Policy) *int { return &p.CardAfter }), Offered: []string{"0", "1", "2", "3", "5", "10"}, Wide: 4,
		Words: []string{"0"},
		Count: true, Form: from(0), Allowed: "allowed is a whole number, 0 for never",
	},
	{
		Name: "carddelay", Key: "card_delay", Rare: true,
		Show: func(p moderation.Policy) string { return showSpan(p.CardDelay) }, Read: readDelay, Words: []string{"0"},
		Offered: []string{"10s", "30s", "1m", "2m", "5m", "10m"}, Wide: 4, ComesTo: delayNow,
		Form: func(s string) bool { return s == "0" || isSpan(s) }, start: startDelay, Allowed: AllowedSpan + ", or 0 for at once",
	},
	{
		Name: "cardttl", Key: "card_ttl", Rare: true,
		Show: func(p moderation.Policy) string { return showSpan(p.CardTTL) }, Read: readTTL,
		Offered: []string{"0", "1m", "10m", "1h", "12h", "1d", "7d"}, Wide: 4, Words: []string{"0"},
		Form: func(s string) bool { return s == "0" || isSpan(s) }, Allowed: AllowedSpan + ", or 0 for keep",
	},
	{
		Name: "reportlimit", Key: "report_limit", Rare: true,
		Show: func(p moderation.Policy) string { return strconv.Itoa(p.ReportLimit) },
		Read: whole(func(p *moderation.Policy) *int { return &p.ReportLimit }), Offered: []string{"3", "5", "10", "20", "50", "100"}, Wide: 4,
		Count: true, Form: from(1), Allowed: "allowed is a whole number above 0",
	},
	{
		Name: "digest", Key: "digest",
		Show: func(p moderation.Policy) string { return p.Digest }, Read: readDigest, Offered: timetable.Usual, Wide: 2,
		Words: []string{Off}, Now: true,
		Form: digestForm.MatchString, Allowed: "allowed is off, daily 09:00, weekly mon 09:00, @monthly or five cron fields",
	},
	{
		Name: "timezone", Key: "timezone", Rare: true,
		Show: func(p moderation.Policy) string { return p.Timezone }, Read: readTimezone, Offered: zones, Wide: 2,
		Form: isTimezone, start: startTimezone, Allowed: "allowed is an IANA name such as Europe/Athens",
	},
	{
		Name: "language", Key: "language",
		Show: func(p moderation.Policy) string { return p.Language }, Read: readLanguage, Offered: locale.Languages(), Wide: 2,
		Called: languageName,
		Form:   languageForm.MatchString, start: startLanguage, Allowed: "allowed is a code such as en or zh",
	},
	{
		Name: "appeals", Key: "appeals", Rare: true,
		Show: func(p moderation.Policy) string { return string(p.Appeals) }, Read: readAppeals, ComesTo: appealsNow, ByLot: true,
		Offered: []string{string(moderation.AppealsJury), string(moderation.AppealsAdmins)}, Wide: 2,
		Words: []string{string(moderation.AppealsJury), string(moderation.AppealsAdmins)},
		Form:  oneOf("jury", "admins"), Allowed: "allowed is jury or admins",
	},
	{
		Name: "quiz", Key: "quiz", Rare: true,
		Show: func(p moderation.Policy) string { return onOff(p.Quiz) }, Read: readQuiz, Offered: []string{On, Off}, Wide: 2,
		Words: []string{On, Off},
		Form:  oneOf(On, Off), Allowed: "allowed is on or off",
	},
}

// Words that several settings share.
const On, Off, Auto = "on", "off", "auto"

// usualLadders are the ladders that the menu offers.
func usualLadders() (ladders []string) {
	for _, l := range ladder.UsualLadders {
		ladders = append(ladders, l.String())
	}
	return ladders
}

// zones are those that the menu offers: one in each part of the world where many people live.
var zones = []string{
	"UTC", "America/Los_Angeles", "America/Mexico_City", "America/New_York", "America/Bogota", "America/Argentina/Buenos_Aires",
	"Europe/London", "Europe/Madrid", "Europe/Berlin", "Europe/Kyiv", "Europe/Moscow", "Asia/Dubai", "Asia/Almaty", "Asia/Kolkata",
	"Asia/Jakarta", "Asia/Shanghai", "Asia/Tokyo", "Australia/Sydney",
}
