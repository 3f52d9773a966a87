package handlers

import (
	"context"
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// decidedCases lists the cases that were decided in a time.
type decidedCases interface {
	Closed(ctx context.Context, chat int64, from, to time.Time) ([]moderation.Closed, error)
}

// statistics counts what was decided.
type statistics struct {
	*base
	store decidedCases
}

// stats is /stats: the numbers of the digest for the last whole calendar week or month. The periods neither overlap nor
// contain each other, so that nobody can subtract one from another. They are over, so that no number changes when
// somebody reports.
func (h statistics) stats(ctx context.Context, cmd *request.Command) ([]wire.Call, error) {
	switch strings.ToLower(cmd.Args) {
	case "", "week", "7d":
		return h.tellPeriod(ctx, cmd, lastWeek)
	case "month", "30d":
		return h.tellPeriod(ctx, cmd, lastMonth)
	default:
		return h.say(ctx, cmd, "stats.wrong", nil)
	}
}

// tellPeriod answers with the digest of a period, compared with the one before.
func (h statistics) tellPeriod(ctx context.Context, cmd *request.Command, last func(time.Time) time.Time) ([]wire.Call, error) {
	chat, err := h.court.Note(ctx, cmd.Update, cmd.Message.Chat.ID)
	if err != nil {
		return nil, err
	}
	to := last(midnight(h.now(), view.Zone(chat.Policy)))
	from := last(to.AddDate(0, 0, -1))
	before := last(from.AddDate(0, 0, -1))
	closed, err := h.store.Closed(ctx, chat.ID, before, to)
	if err != nil {
		return nil, err
	}
	digest := moderation.DigestFor(chat.Policy, moderation.Survey(closed, from, to), moderation.Survey(closed, before, from))
	said, err := view.DigestEntry(cmd.Printer, chat.Book, digest)
	if err != nil {
		return nil, err
	}
	return []wire.Call{cmd.Addressed(said.Call(cmd.Message.Chat.ID))}, nil
}

// lastWeek is the last Monday not after a day, and lastMonth the first of its month: when the last whole
// week or month ended.
func lastWeek(day time.Time) time.Time {
	return day.AddDate(0, 0, -(int(day.Weekday())+6)%7)
}

func lastMonth(day time.Time) time.Time { return day.AddDate(0, 0, 1-day.Day()) }

// midnight is the last one before now, in a zone.
func midnight(now time.Time, zone *time.Location) time.Time {
	y, m, d := now.In(zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, zone)
}

// orNow adds to a setting, see [settings.Setting.Now], that "now" gives a digest to try.
func (h statistics) orNow(setting func(context.Context, *request.Command) ([]wire.Call, error)) func(context.Context, *request.Command) ([]wire.Call, error) {
	return func(ctx context.Context, cmd *request.Command) ([]wire.Call, error) {
		if !strings.EqualFold(cmd.Args, "now") {
			return setting(ctx, cmd)
		}
		if cmd.Masked() {
			return h.say(ctx, cmd, "anonymous", nil)
		}
		return h.tellPeriod(ctx, cmd, lastWeek)
	}
}
