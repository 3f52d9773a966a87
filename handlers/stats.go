package handlers

import (
	"context"
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// periods are what /stats can be asked for, in days. They are few, so that nobody works out a single
// day by subtracting one period from another.
var periods = map[string]int{"1d": 1, "7d": 7, "30d": 30, "90d": 90, "365d": 365}

// stats is /stats: the numbers of the digest for the last whole days, up to midnight, so that no
// number moves when somebody reports.
func (h *Handlers) stats(ctx context.Context, a *ask) ([]bot.Call, error) {
	days, ok := periods[strings.ToLower(a.args)]
	if a.args == "" {
		days, ok = 7, true
	}
	if !ok {
		return h.say(ctx, a, "stats.wrong", nil)
	}
	return h.tellPeriod(ctx, a, days)
}

// tellPeriod answers with the digest of the last whole days.
func (h *Handlers) tellPeriod(ctx context.Context, a *ask, days int) ([]bot.Call, error) {
	chat, err := h.court.Note(ctx, a.update, a.m.Chat.ID)
	if err != nil {
		return nil, err
	}
	to := midnight(h.now(), zoneOf(chat.Policy))
	from, before := to.AddDate(0, 0, -days), to.AddDate(0, 0, -2*days)
	closed, err := h.memory.Closed(ctx, chat.ID, before, to)
	if err != nil {
		return nil, err
	}
	digest := moderation.Publish(moderation.Survey(closed, from, to), moderation.Survey(closed, before, from))
	said, err := digestEntry(a.printer, digest)
	if err != nil {
		return nil, err
	}
	return []bot.Call{a.addressed(said.call(a.m.Chat.ID))}, nil
}

// midnight is the last one before now, in a zone.
func midnight(now time.Time, zone *time.Location) time.Time {
	y, m, d := now.In(zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, zone)
}

// digestNow is /digest: the setting, or, with "now", a digest to try.
func (h *Handlers) digestNow(ctx context.Context, a *ask) ([]bot.Call, error) {
	if !strings.EqualFold(a.args, "now") {
		return setting("digest")(h, ctx, a)
	}
	if a.masked() {
		return h.say(ctx, a, "anonymous", nil)
	}
	return h.tellPeriod(ctx, a, 7)
}

// digestEntry words a digest and draws its picture.
func digestEntry(p locale.Printer, d moderation.Digest) (entry, error) {
	title := p.Text("digest.title", locale.Args{"from": p.Day(d.From), "to": p.Day(d.To)})
	if d.Empty {
		return entry{text: title + " " + p.Text("digest.empty", nil)}, nil
	}
	picture, err := drawDigest(d)
	if err != nil {
		return entry{}, err
	}
	return entry{text: title + "\n\n" + digestText(p, d), picture: picture}, nil
}
