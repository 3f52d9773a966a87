package moderation

import (
	"fmt"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// Policy is what a group may tune. Limits are those of the commands that set them. It is stored as JSON under these names.
type Policy struct {
	Threshold   int           `json:"Threshold"`   // score that decides, 2 to 50; 0 = auto, see [Policy.ThresholdFor]
	Quorum      int           `json:"Quorum"`      // voices that a verdict needs, 2 to 20
	Window      time.Duration `json:"Window"`      // how long a case stays open, 10 s to 30 d
	Ladder      ladder.Ladder `json:"Ladder"`      // the penalties in order
	Lapse       time.Duration `json:"Lapse"`       // quiet time that takes one step back, 1 d to 365 d
	CardAfter   int           `json:"CardAfter"`   // reports of voices after which the vote card is shown, 0 (never) to 20
	CardDelay   time.Duration `json:"CardDelay"`   // how long after the report the vote card may come, 0 to 10 m; see [Chat.CardDelay]
	CardTTL     time.Duration `json:"CardTTL"`     // how long an outcome stays in the group, 1 m to 7 d; 0 = for ever
	ReportLimit int           `json:"ReportLimit"` // reports per member and hour, 1 to 100
	Language    string        `json:"Language"`    // what the bot speaks to the whole group
	Digest      string        `json:"Digest"`      // when the digest comes, as an admin types it; see [Calendar]
	Timezone    string        `json:"Timezone"`    // IANA name of the zone in which it is that time
	Summon      time.Duration `json:"Summon"`      // how long after its start an undecided case is brought to members drawn by lot, 10 s to 24 h; 0 = never
	Heavy       Heavy         `json:"Heavy"`       // who decides on heavy penalties against established members
	Appeals     Appeals       `json:"Appeals"`     // who judges an appeal
	Quiz        bool          `json:"Quiz"`        // whether rules are explained: by examples, a quiz that may shorten a mute, a welcome
}

// Heavy says who decides on what goes beyond a mute of an hour against an established member.
type Heavy string

// Who may.
const (
	HeavyAdmins Heavy = "admins" // votes alone do not; the rest waits for an admin
	HeavyVotes  Heavy = "votes"  // votes alone do
	HeavyJury   Heavy = "jury"   // a jury does, or an admin who is faster; where there can be no jury, as HeavyAdmins
)

// Appeals says who judges an appeal.
type Appeals string

// Who may judge an appeal.
const (
	AppealsJury   Appeals = "jury"
	AppealsAdmins Appeals = "admins"
)

// DefaultSummon is what a group has that was never asked.
const DefaultSummon = 30 * time.Minute

// DefaultPolicy is what a group starts with unless the operator says otherwise.
func DefaultPolicy() Policy {
	return Policy{
		Threshold: Auto, Quorum: 2, Window: 24 * time.Hour,
		Ladder: ladder.DefaultLadder(), Lapse: 30 * 24 * time.Hour, CardAfter: 1, CardDelay: 30 * time.Second, CardTTL: 10 * time.Minute, ReportLimit: 10, Language: "en",
		Digest: "weekly mon 09:00", Timezone: "UTC", Summon: DefaultSummon, Heavy: HeavyJury, Appeals: AppealsJury, Quiz: true,
	}
}

// Limits of the settings, as in the sentences that explain them.
const (
	MinThreshold, MaxThreshold     = 2, 50
	MinQuorum, MaxQuorum           = weight.FewestVoices, 20
	MinWindow, MaxWindow           = 10 * time.Second, 30 * 24 * time.Hour
	MinLapse, MaxLapse             = 24 * time.Hour, 365 * 24 * time.Hour
	MinCardAfter, MaxCardAfter     = 0, 20
	MinCardDelay, MaxCardDelay     = 0, 10 * time.Minute
	MinCardTTL, MaxCardTTL         = time.Minute, 7 * 24 * time.Hour
	MinReportLimit, MaxReportLimit = 1, 100
	MinSummon, MaxSummon           = 10 * time.Second, 24 * time.Hour
)

// Validate names the first setting that is outside its limits, and what is allowed.
func (p Policy) Validate() error {
	for _, c := range []struct {
		name    string
		ok      bool
		allowed string
	}{
		{"threshold", p.Threshold == Auto || within(p.Threshold, MinThreshold, MaxThreshold), "auto, or a whole number from 2 to 50"},
		{"quorum", within(p.Quorum, MinQuorum, MaxQuorum), "2 to 20"},
		{"window", within(p.Window, MinWindow, MaxWindow), "10s to 30d"},
		{"ladder", within(len(p.Ladder), 1, ladder.MaxSteps), "1 to 20 steps"},
		{"lapse", within(p.Lapse, MinLapse, MaxLapse), "1d to 365d"},
		{"card_after", within(p.CardAfter, MinCardAfter, MaxCardAfter), "0 to 20"},
		{"card_delay", within(p.CardDelay, MinCardDelay, MaxCardDelay), "0 to 10m"},
		{"card_ttl", p.CardTTL == 0 || within(p.CardTTL, MinCardTTL, MaxCardTTL), "0, or 1m to 7d"},
		{"report_limit", within(p.ReportLimit, MinReportLimit, MaxReportLimit), "1 to 100"},
		{"language", p.Language != "", "the code of a language, such as en"},
		{"digest", p.Digest != "", "off, daily HH:MM, weekly DAY HH:MM or a cron expression"},
		{"timezone", p.Timezone != "", "the name of a time zone, such as Europe/Berlin"},
		{"summon", p.Summon == 0 || within(p.Summon, MinSummon, MaxSummon), "off, or 10s to 24h"},
		{"heavy", p.Heavy == HeavyAdmins || p.Heavy == HeavyVotes || p.Heavy == HeavyJury, "jury, admins or votes"},
		{"appeals", p.Appeals == AppealsJury || p.Appeals == AppealsAdmins, "jury or admins"},
	} {
		if !c.ok {
			return fmt.Errorf("%s is outside its limits; allowed is %s", c.name, c.allowed)
		}
	}
	return nil
}

func within[T int | time.Duration](v, low, high T) bool { return v >= low && v <= high }

// Auto is the threshold that follows the size of the group.
const Auto = 0
