package view

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/internal/settings"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// Health collects the findings of /health.
type Health struct {
	p     locale.Printer
	ill   []string // what is wrong, and what to do about it
	lines []string // what else is worth knowing
}

func (c *Health) well(text string) { c.lines = append(c.lines, text) }

func (c *Health) wrong(text string) { c.ill = append(c.ill, "⚠️ "+text) }

// NewHealth returns an empty collection in the language of p.
func NewHealth(p locale.Printer) *Health { return &Health{p: p} }

// Text is all that was found: what is wrong, or that nothing is, and then what else is worth knowing.
func (c *Health) Text() string {
	first := c.ill
	if len(first) == 0 {
		first = []string{c.p.Text("intro.all", nil)}
	}
	return strings.Join(append(slices.Clone(first), c.lines...), "\n")
}

// wrongFrom is from how much on admins hear of a wrong clock: they cannot set it, but can tell whoever can.
const wrongFrom = 30 * time.Second

// Clock says how far the machine's clock is off.
func (c *Health) Clock(off time.Duration) {
	off, unit := off.Abs(), time.Second
	for _, larger := range []time.Duration{time.Minute, time.Hour, 24 * time.Hour} {
		if off >= 2*larger {
			unit = larger
		}
	}
	if off >= wrongFrom {
		c.wrong(c.p.Text("health.clock", locale.Args{"time": c.p.Duration(off.Round(unit))}))
	}
}

// Rights says which rights the bot lacks in the group, and what whoever has its token set otherwise than it needs.
func (c *Health) Rights(me wire.Member, self wire.Self, kind moderation.Kind) {
	p := c.p
	switch {
	case !me.Admin():
		c.wrong(missingText(p, moderation.Chat{Kind: kind}.Missing()))
		if !self.ReadsAll {
			c.wrong(p.Text("health.privacy_mode", nil))
		}
	default:
		if !me.CanDelete {
			c.wrong(p.Text("health.no_delete", locale.Args{"right": RightName(p, moderation.RightDelete)}))
		}
		if !me.CanRestrict {
			c.wrong(p.Text("health.no_restrict", locale.Args{"right": RightName(p, moderation.RightRestrict)}))
		}
	}
	c.self(self)
	if self.NoEphemeral {
		c.wrong(p.Text("health.no_ephemeral", nil))
	}
	if kind == moderation.Basic {
		c.wrong(p.Text("health.basic", nil))
	}
}

// self says what whoever has the bot's token set otherwise than it needs.
func (c *Health) self(me wire.Self) {
	if me.NoGroups {
		c.wrong(c.p.Text("health.no_groups", nil))
	}
	if len(me.Modes) > 0 {
		c.wrong(c.p.Text("health.modes", locale.Args{"modes": List(c.p, me.Modes)}))
	}
}

// OtherBots names the other bots of the group. Telegram does not say which commands a bot has; those that moderate usually have
// /report. With none there is nothing to say.
func (c *Health) OtherBots(bots []wire.User, say ReportTexts) {
	var names []string
	for _, b := range bots {
		name := "@" + b.Username
		if b.Username == "" {
			name = NameText(c.p, FullName(&b))
		}
		names = append(names, name)
	}
	if len(names) > 0 {
		c.wrong(c.p.Text("health.other_bots", locale.Args{"bots": List(c.p, names), "bot": say.bot}))
	}
}

// Votes compares what a verdict needs with how many there are to vote. That is everybody but the
// author and the bots, as far as they are known, each with the weight of 1 of a member without a
// record.
func (c *Health) Votes(chat moderation.Chat, members, otherBots int) {
	voters := members - 2 - otherBots
	threshold := chat.Policy.ThresholdFor(chat.Size)
	needed := max(chat.Policy.Quorum, weight.FewestVoices, threshold)
	args := locale.Args{"needed": strconv.Itoa(needed), "count": max(0, voters)}
	if voters < needed {
		c.wrong(c.p.Text("health.too_few", args))
	} else {
		c.well(c.p.Text("health.enough", args))
	}
	if threshold <= moderation.MinThreshold {
		c.well(c.p.Text("health.gentle", nil))
	}
}

// Jury says that there can be none, if a setting of the group leaves something to one.
func (c *Health) Jury(chat moderation.Chat) {
	if settings.LackJury(chat) {
		c.well(noJury(c.p))
	}
}

// Log says what is wrong with the log channel, or what it is called; both are empty if there is none.
func (c *Health) Log(wrong, title string) {
	switch {
	case wrong != "":
		c.wrong(wrong)
	case title != "":
		c.well(c.p.Text("health.log", locale.Args{"title": title}))
	default:
		c.well(c.p.Text("health.log_none", nil))
	}
}

// LogReaders warns of those who read the log and are no admins of the group: how many people there are at the least, and which
// bots.
func (c *Health) LogReaders(most int, bots []wire.Member) {
	if most > 0 {
		c.wrong(c.p.Text("health.log_readers", locale.Args{"count": most}))
	}
	var names []string
	for _, m := range bots {
		names = append(names, "@"+m.User.Username)
	}
	if len(names) > 0 {
		c.wrong(c.p.Text("health.log_bots", locale.Args{"bots": List(c.p, names)}))
	}
}

// OthersNamed names those who have a say in the log channel and are no admins of the group, the first of them.
func OthersNamed(p locale.Printer, others []wire.Member) string {
	var names []string
	for _, m := range others[:min(len(others), othersNamed)] {
		name := NameText(p, FullName(&m.User))
		if m.User.Bot {
			name = "@" + m.User.Username
		}
		names = append(names, name)
	}
	return List(p, names)
}

// othersNamed is how many are named of those who are no admins.
const othersNamed = 5

// Files says why files of reported messages are not kept now; nothing if they are.
func (c *Health) Files(why moderation.NoSpace) {
	switch why {
	case "":
	case moderation.NoSpaceDisk:
		c.wrong(c.p.Text("health.disk", nil))
	default:
		c.wrong(c.p.Text("health.files", nil))
	}
}
