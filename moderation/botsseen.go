package moderation

import (
	"context"
	"slices"
	"time"
)

// BotsThere notes other bots that Telegram says are members of a group.
func (c *Groups) BotsThere(ctx context.Context, chat int64, bots []int64) error {
	return c.noticeBots(ctx, chat, bots, time.Time{}, true)
}

// BotsWrote notes other bots that wrote in a group at this time.
func (c *Groups) BotsWrote(ctx context.Context, chat int64, bots []int64, at time.Time) error {
	return c.noticeBots(ctx, chat, bots, at, false)
}

func (c *Groups) noticeBots(ctx context.Context, chat int64, bots []int64, at time.Time, sure bool) error {
	if len(bots) == 0 {
		return nil
	}
	_, err := c.update(ctx, Key{Chat: chat, Want: Want{Bare: true}}, func(d Docket, now time.Time) (Outcome, error) {
		group, arrived := d.Chat, false
		for _, id := range bots {
			s := sighted{id, at, sure}
			if sure {
				s.at = now
			}
			if group.Bots.adds(s, now) {
				arrived = arrived || !slices.Contains(group.Bots.At(now), id)
				group.Bots = group.Bots.with(s, now)
			}
		}
		return botsChanged(d.Chat, group, arrived, now), nil
	})
	return err
}

// BotsLeft notes other bots that are in a group no more.
func (c *Groups) BotsLeft(ctx context.Context, chat int64, bots []int64) error {
	if len(bots) == 0 {
		return nil
	}
	_, err := c.update(ctx, Key{Chat: chat, Want: Want{Bare: true}}, func(d Docket, now time.Time) (Outcome, error) {
		group := d.Chat
		group.Bots.Known = slices.Clone(group.Bots.Known)
		for i, b := range group.Bots.Known {
			if b.Left.IsZero() && slices.Contains(bots, b.ID) {
				group.Bots.Known[i].Left, group.Bots.Known[i].Sure = now, false
			}
		}
		return botsChanged(d.Chat, group, false, now), nil
	})
	return err
}

// botsChanged is what follows from a change of what is known of other bots. Members are told when one arrives. While the bot is
// new in the group, its introduction tells them.
func botsChanged(before, group Chat, arrived bool, now time.Time) Outcome {
	if slices.Equal(before.Bots.Known, group.Bots.Known) {
		return Outcome{}
	}
	out := Outcome{Chat: &group}
	switch {
	case !arrived:
	case !group.Rights.Member || group.Greeted.IsZero():
		group.Bots.Told = now // the introduction is still to come
	case now.Sub(group.Bots.Told) >= OtherBotsTold:
		group.Bots.Told = now
		out.Effects = append(out.Effects, AnnounceBots{})
	}
	if before.Bots.Any(now) != group.Bots.Any(now) && group.Rights.Member && group.Intro != 0 && now.Sub(group.Greeted) < Greeting {
		out.Effects = append(out.Effects, Introduce{})
	}
	return out
}
