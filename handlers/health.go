package handlers

import (
	"context"
	"strconv"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/settings"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// health is /health: every right and setting that matters, in words, with what breaks without it.
func (h *Handlers) health(ctx context.Context, a *ask) ([]bot.Call, error) {
	chat, err := h.memory.Chat(ctx, a.m.Chat.ID)
	if err != nil {
		return nil, err
	}
	me, err := h.lookUp(ctx, chat.ID, h.tg.Me().ID)
	if err != nil {
		return nil, err
	}
	if rights := rightsOf(me); rights != chat.Rights {
		// Telegram's word of it never came, such as when the bot was down for more than a day.
		if err := h.court.Status(ctx, 0, chat.ID, kindOf(&a.m.Chat), rights); err != nil {
			return nil, err
		}
	}
	found, err := h.admins(ctx, chat.ID)
	if err != nil {
		return nil, unsure(ctx, err)
	}
	c := checkup{p: a.printer}
	if h.ClockOff != nil {
		c.clock(h.ClockOff())
	}
	c.rights(me, h.tg.Me(), kindOf(&a.m.Chat))
	others := c.otherBots(found, h.tg.Me().ID)
	members, err := h.countMembers(ctx, chat.ID)
	if err != nil {
		return nil, unsure(ctx, err)
	}
	if err := h.noteSize(ctx, &chat, members); err != nil {
		return nil, err
	}
	c.votes(chat, members, others)
	if err := h.checkLog(ctx, &c, chat); err != nil {
		return nil, err
	}
	return a.answer(c.text(), nil), h.noted(ctx, a)
}

// checkup collects what was found.
type checkup struct {
	p     locale.Printer
	lines []string
	ill   bool
}

func (c *checkup) well(text string) { c.lines = append(c.lines, "✅ "+text) }

func (c *checkup) wrong(text string) {
	c.lines, c.ill = append(c.lines, "⚠️ "+text), true
}

// text is all that was found, below a title that says whether something is wrong.
func (c *checkup) text() string {
	text := c.p.Text("health.title_well", nil)
	if c.ill {
		text = c.p.Text("health.title_ill", nil)
	}
	for _, line := range c.lines {
		text += "\n" + line
	}
	return text
}

// wrongFrom is from how much on admins hear of a wrong clock: they cannot set it, but can tell whoever can.
const wrongFrom = 30 * time.Second

// clock says how far the machine's clock is off.
func (c *checkup) clock(off time.Duration) {
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

// rights says what the bot may do in the group, and what whoever has its token set.
func (c *checkup) rights(me bot.Member, self bot.Self, kind moderation.Kind) {
	p := c.p
	switch {
	case !me.Admin():
		c.wrong(p.Text("health.no_admin", nil))
		if !self.ReadsAll {
			c.wrong(p.Text("health.privacy_mode", nil))
		}
	default:
		c.well(p.Text("health.admin", nil))
		if me.CanDelete {
			c.well(p.Text("health.delete", nil))
		} else {
			c.wrong(p.Text("health.no_delete", nil))
		}
		if me.CanRestrict {
			c.well(p.Text("health.restrict", nil))
		} else {
			c.wrong(p.Text("health.no_restrict", nil))
		}
	}
	c.self(self)
	if kind == moderation.Basic {
		c.wrong(p.Text("health.basic", nil))
	}
}

// self says what whoever has the bot's token set otherwise than it needs.
func (c *checkup) self(me bot.Self) {
	if me.NoGroups {
		c.wrong(c.p.Text("health.no_groups", nil))
	}
	if len(me.Modes) > 0 {
		c.wrong(c.p.Text("health.modes", locale.Args{"modes": list(c.p, me.Modes)}))
	}
}

// otherBots names the other bots among the admins. Telegram does not say which commands a bot has;
// those that moderate usually have /report. It says how many there are.
func (c *checkup) otherBots(admins []bot.Member, me int64) int {
	var names []string
	for _, m := range admins {
		if m.User.Bot && m.User.ID != me && !m.Anonymous {
			names = append(names, "@"+m.User.Username)
		}
	}
	if len(names) > 0 {
		c.wrong(c.p.Text("health.other_bots", locale.Args{"bots": list(c.p, names)}))
	}
	return len(names)
}

// votes compares what a verdict needs with how many there are to vote: everybody but the author and
// the bots, as far as they are known, each with the weight of 1 that members have who have no record.
func (c *checkup) votes(chat moderation.Chat, members, otherBots int) {
	voters := members - 2 - otherBots
	threshold := chat.Policy.ThresholdFor(chat.Size)
	needed := max(chat.Policy.Quorum, moderation.FewestVoices, threshold)
	args := locale.Args{"needed": strconv.Itoa(needed), "count": max(0, voters)}
	if voters < needed {
		c.wrong(c.p.Text("health.too_few", args))
	} else {
		c.well(c.p.Text("health.enough", args))
	}
	s, _ := settings.Find("threshold")
	c.well(c.p.Text("health.threshold", locale.Args{"value": presentValue(c.p, chat, s)}))
	if threshold <= moderation.MinThreshold {
		c.well(c.p.Text("health.gentle", nil))
	}
}

func (h *Handlers) checkLog(ctx context.Context, c *checkup, chat moderation.Chat) error {
	if chat.Log == 0 {
		c.well(c.p.Text("health.log_none", nil))
		return nil
	}
	wrong, title, err := h.logState(ctx, c.p, chat.Log)
	switch {
	case err != nil:
		return err
	case wrong != "":
		c.wrong(wrong)
	default:
		c.well(c.p.Text("health.log", locale.Args{"title": title}))
	}
	return nil
}

// logState asks Telegram what is wrong with a log channel, and says it in words; empty if nothing is.
// What was noted when it could last not be written to may be mended since.
func (h *Handlers) logState(ctx context.Context, p locale.Printer, log int64) (wrong, title string, err error) {
	found, open, err := h.readable(ctx, log)
	switch kind := bot.KindOf(err); {
	case kind == bot.KindTemporary || kind == bot.KindTooMany:
		return "", "", unsure(ctx, err)
	case err != nil:
		return p.Text("health.log_gone", nil), "", nil
	case open:
		return p.Text("health.log_public", locale.Args{"title": titleText(found.Title)}), "", nil
	}
	me, err := h.lookUp(ctx, log, h.tg.Me().ID)
	if err != nil {
		return "", "", err
	}
	if !me.CanSend || found.Type == "channel" && !me.CanPost {
		return p.Text("health.log_gone", nil), "", nil
	}
	return "", titleText(found.Title), nil
}
